// Counts the rows of a batch into their groups. Rows of large groups go straight into summaries, first their counters,
// then one timer after the other: each loop touches one small part of every summary, and its steps do not wait for each
// other. Rows of small groups are coded, after their pages have been fetched.

import { fillFacts } from './facts';
import { addRowTo, fetchPages, groupAt } from './groups';
import { dateColumn, factsColumn, groupColumn, largeRows, largeSummaries, smallRows, timerColumns, timers } from './layout';
import { LARGE, PLACE } from './pages';
import { bytesOf, retriesOf } from './records';
import { addFacts, addTime, timerOf } from './summary';

let earliest: f64 = Infinity;
let latest: f64 = -Infinity;
let large: usize = 0;
let small: usize = 0;

/** Counts each row that has a group. */
export function accumulate(rows: i32): void {
  divide(<usize>rows);
  fillFacts(<usize>rows);
  if (large !== 0) {
    addLargeFacts(large);
    for (let t = 0; t < timers; t++) addLargeTimes(large, <usize>load<u32>(timerColumns + (<usize>t << 2)), timerOf(0, t));
  }
  if (small !== 0) {
    fetchPages(rows);
    addSmall(small);
  }
}

/** Earliest accept date counted, Infinity if none. */
export function earliestDate(): f64 {
  return earliest;
}

export function latestDate(): f64 {
  return latest;
}

function divide(rows: usize): void {
  const groups = groupColumn;
  const dates = dateColumn;
  let first = earliest;
  let last = latest;
  let largeRow = largeRows;
  let largeSummary = largeSummaries;
  let smallRow = smallRows;
  for (let row: usize = 0; row < rows; row++) {
    const number = load<i32>(groups + (row << 2));
    if (number < 0) continue;
    const date = load<f64>(dates + (row << 3));
    if (date < first) first = date;
    if (date > last) last = date;
    const group = groupAt(number);
    if (load<u8>(group, LARGE) !== 0) {
      store<u32>(largeRow, u32(row));
      store<u32>(largeSummary, load<u32>(group, PLACE));
      largeRow += 4;
      largeSummary += 4;
    } else {
      store<u32>(smallRow, u32(row));
      smallRow += 4;
    }
  }
  earliest = first;
  latest = last;
  large = largeRow - largeRows;
  small = smallRow - smallRows;
}

function addLargeFacts(end: usize): void {
  const rows = largeRows;
  const summaries = largeSummaries;
  const facts = factsColumn;
  for (let at: usize = 0; at < end; at += 4) {
    const row = <usize>load<u32>(rows + at);
    addFacts(<usize>load<u32>(summaries + at), load<u8>(facts + row), retriesOf(row), bytesOf(row));
  }
}

/** In: the timer's column, and where in a summary it is. */
function addLargeTimes(end: usize, column: usize, timer: usize): void {
  const rows = largeRows;
  const summaries = largeSummaries;
  for (let at: usize = 0; at < end; at += 4) {
    const value = load<i32>(column + (<usize>load<u32>(rows + at) << 2));
    if (value >= 0) addTime(<usize>load<u32>(summaries + at) + timer, u32(value));
  }
}

function addSmall(end: usize): void {
  const rows = smallRows;
  for (let at: usize = 0; at < end; at += 4) {
    const row = <usize>load<u32>(rows + at);
    addRowTo(load<i32>(groupColumn + (row << 2)), row);
  }
}
