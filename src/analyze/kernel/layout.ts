// Where the batch's columns lie and what is kept of a request: told once at set-up, read by every loop.

import { take } from './arena';

export let kindColumn: usize = 0;
export let flagsColumn: usize = 0;
export let dateColumn: usize = 0;
export let statusColumn: usize = 0;
export let bytesColumn: usize = 0;
export let terminationColumn: usize = 0;
export let retriesColumn: usize = 0;
export let queueTimeColumn: usize = 0;
export let serverQueueColumn: usize = 0;
export let backendQueueColumn: usize = 0;

/** Number of 32-bit words of a key, and the table of the columns that hold them. */
export let words: i32 = 0;
export let wordColumns: usize = 0;
/** Number of timers kept, and the table of their columns. */
export let timers: i32 = 0;
export let timerColumns: usize = 0;
/** Per row of a batch its group, -1 for a row that enters none. */
export let groupColumn: usize = 0;
/** Per row of a batch one byte: 0 where the filter drops it. */
export let keepColumn: usize = 0;
/** Per row of a batch its facts, one byte (facts.ts). */
export let factsColumn: usize = 0;
/** Rows of a batch whose group is large, the address of the summary of each, and rows whose group is small. */
export let largeRows: usize = 0;
export let largeSummaries: usize = 0;
export let smallRows: usize = 0;
/** Room for a batch's worth of words whose values are in no column of the batch. */
let rowsOfBatch: i32 = 0;

export function openLayout(wordCount: i32, timerCount: i32, rows: i32): void {
  words = wordCount;
  timers = timerCount;
  rowsOfBatch = rows;
  wordColumns = take(<usize>(wordCount << 2));
  timerColumns = take(<usize>(timerCount << 2));
  groupColumn = take(<usize>(rows << 2));
  keepColumn = take(<usize>rows);
  factsColumn = take(<usize>rows);
  largeRows = take(<usize>(rows << 2));
  largeSummaries = take(<usize>(rows << 2));
  smallRows = take(<usize>(rows << 2));
}

/** Addresses of the batch's columns that every report reads. */
export function setColumns(
  kind: usize,
  flags: usize,
  date: usize,
  status: usize,
  bytes: usize,
  termination: usize,
  retries: usize,
  queueTime: usize,
  serverQueue: usize,
  backendQueue: usize,
): void {
  kindColumn = kind;
  flagsColumn = flags;
  dateColumn = date;
  statusColumn = status;
  bytesColumn = bytes;
  terminationColumn = termination;
  retriesColumn = retries;
  queueTimeColumn = queueTime;
  serverQueueColumn = serverQueue;
  backendQueueColumn = backendQueue;
}

/** Where word `word` of the keys of a batch stands; 0 asks for a column of the accumulator's own. Out: its address. */
export function setWordColumn(word: i32, column: usize): usize {
  const at = column === 0 ? take(<usize>(rowsOfBatch << 2)) : column;
  store<u32>(wordColumns + (<usize>word << 2), u32(at));
  return at;
}

export function setTimerColumn(timer: i32, column: usize): void {
  store<u32>(timerColumns + (<usize>timer << 2), u32(column));
}

export function groupColumnAddress(): usize {
  return groupColumn;
}

export function keepColumnAddress(): usize {
  return keepColumn;
}
