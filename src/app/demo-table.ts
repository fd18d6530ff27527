/** The table of the servers as text, from the demo's store. */

import { REPORTS } from '../analyze/reports.ts';
import { TIMERS } from '../model/timers.ts';
import { writeReport } from '../report/write-report.ts';
import type { ReadingOptions } from './reading.ts';
import { runReport } from './report.ts';

const SERVERS = REPORTS.find(({ name }) => name === 'servers') as (typeof REPORTS)[number];
const PERCENTILES = [50, 95, 99];

export interface DemoTableView {
  /** Columns of the terminal; null where there is none. */
  readonly width: number | null;
  readonly colour: boolean;
}

/** In: the store, and the epoch ms from which requests count, null for all. */
export async function serversTable(db: string, since: number | null, reading: ReadingOptions, view: DemoTableView): Promise<string> {
  const { result } = await runReport({
    plan: { report: SERVERS.name, keys: SERVERS.keys, timers: TIMERS, filter: since === null ? {} : { since }, every: 0 },
    shape: { sort: SERVERS.sort, limit: 0, percentiles: PERCENTILES },
    source: { from: 'store', db },
    reading,
  });
  let text = '';
  await writeReport(result, { format: 'table', columns: null, note: () => {}, ...view }, (piece) => {
    text += piece;
  });
  return text;
}
