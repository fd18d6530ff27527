// The summary of a group of requests: sums of what is counted, and per timer its count, sum, extremes and histogram.
// All are integers that only add up, so the order of adding and merging never shows.
//
// A histogram is exact below 128 ms and has 64 buckets per octave above. It is kept as blocks of 64 counts, one per
// octave (two below 128), each taken when its first value comes. A bucket counts to 2^32 - 1 and stays there.

import { giveBackCell, takeCell } from './arena';
import { timers } from './layout';

/** Outcomes of a request, three bits. The first five are the status classes 1xx to 5xx. */
export const OUTCOMES = 8;
export const OUTCOME_5XX: i32 = 4;
export const OUTCOME_NO_ANSWER: i32 = 5; // -1, HAProxy's "no answer": an error
export const OUTCOME_OTHER: i32 = 6; // any other number
export const OUTCOME_ABSENT: i32 = 7; // a TCP record: in no class

/** Facts of a request: its outcome in three bits, then one bit each. */
export const OUTCOME_BITS: u32 = 7;
export const ABORTED_BIT: i32 = 3;
export const REDISPATCHED_BIT: i32 = 4;
export const QUEUED_BIT: i32 = 5;

export const ABORTS: usize = 64;
export const REDISPATCHES: usize = 72;
export const QUEUED: usize = 80;
export const RETRIES: usize = 88;
export const BYTES_READ: usize = 96;
export const COUNTERS_BYTES: usize = 104;
export const FIRST_TIMER: usize = 112;

export const TIMER_BYTES: usize = 128;
/** Sum and extremes are kept of values from EXACT on; of those below, the histogram tells them. */
export const EXACT: u32 = 128;
export const SUM: usize = 0;
export const MINIMUM: usize = 8;
export const MAXIMUM: usize = 12;
export const BLOCKS: usize = 16;

export const BLOCK_COUNT = 26;
export const BUCKETS: u32 = 64;
export const BLOCK_BYTES: usize = 256;

const SUMMARY_CELL: usize = 1_024;

export function newSummary(): usize {
  const summary = takeCell(SUMMARY_CELL);
  memory.fill(summary, 0, SUMMARY_CELL);
  for (let t = 0; t < timers; t++) store<u32>(timerOf(summary, t), <u32>-1, MINIMUM);
  return summary;
}

/** Gives back the summary's histogram blocks; the summary itself stays, as new. */
export function clearSummary(summary: usize): void {
  memory.fill(summary, 0, COUNTERS_BYTES);
  for (let t = 0; t < timers; t++) {
    const timer = timerOf(summary, t);
    if (isEmpty(timer)) continue;
    for (let b = 0; b < BLOCK_COUNT; b++) {
      const block = blockOf(timer, b);
      if (block !== 0) giveBackCell(block, BLOCK_BYTES);
    }
    memory.fill(timer, 0, TIMER_BYTES);
    store<u32>(timer, <u32>-1, MINIMUM);
  }
}

export function freeSummary(summary: usize): void {
  clearSummary(summary);
  giveBackCell(summary, SUMMARY_CELL);
}

/** True for a timer that counted nothing. */
function isEmpty(timer: usize): bool {
  return load<u32>(timer, MINIMUM) > load<u32>(timer, MAXIMUM) && blockOf(timer, 0) === 0 && blockOf(timer, 1) === 0;
}

@inline
export function timerOf(summary: usize, timer: i32): usize {
  return summary + FIRST_TIMER + <usize>timer * TIMER_BYTES;
}

/** Address of a block of a timer's histogram, 0 while nothing fell in it. */
@inline
export function blockOf(timer: usize, block: i32): usize {
  return <usize>load<u32>(timer + (<usize>block << 2), BLOCKS);
}

export function makeBlock(timer: usize, block: i32): usize {
  const at = takeCell(BLOCK_BYTES);
  memory.fill(at, 0, BLOCK_BYTES);
  store<u32>(timer + (<usize>block << 2), u32(at), BLOCKS);
  return at;
}

@inline
export function addTo(counter: usize, value: u64): void {
  store<u64>(counter, load<u64>(counter) + value);
}

/** Counts one request. In: its facts as in records.ts. */
@inline
export function addFacts(summary: usize, facts: u32, retries: u32, bytes: u64): void {
  addTo(summary + <usize>((facts & OUTCOME_BITS) << 3), 1);
  addTo(summary + BYTES_READ, bytes);
  // The rest is rare enough to be skipped as one.
  if ((facts >> ABORTED_BIT) !== 0) {
    addTo(summary + ABORTS, <u64>((facts >> ABORTED_BIT) & 1));
    addTo(summary + REDISPATCHES, <u64>((facts >> REDISPATCHED_BIT) & 1));
    addTo(summary + QUEUED, <u64>((facts >> QUEUED_BIT) & 1));
  }
  if (retries !== 0) addTo(summary + RETRIES, <u64>retries);
}

/** Counts one value of a timer, 0 or more ms. */
@inline
export function addTime(timer: usize, value: u32): void {
  if (value >= EXACT) {
    addTo(timer + SUM, <u64>value);
    if (value < load<u32>(timer, MINIMUM)) store<u32>(timer, value, MINIMUM);
    if (value > load<u32>(timer, MAXIMUM)) store<u32>(timer, value, MAXIMUM);
  }
  const block = blockNumber(value);
  let at = blockOf(timer, block);
  if (at === 0) at = makeBlock(timer, block);
  const bucket = at + (<usize>((value >> shiftOf(block)) & 63) << 2);
  const count = load<u32>(bucket);
  store<u32>(bucket, count + u32(count !== <u32>-1));
}

/** Adds what `from` holds to `into`. */
export function mergeSummary(into: usize, from: usize): void {
  for (let at: usize = 0; at < COUNTERS_BYTES; at += 8) addTo(into + at, load<u64>(from + at));
  for (let t = 0; t < timers; t++) mergeTimer(timerOf(into, t), timerOf(from, t));
}

function mergeTimer(into: usize, from: usize): void {
  mergeTimerNumbers(into, from);
  for (let b = 0; b < BLOCK_COUNT; b++) {
    const block = blockOf(from, b);
    if (block !== 0) mergeBlock(into, b, block);
  }
}

export function mergeTimerNumbers(into: usize, from: usize): void {
  addTo(into + SUM, load<u64>(from, SUM));
  store<u32>(into, min(load<u32>(into, MINIMUM), load<u32>(from, MINIMUM)), MINIMUM);
  store<u32>(into, max(load<u32>(into, MAXIMUM), load<u32>(from, MAXIMUM)), MAXIMUM);
}

/** Adds 64 counts at `from` to block `block` of a timer. */
export function mergeBlock(timer: usize, block: i32, from: usize): void {
  let at = blockOf(timer, block);
  if (at === 0) at = makeBlock(timer, block);
  for (let i: usize = 0; i < BLOCK_BYTES; i += 4) {
    const sum = <u64>load<u32>(at + i) + <u64>load<u32>(from + i);
    store<u32>(at + i, u32(min(sum, <u64>0xffff_ffff)));
  }
}

/** The block a value falls in: 0 below 64, 1 below 128, then one per octave. */
@inline
export function blockNumber(value: u32): i32 {
  return 26 - i32(clz(value | 32));
}

/** A bucket of block b holds 2^shift values: 1 below 128 ms. */
@inline
export function shiftOf(block: i32): u32 {
  return u32(block - i32(block > 0));
}
