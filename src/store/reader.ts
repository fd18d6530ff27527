/**
 * Reads a store back as batches like those it was made of, so that reports, filters and printers give from it what they
 * give from the log. Reads one state of the store, whatever a writer commits meanwhile.
 *
 * Memory: a block of rows, STORE_SCRATCH_BYTES for texts, one string per distinct text of the interned columns.
 */

import type Database from 'better-sqlite3';
import type { Dropped } from '../analyze/dropped.ts';
import { STORE_BLOCK_ROWS } from '../limits.ts';
import { COLUMNS, type ColumnName, FLAG_TRUNCATED } from '../model/columns.ts';
import { LEDGER_CLASSES, type Ledger } from '../model/ledger.ts';
import type { ColumnMemory, LogBatch } from '../model/log-batch.ts';
import { BatchFiller, QUERY_OF_PATH, type StoredCells } from './batch-filler.ts';
import { storeFailure } from './failure.ts';
import { openForReading } from './open.ts';
import { isRouteColumn } from './stored-routes.ts';

/** Accept dates in epoch ms: `since` inclusive, `until` exclusive. What has no date is in no range that has a bound. */
export interface DateRange {
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

export interface Selection extends DateRange {
  /** The path column keeps its query, as the parser's option of that name has it. */
  readonly keepQuery?: boolean;
}

/** A table of records: where their columns and where their texts are read, and which of both it has. */
interface RecordTable {
  readonly cells: 'request' | 'event';
  readonly texts: 'requests' | 'event';
  readonly hasCell: (column: ColumnName) => boolean;
  readonly hasText: (column: ColumnName) => boolean;
}

const REQUESTS: RecordTable = {
  cells: 'request',
  texts: 'requests',
  hasCell: (column) => COLUMNS[column] !== 'span' && column !== 'time_data' && !isRouteColumn(column),
  hasText: (column) => column !== 'line',
};

const EVENT_CELLS: readonly ColumnName[] = [
  'kind',
  'format',
  'flags',
  'line_number',
  'accept_date',
  'client_ip',
  'client_port',
  'frontend_name',
];
const EVENTS: RecordTable = {
  cells: 'event',
  texts: 'event',
  hasCell: (column) => EVENT_CELLS.includes(column),
  hasText: (column) => column === 'line',
};

/**
 * Hands the requests of the selection, then its events, to `sink`. `columns`, and always kind and flags, are filled in
 * `memory`, of which STORE_SCRATCH_BYTES are taken for good if spans are asked for. The line of a request is not
 * stored: absent. Out: the account of all lines the store was given, of any date, summed over its sources, and of the
 * records among them.
 */
export function readStore(
  path: string,
  columns: readonly ColumnName[],
  selection: Selection,
  memory: ColumnMemory,
  sink: (batch: LogBatch) => void,
): { ledger: Ledger; records: Dropped } {
  const database = openForReading(path);
  try {
    database.exec('BEGIN');
    const filler = new BatchFiller(database, columns, memory, sink);
    const extra = ['route', ...(selection.keepQuery === true && columns.includes('path') ? [QUERY_OF_PATH] : [])];
    readRows(database, filler, selection, REQUESTS, extra, blocksIn(database, selection));
    readRows(database, filler, selection, EVENTS, [], eventIds(database));
    const ledger = readLedger(database);
    return { ledger, records: { requests: ledger.requests, events: ledger.events, truncated: readTruncated(database) } };
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

/** `extra`: columns of the table beside those of the batch; `ids`: first and last id of what is read at once. */
function readRows(
  database: Database.Database,
  filler: BatchFiller,
  range: DateRange,
  table: RecordTable,
  extra: readonly string[],
  ids: Iterable<readonly [first: number, last: number]>,
): void {
  const columns = [...extra, ...filler.columns.filter(table.hasCell)];
  const select = database.prepare<number[], StoredCells>(rowsSql(columns, table.cells, range)).raw();
  const spans = filler.spans.map((column) => (table.hasText(column) ? column : 'NULL'));
  const selectTexts = spans.length === 0 ? null : database.prepare<number[], (string | null)[]>(rowsSql(spans, table.texts, range)).raw();
  for (const [first, last] of ids) {
    const given = [first, last, ...bounds(range)];
    filler.deliver({ columns, cells: select.all(...given), texts: selectTexts?.all(...given) ?? [] });
  }
}

/** The ids of each block that the range meets. */
function* blocksIn(database: Database.Database, range: DateRange): Generator<[number, number]> {
  const dates = isBounded(range) ? 'WHERE last_date >= ? AND first_date < ?' : '';
  const select = database.prepare<number[], number>(`SELECT id FROM block ${dates} ORDER BY id`).pluck();
  for (const block of select.all(...bounds(range))) yield [block * STORE_BLOCK_ROWS, (block + 1) * STORE_BLOCK_ROWS - 1];
}

function* eventIds(database: Database.Database): Generator<[number, number]> {
  const last = database.prepare<[], number>('SELECT coalesce(max(id), 0) FROM event').pluck().get() as number;
  for (let first = 1; first <= last; first += STORE_BLOCK_ROWS) yield [first, first + STORE_BLOCK_ROWS - 1];
}

function readLedger(database: Database.Database): Ledger {
  const names = ['lines', ...LEDGER_CLASSES];
  const sums = database.prepare(`SELECT ${names.map((name) => `coalesce(sum(${name}), 0) AS ${name}`).join(', ')} FROM source`);
  return sums.get() as Ledger;
}

/** Records that are cut lines; cut lines without a record are only in the ledger. */
function readTruncated(database: Database.Database): number {
  const sql = `SELECT (SELECT coalesce(sum(truncated), 0) FROM block) + (SELECT count(*) FROM event WHERE flags & ${FLAG_TRUNCATED})`;
  return database.prepare<[], number>(sql).pluck().get() as number;
}

const isBounded = (range: DateRange): boolean => range.since !== undefined || range.until !== undefined;

/** What the two placeholders of a bounded range stand for. */
const bounds = (range: DateRange): number[] =>
  isBounded(range) ? [range.since ?? Number.NEGATIVE_INFINITY, range.until ?? Number.POSITIVE_INFINITY] : [];
