/** Small results for the writers' tests: every measure has a value of its own, so that a swapped column shows. */
import type { Key, NumberRow, ReportResult, ReportRow } from '../../src/analyze/plan.ts';
import { emptyLedger } from '../../src/model/ledger.ts';
import { TIMERS } from '../../src/model/timers.ts';
import { reportColumns } from '../../src/report/columns.ts';
import type { Sink } from '../../src/report/pieces.ts';

export function sampleRow(keys: ReportRow['keys'], requests = 1_234): ReportRow {
  const timer = (n: number) => ({ count: n, sum: n * 10, mean: n + 0.5, min: 0, max: n * 100, percentiles: [n, n * 2, null] });
  return {
    keys,
    requests,
    status: { '1xx': 1, '2xx': 2, '3xx': 3, '4xx': 4, '5xx': 5, other: 6 },
    errors: 11,
    error_rate: 0.25,
    aborts: 12,
    retries: 13,
    redispatches: 14,
    queued: 15,
    bytes_read: 12_345_678,
    timers: Object.fromEntries(TIMERS.map((name, i) => [name, timer(i + 1)])),
  };
}

export function sampleResult(
  report: string,
  keys: readonly Key[],
  rows: Iterable<ReportRow>,
  more: Partial<ReportResult> = {},
): ReportResult {
  return {
    report,
    keys,
    from: Date.UTC(2026, 10, 1, 0, 0, 0, 6),
    to: Date.UTC(2026, 10, 1, 1),
    ledger: { ...emptyLedger(), lines: 10, requests: 8, events: 1, unparsed: 1 },
    total: Array.isArray(rows) ? rows.length : 0,
    percentiles: PERCENTILES,
    rows,
    numberRows: (measures) => numberRows(rows, keys, measures),
    notes: [],
    ...more,
  };
}

const PERCENTILES = [50, 95, 99];

/** The same rows as numbers. Like an accumulator's, each is overwritten by the next. */
function* numberRows(rows: Iterable<ReportRow>, keys: readonly Key[], measures: readonly string[]): Generator<NumberRow> {
  const columns = reportColumns(keys, PERCENTILES);
  const numbers = new Float64Array(measures.length);
  for (const row of rows) {
    measures.forEach((measure, i) => {
      numbers[i] = (columns.find(({ name }) => name === measure)?.value(row) ?? Number.NaN) as number;
    });
    yield { keys: Object.values(row.keys), numbers };
  }
}

/** Runs a writer and gives back what came out, and in how many pieces. */
export async function gathered(write: (sink: Sink) => Promise<void>): Promise<{ text: string; pieces: number }> {
  const pieces: string[] = [];
  await write((piece) => {
    pieces.push(typeof piece === 'string' ? piece : Buffer.from(piece).toString());
  });
  return { text: pieces.join(''), pieces: pieces.length };
}

export const PLAIN_VIEW = { width: null, colour: false, columns: null, note: () => {} } as const;
