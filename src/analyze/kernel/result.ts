// What is shown of a group, as a row of f64 at one address:
//   requests, 1xx, 2xx, 3xx, 4xx, 5xx, other, errors, aborts, retries, redispatches, queued, bytes_read,
//   then per timer: count, sum, minimum, maximum, and each percentile (NaN where nothing was measured).

import { take } from './arena';
import { FEW, fewAt, fewOf, openFewTimes, readFew } from './few-times';
import { groupAt, recordsOf } from './groups';
import { timers } from './layout';
import { bytesOfChain, LARGE, PLACE, RECORDS } from './pages';
import { addRecords } from './records';
import {
  ABORTS,
  BYTES_READ,
  clearSummary,
  newSummary,
  OUTCOME_5XX,
  OUTCOME_NO_ANSWER,
  OUTCOME_OTHER,
  OUTCOMES,
  QUEUED,
  REDISPATCHES,
  RETRIES,
  timerOf,
} from './summary';
import { count, least, most, readTimer, shownAs, sum, timeAt } from './timer-numbers';

const COUNTERS = 13;
const TIMER_NUMBERS = 4;
/** A product that should be a whole number may come out a hair above it, and would then be rounded up to the next. */
const HAIR: f64 = 1 - 1e-14;

let percentiles: i32 = 0;
let wanted: usize = 0;
let room: i32 = 0;
let row: usize = 0;
let guest: usize = 0;

/** Address of the row, before which the percentiles asked for, each in (0, 100], are to be written: `count` f64. */
export function openResult(count: i32): usize {
  percentiles = count;
  const numbers = count + COUNTERS + timers * (TIMER_NUMBERS + count);
  if (numbers > room) {
    wanted = take(<usize>numbers << 3);
    room = numbers;
  }
  row = wanted + (<usize>count << 3);
  if (guest === 0) {
    guest = newSummary();
    openFewTimes();
  }
  return row;
}

export function requestsOf(number: i32): f64 {
  const group = groupAt(number);
  if (load<u8>(group, LARGE) === 0) return f64(load<u16>(group, RECORDS));
  return outcomesOf(<usize>load<u32>(group, PLACE), 0, OUTCOMES);
}

/** Writes the row of a group, its timers only if asked. */
export function describe(number: i32, withTimes: bool): void {
  const group = groupAt(number);
  const isLarge = load<u8>(group, LARGE) !== 0;
  const records: u32 = load<u16>(group, RECORDS);
  const isFew = !isLarge && records <= FEW;
  let summary = guest;
  if (isLarge) summary = <usize>load<u32>(group, PLACE);
  else {
    clearSummary(guest);
    if (isFew && withTimes) readFew(recordsOf(group), records, guest);
    else addRecords(guest, recordsOf(group), bytesOfChain(group), withTimes);
  }
  writeCounters(summary);
  if (!withTimes) return;
  let at = row + (COUNTERS << 3);
  for (let t = 0; t < timers; t++) at = isFew ? writeFew(t, at) : writeTimer(timerOf(summary, t), at);
}

function writeCounters(summary: usize): void {
  store<f64>(row, outcomesOf(summary, 0, OUTCOMES));
  for (let c = 0; c <= OUTCOME_5XX; c++) store<f64>(row + (<usize>c << 3), outcomesOf(summary, c, c + 1), 8);
  store<f64>(row, outcomesOf(summary, OUTCOME_NO_ANSWER, OUTCOME_OTHER + 1), 48);
  store<f64>(row, outcomesOf(summary, OUTCOME_5XX, OUTCOME_NO_ANSWER + 1), 56);
  store<f64>(row, f64(load<u64>(summary, ABORTS)), 64);
  store<f64>(row, f64(load<u64>(summary, RETRIES)), 72);
  store<f64>(row, f64(load<u64>(summary, REDISPATCHES)), 80);
  store<f64>(row, f64(load<u64>(summary, QUEUED)), 88);
  store<f64>(row, f64(load<u64>(summary, BYTES_READ)), 96);
}

function outcomesOf(summary: usize, from: i32, until: i32): f64 {
  let sum: u64 = 0;
  for (let o = from; o < until; o++) sum += load<u64>(summary + (<usize>o << 3));
  return f64(sum);
}

function writeTimer(timer: usize, to: usize): usize {
  readTimer(timer);
  const some = count > 0;
  store<f64>(to, f64(count));
  store<f64>(to, f64(sum), 8);
  store<f64>(to, some ? f64(least) : NaN, 16);
  store<f64>(to, some ? f64(most) : NaN, 24);
  to += TIMER_NUMBERS << 3;
  for (let p = 0; p < percentiles; p++) {
    store<f64>(to, some ? f64(timeAt(timer, rankOf(count, p))) : NaN);
    to += 8;
  }
  return to;
}

function writeFew(timer: i32, to: usize): usize {
  const times = fewOf(timer);
  const some = times > 0;
  const first = fewAt(timer, 0);
  const last = fewAt(timer, times - u32(some));
  let total: u64 = 0;
  for (let i: u32 = 0; i < times; i++) total += <u64>fewAt(timer, i);
  store<f64>(to, f64(times));
  store<f64>(to, f64(total), 8);
  store<f64>(to, some ? f64(first) : NaN, 16);
  store<f64>(to, some ? f64(last) : NaN, 24);
  to += TIMER_NUMBERS << 3;
  for (let p = 0; p < percentiles; p++) {
    const value = some ? fewAt(timer, u32(rankOf(times, p)) - 1) : 0;
    store<f64>(to, some ? f64(min(max(shownAs(value), first), last)) : NaN);
    to += 8;
  }
  return to;
}

/** Nearest rank: the percentile is the ceil(percent / 100 * count)-th smallest value. */
function rankOf(times: u64, p: i32): u64 {
  const percent = load<f64>(wanted + (<usize>p << 3));
  return max<u64>(u64(Math.ceil(((percent * f64(times)) / 100) * HAIR)), 1);
}
