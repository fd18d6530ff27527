// What a summary counts of a request besides its size and its times, as one byte per row of the batch: the outcome in
// three bits, then aborted, redispatched, queued. Four rows at a time.

import {
  backendQueueColumn,
  factsColumn,
  flagsColumn,
  queueTimeColumn,
  serverQueueColumn,
  statusColumn,
  terminationColumn,
} from './layout';
import { ABORTED_BIT, OUTCOME_ABSENT, OUTCOME_NO_ANSWER, OUTCOME_OTHER, QUEUED_BIT, REDISPATCHED_BIT } from './summary';
import { abortOf } from './terminations';

const FLAG_REDISPATCHED_BIT = 3;
const ABSENT: i32 = i32.MIN_VALUE;
/** value * 5,243 >> 19 is value / 100, rounded down, for values up to 1,023. */
const HUNDREDTH = 5_243;
const HUNDREDTH_SHIFT = 19;

/** Fills the facts of `rows` rows, and of up to three more. */
export function fillFacts(rows: usize): void {
  const facts = factsColumn;
  const terminations = terminationColumn;
  for (let row: usize = 0; row < rows; row += 4) {
    const at = row << 2;
    const vector = v128.or(outcomes(v128.load(statusColumn + at)), v128.or(redispatched(v128.load(flagsColumn + at)), queued(at)));
    store<u8>(facts + row, u8(i32x4.extract_lane(vector, 0) | aborted(load<i32>(terminations + at))));
    store<u8>(facts + row, u8(i32x4.extract_lane(vector, 1) | aborted(load<i32>(terminations + at, 4))), 1);
    store<u8>(facts + row, u8(i32x4.extract_lane(vector, 2) | aborted(load<i32>(terminations + at, 8))), 2);
    store<u8>(facts + row, u8(i32x4.extract_lane(vector, 3) | aborted(load<i32>(terminations + at, 12))), 3);
  }
}

/** Four outcomes of four statuses. */
@inline
export function outcomes(status: v128): v128 {
  const above = i32x4.sub(status, i32x4.splat(100));
  const classes = i32x4.shr_u(i32x4.mul(above, i32x4.splat(HUNDREDTH)), HUNDREDTH_SHIFT);
  const isNoAnswer = i32x4.eq(status, i32x4.splat(-1));
  const isAbsent = i32x4.eq(status, i32x4.splat(ABSENT));
  const others = v128.bitselect(
    i32x4.splat(OUTCOME_NO_ANSWER),
    v128.bitselect(i32x4.splat(OUTCOME_ABSENT), i32x4.splat(OUTCOME_OTHER), isAbsent),
    isNoAnswer,
  );
  return v128.bitselect(classes, others, i32x4.lt_u(above, i32x4.splat(500)));
}

@inline
function redispatched(flags: v128): v128 {
  return i32x4.shl(v128.and(i32x4.shr_u(flags, FLAG_REDISPATCHED_BIT), i32x4.splat(1)), REDISPATCHED_BIT);
}

@inline
function queued(at: usize): v128 {
  const server = i32x4.max_s(v128.load(queueTimeColumn + at), v128.load(serverQueueColumn + at));
  const any = i32x4.gt_s(i32x4.max_s(server, v128.load(backendQueueColumn + at)), i32x4.splat(0));
  return v128.and(any, i32x4.splat(1 << QUEUED_BIT));
}

@inline
function aborted(termination: i32): i32 {
  return i32(abortOf(termination) << ABORTED_BIT);
}
