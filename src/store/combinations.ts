/** Tables of the store whose rows are combinations of small integers, each standing once: `route`, `detail`. */

import type Database from 'better-sqlite3';
import { MAX_STORE_CACHE_ENTRIES } from '../limits.ts';
import { ABSENT } from '../model/timers.ts';
import { TupleIndex } from './tuple-index.ts';

/** Columns of `route` that are numbers, and those that are text ids; its tuples hold them in this order, then `composed`. */
export const ROUTE_NUMBERS = ['kind', 'format', 'flags', 'status_code', 'retries'] as const;
export const ROUTE_TEXTS = [
  'frontend_name',
  'backend_name',
  'server_name',
  'termination_state',
  'method',
  'http_version',
  'ssl_version',
  'ssl_ciphers',
] as const;
export const ROUTE_COLUMNS = [...ROUTE_NUMBERS, ...ROUTE_TEXTS, 'composed'] as const;

/** Columns of `detail` that are spans of the line; its tuples hold them in this order, then `origin`. */
export const DETAIL_SPANS = [
  'captured_request_cookie',
  'captured_response_cookie',
  'captured_request_headers',
  'captured_response_headers',
  'ssl_errors',
  'ssl_sni',
] as const;
export const DETAIL_COLUMNS = [...DETAIL_SPANS, 'origin'] as const;

export class Combinations {
  /** The tuple to look up: fill all but its last, which id() takes. ABSENT is NULL. */
  readonly tuple: Int32Array;
  readonly #held: TupleIndex;
  readonly #find: Database.Statement<unknown[], number>;
  readonly #insert: Database.Statement<unknown[]>;

  constructor(database: Database.Database, table: 'route' | 'detail', columns: readonly string[]) {
    this.tuple = new Int32Array(columns.length);
    this.#held = new TupleIndex(columns.length, MAX_STORE_CACHE_ENTRIES);
    const conditions = columns.map((column) => `${column} IS ?`).join(' AND ');
    this.#find = database.prepare<unknown[], number>(`SELECT id FROM ${table} WHERE ${conditions}`).pluck();
    const places = columns.map(() => '?').join(', ');
    this.#insert = database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`);
  }

  /** The id of the row that equals `tuple` with `last` at its end, found or made; at least 1. */
  id(last: number): number {
    this.tuple[this.tuple.length - 1] = last;
    let id = this.#held.find(this.tuple);
    if (id === 0) {
      const values = Array.from(this.tuple, (value) => (value === ABSENT ? null : value));
      id = this.#find.get(values) ?? Number(this.#insert.run(values).lastInsertRowid);
      this.#held.add(this.tuple, id);
    }
    return id;
  }

  /** Forgets what is held in memory: after a rollback its ids may be given to other rows. */
  forget(): void {
    this.#held.clear();
  }
}
