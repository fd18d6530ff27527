// Groups on their way to another accumulator: one after the other, in the order of their numbers, keys not among them.
//   small   u16 records, u16 bytes, the coded records
//   large   u16 0xffff, the counters, then per timer: sum, count, minimum, maximum, u32 mask of blocks, the blocks

import { take } from './arena';
import { addRecordsTo, fetchPages, groupAt, groups, keyOf, summaryOf } from './groups';
import { groupColumn, timers, wordColumns, words } from './layout';
import { bytesOfChain, gather, LARGE, MOST_BYTES, PLACE, RECORDS } from './pages';
import {
  addTo,
  BLOCK_BYTES,
  BLOCK_COUNT,
  blockOf,
  BLOCKS,
  COUNTERS_BYTES,
  mergeBlock,
  mergeTimerNumbers,
  timerOf,
} from './summary';

const LARGE_MARK: u32 = 0xffff;
const SMALL_HEAD: usize = 4;
const LARGE_HEAD: usize = 2;
const TIMER_HEAD: usize = BLOCKS + 4;

let room: usize = 0;
let roomBytes: usize = 0;
let packed: usize = 0;

/** Room for at least `bytes` bytes of packed groups, and for the largest single one. Out: its address. */
export function packRoom(bytes: usize): usize {
  const largest = LARGE_HEAD + COUNTERS_BYTES + <usize>timers * (TIMER_HEAD + <usize>BLOCK_COUNT * BLOCK_BYTES);
  const wanted = max(bytes, max(largest, SMALL_HEAD + MOST_BYTES));
  if (wanted > roomBytes) {
    room = take(wanted);
    roomBytes = wanted;
  }
  return room;
}

/** Packs groups from `first` on, at most `most`, as many as there is room for. Out: the number after the last one. */
export function packGroups(first: i32, most: i32): i32 {
  const end = min(groups, first + most);
  let at = room;
  let number = first;
  for (; number < end; number++) {
    const group = groupAt(number);
    if (at + packedSize(group) > room + roomBytes) break;
    at = load<u8>(group, LARGE) === 0 ? packSmall(group, at) : packLarge(<usize>load<u32>(group, PLACE), at);
  }
  packed = at - room;
  return number;
}

/** Writes the keys of `count` groups from `first` on into the word columns, one per row. */
export function readKeys(first: i32, count: i32): void {
  for (let w = 0; w < words; w++) {
    const column = <usize>load<u32>(wordColumns + (<usize>w << 2));
    for (let i = 0; i < count; i++) {
      store<i32>(column + (<usize>i << 2), load<i32>(keyOf(first + i) + (<usize>w << 2)));
    }
  }
}

/** Bytes that packGroups wrote last. */
export function packedBytes(): usize {
  return packed;
}

/** Adds packed groups, one per row, to the groups that the group column holds for these rows. */
export function unpackGroups(rows: i32): void {
  fetchPages(rows);
  let at = room;
  for (let row = 0; row < rows; row++) {
    const group = load<i32>(groupColumn + (<usize>row << 2));
    const head: u32 = load<u16>(at);
    if (head === LARGE_MARK) {
      at = unpackLarge(summaryOf(group), at + LARGE_HEAD);
    } else {
      const bytes = <usize>load<u16>(at, 2);
      addRecordsTo(group, at + SMALL_HEAD, bytes, head);
      at += SMALL_HEAD + bytes;
    }
  }
}

function packedSize(group: usize): usize {
  if (load<u8>(group, LARGE) === 0) return SMALL_HEAD + bytesOfChain(group);
  const summary = <usize>load<u32>(group, PLACE);
  let bytes = LARGE_HEAD + COUNTERS_BYTES + <usize>timers * TIMER_HEAD;
  for (let t = 0; t < timers; t++) bytes += <usize>popcnt(blockMask(timerOf(summary, t))) * BLOCK_BYTES;
  return bytes;
}

function packSmall(group: usize, at: usize): usize {
  const bytes = gather(group, at + SMALL_HEAD);
  store<u16>(at, load<u16>(group, RECORDS));
  store<u16>(at, u16(bytes), 2);
  return at + SMALL_HEAD + bytes;
}

function packLarge(summary: usize, at: usize): usize {
  store<u16>(at, u16(LARGE_MARK));
  at += LARGE_HEAD;
  memory.copy(at, summary, COUNTERS_BYTES);
  at += COUNTERS_BYTES;
  for (let t = 0; t < timers; t++) {
    const timer = timerOf(summary, t);
    memory.copy(at, timer, BLOCKS);
    store<u32>(at, blockMask(timer), BLOCKS);
    at += TIMER_HEAD;
    for (let b = 0; b < BLOCK_COUNT; b++) {
      const block = blockOf(timer, b);
      if (block === 0) continue;
      memory.copy(at, block, BLOCK_BYTES);
      at += BLOCK_BYTES;
    }
  }
  return at;
}

function unpackLarge(summary: usize, at: usize): usize {
  for (let c: usize = 0; c < COUNTERS_BYTES; c += 8) addTo(summary + c, load<u64>(at + c));
  at += COUNTERS_BYTES;
  for (let t = 0; t < timers; t++) {
    const timer = timerOf(summary, t);
    mergeTimerNumbers(timer, at);
    const mask = load<u32>(at, BLOCKS);
    at += TIMER_HEAD;
    for (let b = 0; b < BLOCK_COUNT; b++) {
      if (((mask >> b) & 1) === 0) continue;
      mergeBlock(timer, b, at);
      at += BLOCK_BYTES;
    }
  }
  return at;
}

function blockMask(timer: usize): u32 {
  let mask: u32 = 0;
  for (let b = 0; b < BLOCK_COUNT; b++) mask |= u32(blockOf(timer, b) !== 0) << b;
  return mask;
}
