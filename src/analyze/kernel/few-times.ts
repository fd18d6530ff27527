// The times of a group with few requests: sorted as they are, which is quicker than filling histograms and reading them.

import { take } from './arena';
import { timers } from './layout';
import { bytes, decode, facts, retries, timeOf } from './records';
import { addFacts } from './summary';

/** Requests that are few. Sorting takes steps by their square. */
export const FEW: u32 = 32;

let times: usize = 0;
let counts: usize = 0;

export function openFewTimes(): void {
  times = take(<usize>timers * FEW << 2);
  counts = take(<usize>timers << 2);
}

/** Counts `records` coded records, at most FEW, into the counters of a summary, and keeps their times in order. */
export function readFew(from: usize, records: u32, summary: usize): void {
  memory.fill(counts, 0, <usize>timers << 2);
  let at = from;
  for (let r: u32 = 0; r < records; r++) {
    at = decode(at);
    addFacts(summary, facts, retries, bytes);
    for (let t = 0; t < timers; t++) if (timeOf(t) !== 0) insert(t, timeOf(t) - 1);
  }
}

/** Times kept of a timer. */
export function fewOf(timer: i32): u32 {
  return load<u32>(counts + (<usize>timer << 2));
}

/** The one at place `rank`, from 0, among the times of a timer, ascending. */
export function fewAt(timer: i32, rank: u32): u32 {
  return load<u32>(times + (<usize>(u32(timer) * FEW + rank) << 2));
}

function insert(timer: i32, time: u32): void {
  const count = fewOf(timer);
  const first = times + (<usize>(u32(timer) * FEW) << 2);
  let at = first + (<usize>count << 2);
  for (; at > first; at -= 4) {
    const before = load<u32>(at - 4);
    if (before <= time) break;
    store<u32>(at, before);
  }
  store<u32>(at, time);
  store<u32>(counts + (<usize>timer << 2), count + 1);
}
