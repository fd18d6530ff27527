// The status class of each row as a key: 0 to 4 for 1xx to 5xx, 5 for any other number, -1 for a record without status.

import { statusColumn, wordColumns } from './layout';
import { outcomeOf } from './records';
import { OUTCOME_ABSENT, OUTCOME_NO_ANSWER } from './summary';

export function fillStatusClasses(rows: i32, word: i32): void {
  const column = <usize>load<u32>(wordColumns + (<usize>word << 2));
  for (let row: usize = 0; row < <usize>rows; row++) {
    const outcome = outcomeOf(load<i32>(statusColumn + (row << 2)));
    const value = outcome === OUTCOME_ABSENT ? -1 : i32(min<u32>(outcome, OUTCOME_NO_ANSWER));
    store<i32>(column + (row << 2), value);
  }
}
