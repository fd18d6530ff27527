// The kernel of the accumulators: groups the records of a batch and counts them. It shares one memory with the
// parser's kernel and reads the batch's columns where they lie; all else it keeps in memory it takes by growing.
//
// A batch goes: choose → (words of derived keys) → locate → accumulate. Rows are at most what `open` was told.

import { openArena } from './arena';
import { openGroups } from './groups';
import { groupColumn, keepColumn, kindColumn, openLayout } from './layout';

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

const KIND_ERROR = 2;

/** Called once, before all else. In: words of a key, timers kept, rows of a batch, bounds in groups and in bytes. */
export function open(words: i32, timers: i32, rows: i32, mostGroups: i32, mostBytes: usize): void {
  openArena(mostBytes);
  openLayout(words, timers, rows);
  openGroups(mostGroups);
}

/** Marks the rows that enter a group: requests, and of these what the filter keeps, if there is one. */
export function choose(rows: i32, filtered: bool): void {
  for (let row: usize = 0; row < <usize>rows; row++) {
    const isRequest = load<i32>(kindColumn + (row << 2)) < KIND_ERROR;
    const kept = !filtered || load<u8>(keepColumn + row) !== 0;
    store<i32>(groupColumn + (row << 2), isRequest && kept ? 0 : -1);
  }
}
