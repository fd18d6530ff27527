/** Makes batches of rows read from the store: fills the columns asked for, hands each batch on. */

import type Database from 'better-sqlite3';
import {
  COLUMNS,
  type ColumnName,
  FLAG_PARTIAL_TIME,
  type FloatColumn,
  ID_COLUMNS,
  type IdColumn,
  type IntColumn,
  KIND_TCP,
  type SpanColumn,
} from '../model/columns.ts';
import type { ColumnMemory, Dictionaries, LogBatch } from '../model/log-batch.ts';
import { ABSENT, dataTime } from '../model/timers.ts';
import { SpanScratch } from './span-scratch.ts';
import { isRouteColumn, StoredRoutes } from './stored-routes.ts';
import { StoredTexts } from './stored-texts.ts';

/** What time_data is computed from. */
const TIME_DATA_PARTS: readonly ColumnName[] = ['time_request', 'time_queue', 'time_connect', 'time_response', 'time_total', 'flags'];

/** Selected beside path where the path column is to keep its query; the same column may be asked for as a span as well. */
export const QUERY_OF_PATH = 'query';

export type StoredCells = readonly (number | string | null)[];

/** Rows as SQLite gives them: `cells` in the order of `columns`, `texts` in that of the span columns. */
export interface StoredRows {
  readonly columns: readonly string[];
  readonly cells: readonly StoredCells[];
  readonly texts: readonly (readonly (string | null)[])[];
}

export class BatchFiller {
  /** All columns that are filled: those asked for, kind and flags, and what they are computed from. */
  readonly columns: readonly ColumnName[];
  readonly spans: readonly SpanColumn[];
  readonly #memory: ColumnMemory;
  readonly #texts: Readonly<Record<IdColumn, StoredTexts>>;
  readonly #dictionaries: Dictionaries;
  readonly #routes: StoredRoutes;
  readonly #scratch: SpanScratch;
  readonly #sink: (batch: LogBatch) => void;

  constructor(database: Database.Database, asked: readonly ColumnName[], memory: ColumnMemory, sink: (batch: LogBatch) => void) {
    const parts = asked.includes('time_data') ? TIME_DATA_PARTS : [];
    this.columns = [...new Set<ColumnName>(['kind', 'flags', ...asked, ...parts])];
    this.spans = this.columns.filter((column): column is SpanColumn => COLUMNS[column] === 'span');
    this.#memory = memory;
    this.#texts = Object.fromEntries(ID_COLUMNS.map((column) => [column, new StoredTexts(database)])) as Record<IdColumn, StoredTexts>;
    this.#dictionaries = Object.fromEntries(ID_COLUMNS.map((column) => [column, this.#texts[column].dictionary])) as Record<
      IdColumn,
      never
    >;
    this.#routes = new StoredRoutes(database, this.columns.filter(isRouteColumn), this.#texts);
    this.#scratch = new SpanScratch(memory, this.spans);
    this.#sink = sink;
  }

  /** Hands rows on, at most BATCH_ROWS of them, as one batch, or as several where their texts are long. */
  deliver(stored: StoredRows): void {
    let from = 0;
    while (from < stored.cells.length) {
      const rows = this.spans.length === 0 ? stored.cells.length : this.#scratch.fill(stored.texts, from);
      this.#fill(stored.columns, stored.cells.slice(from, from + rows));
      const columns = this.#memory;
      this.#sink({
        rows,
        columns,
        dictionaries: this.#dictionaries,
        // Taken anew each time: a kernel that shares the memory may have grown it.
        get bytes() {
          return columns.bytes;
        },
      });
      from += rows;
    }
  }

  #fill(names: readonly string[], cells: readonly StoredCells[]): void {
    const routeAt = names.indexOf('route');
    if (routeAt >= 0) {
      const routes = Int32Array.from(cells, (row) => row[routeAt] as number);
      this.#routes.fill(routes, cells.length, (column) => this.#memory.int(column));
    }
    for (const column of this.columns) {
      if (COLUMNS[column] === 'span' || column === 'time_data') continue;
      const at = names.indexOf(column);
      if (at < 0 && routeAt >= 0 && isRouteColumn(column)) continue;
      this.#fillColumn(column as IntColumn | IdColumn | FloatColumn, cells, at);
    }
    if (this.columns.includes('time_data')) this.#fillTimeData(cells.length);
    const queryAt = names.indexOf(QUERY_OF_PATH);
    if (queryAt >= 0) this.#fillPathWithQuery(cells, names.indexOf('path'), queryAt);
  }

  #fillPathWithQuery(cells: readonly StoredCells[], pathAt: number, queryAt: number): void {
    const into = this.#memory.int('path');
    for (let row = 0; row < cells.length; row += 1) {
      const { [pathAt]: path, [queryAt]: query } = cells[row] as StoredCells;
      into[row] = this.#texts.path.idWithQuery(path as number | null, query as string | null);
    }
  }

  /** `at`: the column's place in a row; -1 if these rows have none, which makes it absent. */
  #fillColumn(column: IntColumn | IdColumn | FloatColumn, cells: readonly StoredCells[], at: number): void {
    const storage = COLUMNS[column];
    const into = storage === 'float' ? this.#memory.float(column as FloatColumn) : this.#memory.int(column as IntColumn | IdColumn);
    const absent = storage === 'float' ? Number.NaN : storage === 'id' ? -1 : ABSENT;
    if (at < 0) {
      into.fill(absent, 0, cells.length);
    } else if (storage === 'id') {
      const texts = this.#texts[column as IdColumn];
      for (let row = 0; row < cells.length; row += 1) into[row] = texts.id(cells[row]?.[at] as number | null);
    } else {
      for (let row = 0; row < cells.length; row += 1) into[row] = (cells[row]?.[at] as number | null) ?? absent;
    }
  }

  #fillTimeData(rows: number): void {
    const int = (column: IntColumn): Int32Array => this.#memory.int(column);
    const [into, kind, flags] = [int('time_data'), int('kind'), int('flags')];
    const [request, queue, connect] = [int('time_request'), int('time_queue'), int('time_connect')];
    const [response, total] = [int('time_response'), int('time_total')];
    for (let row = 0; row < rows; row += 1) {
      if ((kind[row] as number) > KIND_TCP) {
        into[row] = ABSENT;
        continue;
      }
      into[row] = dataTime(
        request[row] as number,
        queue[row] as number,
        connect[row] as number,
        response[row] as number,
        total[row] as number,
        ((flags[row] as number) & FLAG_PARTIAL_TIME) !== 0,
      );
    }
  }
}
