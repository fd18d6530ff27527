/** The account of records by the class of the ledger they stood in, so that those a filter drops can change class. */

import { FLAG_TRUNCATED, KIND_ERROR } from '../model/columns.ts';
import type { Ledger } from '../model/ledger.ts';
import type { LogBatch } from '../model/log-batch.ts';

/** The classes that have records. A cut line is truncated, whatever else it is. */
export const RECORD_CLASSES = ['requests', 'events', 'truncated'] as const;

/** Counts of records. */
export type Dropped = Record<(typeof RECORD_CLASSES)[number], number>;

export function noneDropped(): Dropped {
  return { requests: 0, events: 0, truncated: 0 };
}

/** Adds the records of a batch whose byte in `keep` is 0; all of them if it is null. */
export function countDropped(into: Dropped, batch: LogBatch, keep: Uint8Array | null): void {
  const kinds = batch.columns.int('kind');
  const flags = batch.columns.int('flags');
  for (let row = 0; row < batch.rows; row++) {
    if (keep !== null && keep[row] !== 0) continue;
    if (((flags[row] as number) & FLAG_TRUNCATED) !== 0) into.truncated++;
    else if ((kinds[row] as number) >= KIND_ERROR) into.events++;
    else into.requests++;
  }
}

/** Moves what was dropped from its class to `filtered`. */
export function settleDropped(ledger: Ledger, dropped: Readonly<Dropped>): void {
  for (const name of RECORD_CLASSES) {
    ledger[name] -= dropped[name];
    ledger.filtered += dropped[name];
  }
}
