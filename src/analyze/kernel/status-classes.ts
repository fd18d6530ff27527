// The status class of each row as a key: 0 to 4 for 1xx to 5xx, 5 for any other number, -1 for a record without status.

import { outcomes } from './facts';
import { statusColumn, wordColumns } from './layout';
import { OUTCOME_ABSENT, OUTCOME_NO_ANSWER } from './summary';

/** Fills word `word` of `rows` rows, and of up to three more. */
export function fillStatusClasses(rows: i32, word: i32): void {
  const column = <usize>load<u32>(wordColumns + (<usize>word << 2));
  for (let at: usize = 0; at < <usize>rows << 2; at += 16) {
    const outcome = outcomes(v128.load(statusColumn + at));
    const classes = i32x4.min_s(outcome, i32x4.splat(OUTCOME_NO_ANSWER));
    // All bits set is -1.
    v128.store(column + at, v128.or(classes, i32x4.eq(outcome, i32x4.splat(OUTCOME_ABSENT))));
  }
}
