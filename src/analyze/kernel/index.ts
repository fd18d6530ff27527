// The kernel of the accumulators: groups the records of a batch and counts them. It shares one memory with the
// parser's kernel and reads the batch's columns where they lie; all else it keeps in memory it takes by growing.
//
// A batch goes: choose → (words of derived keys) → locate → accumulate. Rows are at most what `open` was told.

import { openArena } from './arena';
import { openGroups } from './groups';
import { groupColumn, keepColumn, kindColumn, openLayout } from './layout';
import { openRecords } from './records';

export { accumulate, earliestDate, latestDate } from './accumulate';
export { coarsen } from './coarsen';
export { groupCount, makeOther, otherGroup, keyOf } from './groups';
export { locate, prepareIndex, setCeiling } from './key-index';
export { groupColumnAddress, keepColumnAddress, setColumns, setTimerColumn, setWordColumn } from './layout';
export { describe, openResult, requestsOf } from './result';
export { fillStatusClasses } from './status-classes';
export { terminationTable } from './terminations';
export { fillTimes } from './time-buckets';
export { packGroups, packRoom, packedBytes, readKeys, unpackGroups } from './transfer';

const KIND_ERROR: i32 = 2;

/** Called once, before all else. In: words of a key, timers kept, rows of a batch, bounds in groups and in bytes. */
export function open(words: i32, timers: i32, rows: i32, mostGroups: i32, mostBytes: usize): void {
  openArena(mostBytes);
  openLayout(words, timers, rows);
  openGroups(mostGroups);
  openRecords();
}

/** Marks the rows that enter a group: requests, and of these what the filter keeps, if there is one. */
export function choose(rows: i32, filtered: bool): void {
  for (let row: usize = 0; row < <usize>rows; row += 4) {
    const isNone = i32x4.ge_s(v128.load(kindColumn + (row << 2)), i32x4.splat(KIND_ERROR));
    // All bits set is -1.
    v128.store(groupColumn + (row << 2), filtered ? v128.or(isNone, dropped(keepColumn + row)) : isNone);
  }
}

/** Four lanes of -1 where the byte is 0, else 0. */
@inline
function dropped(bytes: usize): v128 {
  const halves = v128.extend_low<u8>(v128.load32_zero(bytes));
  return i32x4.eq(v128.extend_low<u16>(halves), i32x4.splat(0));
}
