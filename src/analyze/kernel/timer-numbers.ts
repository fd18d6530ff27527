// Count, sum, extremes and percentiles of a timer of a summary, read from its histogram and what is kept beside it.

import { BLOCK_COUNT, blockNumber, blockOf, BUCKETS, EXACT, MAXIMUM, MINIMUM, shiftOf, SUM } from './summary';

/** The timer read last; all 0 where it counted nothing. */
export let count: u64 = 0;
export let sum: u64 = 0;
export let least: u32 = 0;
export let most: u32 = 0;

export function readTimer(timer: usize): void {
  count = 0;
  sum = load<u64>(timer, SUM);
  least = load<u32>(timer, MINIMUM);
  most = load<u32>(timer, MAXIMUM);
  for (let b = 0; b < BLOCK_COUNT; b++) {
    const block = blockOf(timer, b);
    if (block === 0) continue;
    for (let i: u32 = 0; i < BUCKETS; i++) {
      const times = load<u32>(block + <usize>(i << 2));
      if (times === 0) continue;
      count += <u64>times;
      const value = valueOf(b, i);
      if (value >= EXACT) continue;
      sum += <u64>value * <u64>times;
      least = min(least, value);
      most = max(most, value);
    }
  }
}

/** The value of the `rank`-th smallest time, from 1, of the timer read last. */
export function timeAt(timer: usize, rank: u64): u32 {
  let below: u64 = 0;
  for (let b = 0; b < BLOCK_COUNT; b++) {
    const block = blockOf(timer, b);
    if (block === 0) continue;
    for (let i: u32 = 0; i < BUCKETS; i++) {
      below += <u64>load<u32>(block + <usize>(i << 2));
      if (below >= rank) return min(max(valueOf(b, i), least), most);
    }
  }
  return most;
}

/** The value a histogram shows for a value. */
export function shownAs(value: u32): u32 {
  const block = blockNumber(value);
  return valueOf(block, (value >> shiftOf(block)) & 63);
}

/** The value that stands for a bucket: the middle of its values, at most 1 % from any. */
function valueOf(block: i32, bucket: u32): u32 {
  if (block === 0) return bucket;
  const shift = shiftOf(block);
  return ((64 + bucket) << shift) + ((1 << shift) >> 1);
}
