/**
 * Widths a timeline may choose for its buckets. Each divides the next, so that buckets counted at one width can be
 * summed at any wider one, and parts of one report that stand at different widths still merge.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const LADDER: readonly number[] = [
  ...[SECOND, 5 * SECOND, 10 * SECOND, 30 * SECOND],
  ...[MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE],
  ...[HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR],
  // Up to 65,536 days: all dates that four digits of a year can write fall in 60 of these.
  ...Array.from({ length: 17 }, (_, doublings) => DAY * 2 ** doublings),
];

/** Most rows of a timeline whose width was not given. */
export const MOST_BUCKETS = 60;

/** Width in ms a timeline starts at, the finest. */
export const FINEST_WIDTH = SECOND;

/** The next wider width, ms; null after the widest. */
export function widerThan(width: number): number | null {
  return LADDER.find((rung) => rung > width) ?? null;
}
