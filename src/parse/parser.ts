/**
 * Bytes in, batches out. The parser owns the input buffer: chunks may be cut anywhere, an unfinished line waits in
 * the buffer for its rest, and a line over MAX_LINE_BYTES is judged by its beginning while the rest is passed over.
 *
 * Two ways in: `push` copies a chunk; `room` lends the buffer itself, so that a file is read straight into it, and
 * `filled` says how much came. A batch handed to the sink is valid until the sink returns.
 */

import { randomBytes } from 'node:crypto';
import { BATCH_ROWS, CHUNK_BYTES, MAX_DICTIONARY_BYTES, MAX_DICTIONARY_ENTRIES, MAX_LINE_BYTES } from '../limits.ts';
import { type ColumnName, ID_COLUMNS, type IdColumn } from '../model/columns.ts';
import { emptyLedger, type Ledger } from '../model/ledger.ts';
import { ColumnMemory, type LogBatch } from '../model/log-batch.ts';
import { zoneOffset } from '../model/zone.ts';
import { type DictionaryTexts, KernelDictionary } from './kernel-dictionary.ts';
import {
  DICTIONARY_BYTES,
  DICTIONARY_LAST,
  instantiateKernel,
  type Kernel,
  loadKernelModule,
  REJECT_WORDS,
  STATE,
  STATE_WORDS,
} from './kernel-host.ts';
import { REASON_EMPTY, REASON_NO_ANCHOR, REASON_TOO_LONG } from './opcodes.ts';
import { closure, compileEventProgram, compilePrograms, DEFERRED_COLUMNS, EXPECTATIONS, type Layout } from './program.ts';
import { compileUsualLine } from './usual/compile.ts';

export type Sink = (batch: LogBatch) => void;

/** A line without a record: its bytes (valid until the call returns), its number from 1, why, and the place (from 1, 0 = none). */
export type RejectSink = (line: Uint8Array, lineNumber: number, reason: string, place: number) => void;

export interface ParserOptions {
  /** What the consumers read; `kind` and `flags` always come. */
  readonly columns: readonly ColumnName[];
  /** Zone of the accept dates: see zone.ts. */
  readonly timezone?: string | null;
  /** The path column keeps its query. */
  readonly keepQuery?: boolean;
  readonly onUnparsed?: RejectSink;
  /** Lines after which the reader of a format's usual line is compiled (usual-line.ts); a number for tests to choose. */
  readonly compileAfter?: number;
  /** From loadKernelModule, where several threads share it. */
  readonly module?: WebAssembly.Module;
}

/** Compiling a format's usual line takes some 10 ms at first: as long as this many lines take without. */
const LINES_WORTH_COMPILING = 20_000;

/** The kernel reads this much before and behind a range. */
const PADDING = 64;
const LF = 0x0a;

export class Parser {
  readonly columns = new ColumnMemory();
  readonly dictionaries: Readonly<Record<IdColumn, KernelDictionary>>;
  readonly ledger: Ledger = emptyLedger();
  readonly #kernel: Kernel;
  readonly #state: number;
  readonly #onUnparsed: RejectSink | undefined;
  readonly #compileAfter: number;
  readonly #buffer: number;
  readonly #bufferEnd: number;
  /** Where the unfinished line begins, and where the bytes read so far end. */
  #from: number;
  #to: number;
  /** Within the rest of a line over the limit. */
  #skipping = false;
  #batch: { rows: number } & LogBatch;
  /** Per program, compiles the code for its usual line; undefined once that is done. */
  readonly #uncompiled: ((() => void) | undefined)[] = [];

  constructor(options: ParserOptions) {
    this.#kernel = instantiateKernel(options.module ?? loadKernelModule(), this.columns, zoneOffset(options.timezone ?? null));
    this.#state = this.#kernel.state();
    this.#onUnparsed = options.onUnparsed;
    this.#compileAfter = options.compileAfter ?? LINES_WORTH_COMPILING;
    const capacity = MAX_LINE_BYTES + CHUNK_BYTES;
    this.#buffer = this.columns.reserve(capacity + 2 * PADDING) + PADDING;
    this.#bufferEnd = this.#buffer + capacity;
    this.#from = this.#buffer;
    this.#to = this.#buffer;
    const at = this.#initDictionaries(options.columns);
    this.dictionaries = at.dictionaries;
    this.#setUp(options, at.addresses);
    const columns = this.columns;
    this.#batch = {
      rows: 0,
      columns,
      dictionaries: this.dictionaries,
      get bytes() {
        return columns.bytes;
      },
    };
  }

  #initDictionaries(wanted: readonly ColumnName[]): {
    dictionaries: Readonly<Record<IdColumn, KernelDictionary>>;
    addresses: ReadonlyMap<IdColumn, number>;
  } {
    const first = this.columns.reserve(ID_COLUMNS.length * DICTIONARY_BYTES);
    const seed = randomBytes(8).readBigInt64LE();
    const dictionaries = {} as Record<IdColumn, KernelDictionary>;
    const addresses = new Map<IdColumn, number>();
    for (const [index, name] of ID_COLUMNS.entries()) {
      const at = first + index * DICTIONARY_BYTES;
      // A dictionary that nobody asked for stays a blank record: empty, without tables.
      if (wanted.includes(name)) this.#kernel.initDictionary(at, MAX_DICTIONARY_ENTRIES, MAX_DICTIONARY_BYTES, seed);
      addresses.set(name, at);
      dictionaries[name] = new KernelDictionary(this.#kernel, this.columns, at);
    }
    return { dictionaries, addresses };
  }

  #setUp(options: ParserOptions, dictionaries: ReadonlyMap<IdColumn, number>): void {
    const wanted = closure(options.columns);
    const lengths = this.columns.reserve(DEFERRED_COLUMNS.length * BATCH_ROWS * 4);
    const layout: Layout = {
      column: (name) => (wanted.has(name) ? this.columns.addresses[name] : 0),
      lengths: (name) => lengths + DEFERRED_COLUMNS.indexOf(name) * BATCH_ROWS * 4,
      dictionary: (name) => dictionaries.get(name) as number,
      keepQuery: options.keepQuery ?? false,
    };
    const programs = [...compilePrograms(layout), compileEventProgram(layout)];
    const words = programs.reduce((sum, program) => sum + program.length, programs.length);
    const list = this.columns.reserve(words * 4);
    const memory = new Int32Array(this.columns.memory.buffer, list, words);
    let at = programs.length;
    for (const [index, program] of programs.entries()) {
      const starts = list + at * 4;
      memory[index] = starts;
      memory.set(program, at);
      this.#kernel.usualLines.set(index, this.#kernel.giveUp);
      this.#uncompiled.push(() => this.#kernel.usualLines.set(index, this.#usualLine(program, starts, layout)));
      at += program.length;
    }
    const { addresses } = this.columns;
    this.#kernel.setPrograms(list, programs.length - 1, memory[programs.length - 1] as number);
    for (const [index, name] of DEFERRED_COLUMNS.entries()) {
      this.#kernel.setDeferred(index, layout.column(name), layout.lengths(name), layout.dictionary(name));
    }
    this.#kernel.setPathDictionary(layout.dictionary('path'));
    this.#kernel.setBounds(MAX_LINE_BYTES, BATCH_ROWS);
    this.#kernel.setRejects(options.onUnparsed !== undefined);
    this.#kernel.setCommonColumns(
      addresses.kind,
      addresses.flags,
      layout.column('format'),
      layout.column('line'),
      layout.column('line_number'),
    );
  }

  /** The code that reads the usual line of a program, which lies at `at` in the memory. */
  #usualLine(program: readonly number[], at: number, layout: Layout): unknown {
    const { addresses, memory } = this.columns;
    const code = compileUsualLine(program, {
      program: at,
      knownDate: this.#kernel.knownDateAddress(),
      dictionaryLast: DICTIONARY_LAST,
      kind: addresses.kind,
      flags: addresses.flags,
      format: layout.column('format'),
      line: layout.column('line'),
      lineNumber: layout.column('line_number'),
      rows: this.#kernel.usualRowsAddress(),
      maxLine: MAX_LINE_BYTES,
      spanEnds: BATCH_ROWS * 4,
    });
    return new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory, ...this.#kernel } }).exports.usual;
  }

  /** Parses a chunk, cut anywhere. */
  push(chunk: Uint8Array, sink: Sink): void {
    for (let at = 0; at < chunk.length; ) {
      const room = this.room();
      const part = chunk.subarray(at, at + room.length);
      room.set(part);
      this.filled(part.length, sink);
      at += part.length;
    }
  }

  /** At least CHUNK_BYTES of the input buffer to write the next bytes into; valid until the next call into the parser. */
  room(): Uint8Array {
    if (this.#bufferEnd - this.#to < CHUNK_BYTES) {
      new Uint8Array(this.columns.memory.buffer).copyWithin(this.#buffer, this.#from, this.#to);
      this.#to -= this.#from - this.#buffer;
      this.#from = this.#buffer;
    }
    return new Uint8Array(this.columns.memory.buffer, this.#to, CHUNK_BYTES);
  }

  /** Parses the first `length` bytes of what `room` lent. */
  filled(length: number, sink: Sink): void {
    const fresh = this.#to;
    this.#to += length;
    if (this.#skipping && !this.#skipLine(fresh)) return;
    // Without a line's end among the new bytes there is nothing to parse: the line goes on waiting.
    const bytes = new Uint8Array(this.columns.memory.buffer, fresh, Math.max(0, this.#to - fresh));
    if (this.#from < fresh && !bytes.includes(LF)) {
      this.#giveUpLongLine(sink);
      return;
    }
    this.#parse(false, sink);
    this.#giveUpLongLine(sink);
  }

  /** What follows the last line's end is a line too. The parser can go on with another input after it. */
  end(sink: Sink): void {
    if (!this.#skipping && this.#from < this.#to) this.#parse(true, sink);
    this.#skipping = false;
    this.#from = this.#buffer;
    this.#to = this.#buffer;
  }

  /** Takes over another parser's dictionary of one column. Out: per id there, the id here. */
  importTexts(column: IdColumn, texts: DictionaryTexts): Int32Array {
    return this.dictionaries[column].import(texts);
  }

  /** Where the line at hand is over the limit and has no end yet: judges its beginning, and passes over its rest. */
  #giveUpLongLine(sink: Sink): void {
    // The last byte may be the CR of a CR LF, which does not count.
    if (this.#to - this.#from <= MAX_LINE_BYTES + 1) return;
    this.#parse(true, sink);
    this.#from = this.#buffer;
    this.#to = this.#buffer;
    this.#skipping = true;
  }

  /** Out: whether the line that is passed over ended; if so the buffer begins behind it. */
  #skipLine(fresh: number): boolean {
    const index = new Uint8Array(this.columns.memory.buffer, fresh, this.#to - fresh).indexOf(LF);
    if (index < 0) {
      this.#from = this.#buffer;
      this.#to = this.#buffer;
      return false;
    }
    this.#from = fresh + index + 1;
    this.#skipping = false;
    return true;
  }

  #parse(final: boolean, sink: Sink): void {
    while (this.#from < this.#to) {
      const before = this.ledger.lines;
      if (before >= this.#compileAfter) this.#compileUsualLine();
      this.#kernel.parse(this.#from, this.#to, final, before);
      const state = new Int32Array(this.columns.memory.buffer, this.#state, STATE_WORDS);
      const lines = state[STATE.lines] as number;
      if (lines === 0) return;
      const rows = state[STATE.rows] as number;
      const rejects = state[STATE.rejects] as number;
      this.#from = state[STATE.next] as number;
      this.ledger.lines += lines;
      this.ledger.requests += state[STATE.requests] as number;
      this.ledger.events += state[STATE.events] as number;
      this.ledger.truncated += state[STATE.truncated] as number;
      this.ledger.unparsed += state[STATE.unparsed] as number;
      if (rejects > 0) this.#reportRejects(rejects, before);
      if (rows > 0) {
        this.#batch.rows = rows;
        sink(this.#batch);
      }
    }
  }

  /** For the format met last; once. */
  #compileUsualLine(): void {
    const preferred = new Int32Array(this.columns.memory.buffer, this.#state, STATE_WORDS)[STATE.preferred] as number;
    this.#uncompiled[preferred]?.();
    this.#uncompiled[preferred] = undefined;
  }

  #reportRejects(count: number, linesBefore: number): void {
    const words = new Int32Array(this.columns.memory.buffer, this.#kernel.rejectList(), count * REJECT_WORDS).slice();
    for (let i = 0; i < count; i++) {
      const [start = 0, end = 0, line = 0, reason = 0, place = 0] = words.subarray(i * REJECT_WORDS);
      const bytes = new Uint8Array(this.columns.memory.buffer, start, end - start);
      this.#onUnparsed?.(bytes, linesBefore + line + 1, reasonText(reason, place, bytes), place);
    }
  }
}

function reasonText(reason: number, place: number, line: Uint8Array): string {
  if (reason === REASON_EMPTY) return 'the line is empty';
  if (reason === REASON_NO_ANCHOR) return 'no accept date "[DD/Mon/YYYY:…]" in the line';
  if (reason === REASON_TOO_LONG) return `longer than ${MAX_LINE_BYTES} bytes and not of a known format`;
  const expected = EXPECTATIONS[reason] ?? 'a client before the accept date';
  if (place === 0) return `expected ${expected}`;
  if (place > line.length) return `cut at column ${place}: expected ${expected}`;
  return `expected ${expected} at column ${place}`;
}
