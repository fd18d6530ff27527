/** A store's rows as batches, narrowed by its index of dates where a filter gives a range. */

import type { FilterSpec } from '../analyze/plan.ts';
import type { ColumnName } from '../model/columns.ts';
import { FLAG_TRUNCATED, KIND_ERROR } from '../model/columns.ts';
import type { Ledger } from '../model/ledger.ts';
import type { ColumnMemory, LogBatch } from '../model/log-batch.ts';
import { readStore } from '../store/reader.ts';

/**
 * Out: the account of all lines of the store, in which records outside the filter's range, which were never read, are
 * counted as filtered like those the consumer's own filter drops.
 */
export function readStoreBatches(
  db: string,
  wanted: readonly ColumnName[],
  filter: FilterSpec,
  columns: ColumnMemory,
  sink: (batch: LogBatch) => void,
): Ledger {
  const read = { requests: 0, truncated: 0, events: 0 };
  const range = filter.invert === true ? {} : { since: filter.since, until: filter.until };
  const { ledger } = readStore(db, wanted, range, columns, (batch) => {
    const kinds = batch.columns.int('kind');
    const flags = batch.columns.int('flags');
    for (let row = 0; row < batch.rows; row++) {
      if (((flags[row] as number) & FLAG_TRUNCATED) !== 0) read.truncated++;
      else if ((kinds[row] as number) >= KIND_ERROR) read.events++;
      else read.requests++;
    }
    sink(batch);
  });
  if (range.since !== undefined || range.until !== undefined) {
    ledger.filtered += ledger.requests - read.requests + ledger.events - read.events;
    ledger.requests = read.requests;
    ledger.events = read.events;
  }
  return ledger;
}
