/**
 * Reads a store back as batches like those it was made of, so that reports, filters and printers give from it what they
 * give from the log. Reads one state of the store, whatever a writer commits meanwhile.
 *
 * Memory: a block of rows, STORE_SCRATCH_BYTES for texts, one string per distinct text of the interned columns.
 */

import type Database from 'better-sqlite3';
import { STORE_BLOCK_ROWS } from '../limits.ts';
import { COLUMNS, type ColumnName } from '../model/columns.ts';
import { emptyLedger, LEDGER_CLASSES, type Ledger } from '../model/ledger.ts';
import type { ColumnMemory, LogBatch } from '../model/log-batch.ts';
import { BatchFiller } from './batch-filler.ts';
import { storeFailure } from './failure.ts';
import { openForReading } from './open.ts';
import { isRouteColumn } from './stored-routes.ts';

/** Accept dates in epoch ms: `since` inclusive, `until` exclusive. What has no date is in no range that has a bound. */
export interface DateRange {
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

type Cells = (number | null)[];
type TextCells = (string | null)[];

/** Columns of `event`. */
const EVENT_COLUMNS = ['kind', 'format', 'flags', 'line_number', 'accept_date', 'client_ip', 'client_port', 'frontend_name', 'line'];

/**
 * Hands the requests of `range`, then its events, to `sink`. `columns`, and always kind and flags, are filled in
 * `memory`, of which STORE_SCRATCH_BYTES are taken for good if spans are asked for. The line of a request is not
 * stored: absent. Out: the account of all lines the store was given, of any date, summed over its sources.
 */
export function readStore(
  path: string,
  columns: readonly ColumnName[],
  range: DateRange,
  memory: ColumnMemory,
  sink: (batch: LogBatch) => void,
): { ledger: Ledger } {
  const database = openForReading(path);
  try {
    database.exec('BEGIN');
    const filler = new BatchFiller(database, columns, memory, sink);
    readRequests(database, filler, range);
    readEvents(database, filler, range);
    return { ledger: readLedger(database) };
  } catch (error) {
    throw storeFailure(path, error);
  } finally {
    database.close();
  }
}

/** SQL for the rows of table or view `from` with an id from ? to ?, which a range of dates narrows. */
export function rowsSql(columns: readonly string[], from: string, range: DateRange): string {
  const dates = isBounded(range) ? 'AND accept_date >= ? AND accept_date < ?' : '';
  return `SELECT ${columns.join(', ')} FROM ${from} WHERE id BETWEEN ? AND ? ${dates} ORDER BY id`;
}

function readRequests(database: Database.Database, filler: BatchFiller, range: DateRange): void {
  const columns = ['route', ...filler.columns.filter((name) => isInRequest(name))];
  const spans = filler.spans.map((name) => (name === 'line' ? 'NULL' : name));
  const select = database.prepare<unknown[], Cells>(rowsSql(columns, 'request', range)).raw();
  const selectTexts = database.prepare<unknown[], TextCells>(rowsSql(spans.length === 0 ? ['id'] : spans, 'requests', range)).raw();
  const dates = bounds(range);
  for (const block of blocksIn(database, range)) {
    const ids = [block * STORE_BLOCK_ROWS, (block + 1) * STORE_BLOCK_ROWS - 1];
    const cells = select.all(...ids, ...dates);
    filler.deliver({ columns, cells, texts: spans.length === 0 ? [] : selectTexts.all(...ids, ...dates) });
  }
}

const isInRequest = (name: ColumnName): boolean => COLUMNS[name] !== 'span' && name !== 'time_data' && !isRouteColumn(name);

function blocksIn(database: Database.Database, range: DateRange): number[] {
  const dates = isBounded(range) ? 'WHERE last_date >= ? AND first_date < ?' : '';
  return database
    .prepare<unknown[], number>(`SELECT id FROM block ${dates} ORDER BY id`)
    .pluck()
    .all(...bounds(range));
}

function readEvents(database: Database.Database, filler: BatchFiller, range: DateRange): void {
  const known = EVENT_COLUMNS as readonly string[];
  const columns = filler.columns.filter((name) => COLUMNS[name] !== 'span' && known.includes(name));
  const spans = filler.spans.map((name) => (name === 'line' ? name : 'NULL'));
  const select = database.prepare<unknown[], Cells>(rowsSql(columns, 'event', range)).raw();
  const selectTexts = database.prepare<unknown[], TextCells>(rowsSql(spans.length === 0 ? ['id'] : spans, 'event', range)).raw();
  const dates = bounds(range);
  const last = database.prepare<[], number>('SELECT coalesce(max(id), 0) FROM event').pluck().get() as number;
  for (let id = 1; id <= last; id += STORE_BLOCK_ROWS) {
    const ids = [id, id + STORE_BLOCK_ROWS - 1];
    const cells = select.all(...ids, ...dates);
    filler.deliver({ columns, cells, texts: spans.length === 0 ? [] : selectTexts.all(...ids, ...dates) });
  }
}

function readLedger(database: Database.Database): Ledger {
  const names = ['lines', ...LEDGER_CLASSES];
  const sums = database.prepare(`SELECT ${names.map((name) => `coalesce(sum(${name}), 0) AS ${name}`).join(', ')} FROM source`);
  return { ...emptyLedger(), ...(sums.get() as Ledger) };
}

const isBounded = (range: DateRange): boolean => range.since !== undefined || range.until !== undefined;

/** What the two placeholders of a bounded range stand for. */
const bounds = (range: DateRange): number[] =>
  isBounded(range) ? [range.since ?? Number.NEGATIVE_INFINITY, range.until ?? Number.POSITIVE_INFINITY] : [];
