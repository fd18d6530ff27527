// The time key of each row: the number of its bucket, accept date / width rounded down, as two words, high and low.

import { dateColumn, wordColumns } from './layout';

/** The two words of a record without an accept date. */
export const ABSENT_WORD: i32 = i32.MIN_VALUE;

/** Fills words `word` and `word + 1` of `rows` rows. In: width of a bucket, ms. */
export function fillTimes(rows: i32, word: i32, width: f64): void {
  const high = <usize>load<u32>(wordColumns + (<usize>word << 2));
  const low = <usize>load<u32>(wordColumns + (<usize>(word + 1) << 2));
  // Dates come nearly in order: most fall in the bucket of the one before.
  let from: f64 = NaN;
  let until: f64 = NaN;
  let highWord = ABSENT_WORD;
  let lowWord = ABSENT_WORD;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const date = load<f64>(dateColumn + (row << 3));
    if (!(date >= from && date < until)) {
      const bucket = Math.floor(date / width);
      from = bucket * width;
      until = from + width;
      const known = date === date;
      highWord = known ? i32(<i64>bucket >> 32) : ABSENT_WORD;
      lowWord = known ? i32(<i64>bucket) : ABSENT_WORD;
    }
    store<i32>(high + (row << 2), highWord);
    store<i32>(low + (row << 2), lowWord);
  }
}
