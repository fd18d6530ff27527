/** A store's rows as batches, narrowed by its index of dates where a filter gives a range. */

import { countDropped, noneDropped, RECORD_CLASSES, settleDropped } from '../analyze/dropped.ts';
import type { FilterSpec } from '../analyze/plan.ts';
import type { ColumnName } from '../model/columns.ts';
import type { Ledger } from '../model/ledger.ts';
import type { ColumnMemory, LogBatch } from '../model/log-batch.ts';
import { readStore } from '../store/reader.ts';

export { readUnparsed } from '../store/unparsed.ts';

export interface StoreQuery {
  readonly db: string;
  readonly columns: readonly ColumnName[];
  readonly filter: FilterSpec;
  /** The path column keeps its query. */
  readonly keepQuery: boolean;
}

/**
 * Out: the account of all lines of the store, in which records outside the filter's range, which were never read, are
 * counted as filtered like those the consumer's own filter drops.
 */
export function readStoreBatches(query: StoreQuery, memory: ColumnMemory, sink: (batch: LogBatch) => void): Ledger {
  const { db, columns, filter, keepQuery } = query;
  const range = filter.invert === true ? {} : { since: filter.since, until: filter.until };
  const unread = noneDropped();
  const { ledger, records } = readStore(db, columns, { ...range, keepQuery }, memory, (batch) => {
    countDropped(unread, batch, null);
    sink(batch);
  });
  for (const name of RECORD_CLASSES) unread[name] = records[name] - unread[name];
  settleDropped(ledger, unread);
  return ledger;
}
