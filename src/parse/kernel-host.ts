/** The kernel's WebAssembly module as TypeScript sees it: loading, exports, and the words of its state. */

import { readFileSync } from 'node:fs';
import type { ColumnMemory } from '../model/log-batch.ts';
import type { ZoneOffset } from '../model/zone.ts';

export interface Kernel {
  state(): number;
  rejectList(): number;
  setPrograms(list: number, count: number, events: number): void;
  setBounds(line: number, rows: number): void;
  setRejects(keep: boolean): void;
  setDeferred(index: number, column: number, lengths: number, dictionary: number): void;
  setPathDictionary(at: number): void;
  setCommonColumns(kind: number, flags: number, format: number, line: number, lineNumber: number): void;
  parse(from: number, to: number, final: boolean, linesBefore: number): void;
  initDictionary(at: number, maxCount: number, maxBytes: number, seed: bigint): void;
  dictionarySize(at: number): number;
  dictionaryRecord(at: number, id: number): number;
  dictionaryOverflowed(at: number): number;
  internAll(at: number, lengths: number, texts: number, count: number, ids: number): void;
  exportAll(at: number, lengths: number, texts: number): void;
  /** Per program, the code for its usual line, which the kernel calls by the program's index. */
  readonly usualLines: WebAssembly.Table;
  /** The function for entries of that table without code. */
  readonly giveUp: unknown;
  /** Address where the usual line's code says how many rows there are. */
  usualRowsAddress(): number;
  /** Address of what is known of the dates at hand (kernel/date.ts). */
  knownDateAddress(): number;
}

/** Indices of the i32 words at `state()`. */
export const STATE = { next: 0, rows: 1, lines: 2, requests: 3, events: 4, truncated: 5, unparsed: 6, rejects: 7, preferred: 8 } as const;

export const STATE_WORDS = 9;

/** Bytes a dictionary's own record takes; its tables lie elsewhere. */
export const DICTIONARY_BYTES = 64;

/** Offset in it of the address of the short text asked for last. */
export const DICTIONARY_LAST = 48;

/** i32 words of one entry of the list of rejected lines: start, end, lines before it in this call, reason, place. */
export const REJECT_WORDS = 5;

/** Compiles the module; one can serve all threads. */
export function loadKernelModule(): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(new URL('./parser.wasm', import.meta.url)));
}

export function instantiateKernel(module: WebAssembly.Module, columns: ColumnMemory, zone: ZoneOffset): Kernel {
  const abort = (): never => {
    throw new Error('the parser kernel aborted');
  };
  const usualLines = new WebAssembly.Table({ element: 'anyfunc', initial: MAX_PROGRAMS });
  const instance = new WebAssembly.Instance(module, { env: { memory: columns.memory, table: usualLines, zoneOffset: zone, abort } });
  return { ...instance.exports, usualLines } as unknown as Kernel;
}

/** Formats, error lines and events: more than there are programs. */
const MAX_PROGRAMS = 16;
