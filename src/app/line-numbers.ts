/** A parser counts lines from its own first; people count them from the first of a file. */

import type { LogBatch } from '../model/log-batch.ts';

/** Adds `offset` to the line numbers of a batch, which must have them. */
export function shiftLineNumbers(batch: LogBatch, offset: number): void {
  if (offset === 0) return;
  const numbers = batch.columns.float('line_number');
  for (let row = 0; row < batch.rows; row++) numbers[row] = (numbers[row] as number) + offset;
}
