// The groups of a report: dense numbers from 0, each with its key words and what is kept of its requests. They lie in
// segments, so that the table grows without being copied.

import { exhausted, take } from './arena';
import { groupColumn, words } from './layout';
import { append, freePages, gather, KEY, LARGE, MOST_BYTES, PLACE, RECORDS, ROOM, WRITE } from './pages';
import { addRecords, encodeRow, LARGEST_RECORD } from './records';
import { freeSummary, mergeSummary, newSummary } from './summary';

const SEGMENT_BITS = 10;
const SEGMENT_MASK = (1 << SEGMENT_BITS) - 1;

let directory: usize = 0;
let segments: i32 = 0;
let stride: usize = 0;
/** Room for one coded record, for all records of two small groups, and for one group. */
let record: usize = 0;
let chain: usize = 0;
let moved: usize = 0;
let aside: usize = 0;

/** Keeps `fetchPages` from being optimised away. */
let fetched: u32 = 0;

/** Groups there are. */
export let groups: i32 = 0;

/** The words of the group that takes what a bound keeps from having, or filling, a group of its own. */
const OTHER_WORD: i32 = i32.MIN_VALUE + 1;
let other: i32 = -1;

export function openGroups(mostGroups: i32): void {
  stride = KEY + (<usize>words << 2);
  directory = take(<usize>((mostGroups >> SEGMENT_BITS) + 2) << 2);
  record = take(LARGEST_RECORD);
  chain = take(MOST_BYTES + LARGEST_RECORD);
  moved = take(MOST_BYTES + LARGEST_RECORD);
  aside = take(stride);
}

export function groupCount(): i32 {
  return groups;
}

@inline
export function groupAt(group: i32): usize {
  return <usize>load<u32>(directory + (<usize>(group >> SEGMENT_BITS) << 2)) + <usize>(group & SEGMENT_MASK) * stride;
}

/** Address of the key words of a group. */
@inline
export function keyOf(group: i32): usize {
  return groupAt(group) + KEY;
}

/** A new group without requests; its key words are the caller's to write. */
export function newGroup(): i32 {
  const group = groups++;
  const segment = group >> SEGMENT_BITS;
  if (segment === segments) {
    store<u32>(directory + (<usize>segment << 2), u32(take(stride << SEGMENT_BITS)));
    segments++;
  }
  memory.fill(groupAt(group), 0, KEY);
  return group;
}

/** Number of the group shared by the keys past a bound; -1 while there is none. */
export function otherGroup(): i32 {
  return other;
}

export function makeOther(): i32 {
  if (other < 0) {
    other = newGroup();
    const key = keyOf(other);
    for (let w = 0; w < words; w++) store<i32>(key + (<usize>w << 2), OTHER_WORD);
    enlarge(groupAt(other));
  }
  return other;
}

/** Starts the numbering anew; what the old numbers held stays readable up to the group created last. */
export function forgetGroups(): void {
  groups = 0;
}

/** Copies a group to a place that new groups do not touch. Out: its address. */
export function setAside(group: i32): usize {
  memory.copy(aside, groupAt(group), stride);
  return aside;
}

/** Makes what was set aside the content of a new group. */
export function putBack(group: i32): void {
  memory.copy(groupAt(group), aside, KEY);
}

/** Adds what was set aside to a group. */
export function addAside(number: i32): void {
  if (load<u8>(aside, LARGE) !== 0) {
    const summary = <usize>load<u32>(aside, PLACE);
    mergeSummary(summaryOf(number), summary);
    freeSummary(summary);
    return;
  }
  const length = gather(aside, moved);
  freePages(aside);
  addRecordsTo(number, moved, length, load<u16>(aside, RECORDS));
}

/** Counts a row of the batch into a group that is small, or was when the batch came. */
export function addRowTo(number: i32, row: usize): void {
  const length = encodeRow(row, record);
  const full = length > <usize>load<u16>(groupAt(number), ROOM) && load<u8>(groupAt(number), LARGE) === 0 && exhausted();
  addRecordsTo(full ? makeOther() : number, record, length, 1);
}

/** Counts coded records into a group. */
export function addRecordsTo(number: i32, from: usize, length: usize, records: u32): void {
  const group = groupAt(number);
  if (load<u8>(group, LARGE) === 0) {
    if (append(group, from, length, records)) return;
    enlarge(group);
  }
  addRecords(<usize>load<u32>(group, PLACE), from, length, true);
}

/** The summary of a group; a small group becomes large by that. */
export function summaryOf(number: i32): usize {
  const group = groupAt(number);
  if (load<u8>(group, LARGE) === 0) enlarge(group);
  return <usize>load<u32>(group, PLACE);
}

/** Brings the records of a small group together. Out: their address, valid until the next call into groups. */
export function recordsOf(group: usize): usize {
  gather(group, chain);
  return chain;
}

/** Reads the pages of the rows' groups, all at once: with a million groups each is a miss of every cache. */
export function fetchPages(rows: i32): void {
  let sum: u32 = 0;
  for (let row = 0; row < rows; row++) {
    const number = load<i32>(groupColumn + (<usize>row << 2));
    if (number >= 0) sum += load<u8>(<usize>load<u32>(groupAt(number), WRITE));
  }
  fetched = sum;
}

function enlarge(group: usize): void {
  const summary = newSummary();
  addRecords(summary, chain, gather(group, chain), true);
  freePages(group);
  store<u32>(group, u32(summary), PLACE);
  store<u8>(group, 1, LARGE);
}
