/**
 * One instance of the accumulators' kernel (src/analyze/kernel) on the memory that holds the batch's columns.
 * Addresses are numbers of bytes; those the kernel gives may lie above 2^31 and are made unsigned here by `address`.
 */

import { readFileSync } from 'node:fs';
import type { ColumnMemory } from '../model/log-batch.ts';

/** What the kernel exports; each function is described where it stands. */
export interface Kernel {
  open(words: number, timers: number, rows: number, mostGroups: number, mostBytes: number): void;
  setColumns(...addresses: readonly number[]): void;
  setWordColumn(word: number, column: number): number;
  setTimerColumn(timer: number, column: number): void;
  groupColumnAddress(): number;
  keepColumnAddress(): number;
  terminationTable(ids: number): number;
  setCeiling(most: number, stop: boolean): void;
  prepareIndex(rows: number, numbers: number): void;
  choose(rows: number, filtered: boolean): void;
  fillTimes(rows: number, word: number, width: number): void;
  fillStatusClasses(rows: number, word: number): void;
  locate(rows: number): number;
  accumulate(rows: number): void;
  coarsen(word: number, divisor: bigint): void;
  groupCount(): number;
  otherGroup(): number;
  makeOther(): number;
  keyOf(group: number): number;
  earliestDate(): number;
  latestDate(): number;
  openResult(percentiles: number): number;
  requestsOf(group: number): number;
  describe(group: number, withTimes: boolean): void;
  packRoom(bytes: number): number;
  packGroups(first: number, most: number): number;
  packedBytes(): number;
  readKeys(first: number, count: number): void;
  unpackGroups(rows: number): void;
}

let compiled: WebAssembly.Module | undefined;

/** The compiled kernel; a worker thread may be handed it instead of compiling its own. */
export function compileKernel(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(readFileSync(new URL('./accumulators.wasm', import.meta.url)));
  return compiled;
}

/** A fresh kernel, without any group, on the memory of `columns`. */
export function startKernel(columns: ColumnMemory, module: WebAssembly.Module): Kernel {
  const instance = new WebAssembly.Instance(module, { env: { memory: columns.memory } });
  return instance.exports as unknown as Kernel;
}

/** An address as the kernel gives it (a signed 32-bit number) as an offset into the memory. */
export function address(given: number): number {
  return given >>> 0;
}
