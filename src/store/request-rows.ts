/** Writes the rows of `request`, `odd_request`, and what they refer to. Within a transaction that the caller holds. */

import type Database from 'better-sqlite3';
import { STORE_INSERT_ROWS } from '../limits.ts';
import { ABSENT } from '../model/timers.ts';
import type { BatchInput } from './batch-input.ts';
import { Combinations, DETAIL_COLUMNS, ROUTE_COLUMNS } from './combinations.ts';
import { COMPOSED_REQUEST, COMPOSED_URI, composedPathStart, isComposedRequest } from './composition.ts';
import type { Texts } from './texts.ts';

/** Columns that go into the row as they are. */
const PLAIN_COLUMNS = [
  'time_request',
  'time_queue',
  'time_connect',
  'time_response',
  'time_total',
  'srv_queue',
  'backend_queue',
  'actconn',
  'feconn',
  'beconn',
  'srv_conn',
  'client_port',
] as const;
/** The others, then the plain ones: the order in which append() fills a row. */
const REQUEST_COLUMNS = [
  'id',
  'accept_date',
  'bytes_read',
  'line_number',
  'path',
  'client_ip',
  'route',
  'detail',
  'query',
  ...PLAIN_COLUMNS,
];
const WIDTH = REQUEST_COLUMNS.length;

const orNull = (value: number): number | null => (value === ABSENT ? null : value);
/** NaN is the absent value of a float column. */
const floatOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

export class RequestRows {
  readonly #texts: Texts;
  readonly #routes: Combinations;
  readonly #details: Combinations;
  readonly #insertMany: Database.Statement<unknown[]>;
  readonly #insertOne: Database.Statement<unknown[]>;
  readonly #insertOdd: Database.Statement<[number, string | null, string | null]>;
  /** Rows that wait until one statement is full. Holds numbers and strings, nothing of a batch. */
  readonly #values: unknown[] = new Array(STORE_INSERT_ROWS * WIDTH).fill(null);
  #waiting = 0;

  constructor(database: Database.Database, texts: Texts) {
    const row = `(${REQUEST_COLUMNS.map(() => '?').join(',')})`;
    const insert = `INSERT INTO request (${REQUEST_COLUMNS.join(',')}) VALUES `;
    this.#insertMany = database.prepare(insert + new Array(STORE_INSERT_ROWS).fill(row).join(','));
    this.#insertOne = database.prepare(insert + row);
    this.#insertOdd = database.prepare('INSERT INTO odd_request (request, uri, http_request) VALUES (?, ?, ?)');
    this.#texts = texts;
    this.#routes = new Combinations(database, 'route', ROUTE_COLUMNS);
    this.#details = new Combinations(database, 'detail', DETAIL_COLUMNS);
  }

  /** Takes row `row` of a batch as request `id`. */
  append(input: BatchInput, row: number, id: number): void {
    const values = this.#values;
    let at = this.#waiting * WIDTH;
    values[at++] = id;
    values[at++] = floatOrNull(input.float.accept_date[row] as number);
    values[at++] = floatOrNull(input.float.bytes_read[row] as number);
    values[at++] = floatOrNull(input.float.line_number[row] as number);
    values[at++] = orNull(input.textId('path', row));
    values[at++] = orNull(input.textId('client_ip', row));
    const route = this.#fillRoute(input, row);
    const pathStart = composedPathStart(input, row);
    const composed = (pathStart < 0 ? 0 : COMPOSED_URI) | (isComposedRequest(input, row) ? COMPOSED_REQUEST : 0);
    route[3] = composed;
    values[at++] = this.#routes.id();
    values[at++] = this.#detail(input, row, pathStart);
    values[at++] = input.text('query', row);
    if (composed !== (COMPOSED_URI | COMPOSED_REQUEST)) this.#insertText(input, row, id, composed);
    for (const column of PLAIN_COLUMNS) values[at++] = orNull(input.int[column][row] as number);
    this.#waiting += 1;
    if (this.#waiting < STORE_INSERT_ROWS) return;
    this.#insertMany.run(values);
    this.#waiting = 0;
  }

  /** Writes what waits. Call before the transaction ends. */
  flush(): void {
    for (let row = 0; row < this.#waiting; row += 1) this.#insertOne.run(this.#values.slice(row * WIDTH, (row + 1) * WIDTH));
    this.#waiting = 0;
  }

  /** Drops what waits and what is held in memory, after a rollback. */
  forget(): void {
    this.#waiting = 0;
    this.#routes.forget();
    this.#details.forget();
  }

  /** Fills the route's tuple but for `composed`, which needs the texts that this asks for. */
  #fillRoute(input: BatchInput, row: number): Int32Array {
    const { int } = input;
    const { tuple } = this.#routes;
    tuple[0] = int.kind[row] as number;
    tuple[1] = int.format[row] as number;
    tuple[2] = int.flags[row] as number;
    tuple[4] = input.textId('frontend_name', row);
    tuple[5] = input.textId('backend_name', row);
    tuple[6] = input.textId('server_name', row);
    tuple[7] = input.textId('termination_state', row);
    tuple[8] = int.status_code[row] as number;
    tuple[9] = int.retries[row] as number;
    tuple[10] = input.textId('method', row);
    tuple[11] = input.textId('http_version', row);
    tuple[12] = input.textId('ssl_version', row);
    tuple[13] = input.textId('ssl_ciphers', row);
    return tuple;
  }

  /** The id of the row's detail; null for a request without any. */
  #detail(input: BatchInput, row: number, pathStart: number): number | null {
    const { tuple } = this.#details;
    const uri = input.start.uri[row] as number;
    tuple[0] = pathStart > uri ? this.#texts.spanId(input.bytes, uri, pathStart) : ABSENT;
    let any = tuple[0] !== ABSENT;
    for (let i = 1; i < DETAIL_COLUMNS.length; i += 1) {
      const column = DETAIL_COLUMNS[i] as Exclude<(typeof DETAIL_COLUMNS)[number], 'origin'>;
      const start = input.start[column][row] as number;
      tuple[i] = start < 0 ? ABSENT : this.#texts.spanId(input.bytes, start, input.end[column][row] as number);
      any ||= start >= 0;
    }
    return any ? this.#details.id() : null;
  }

  /** Stores the texts of the row that no parts make up. */
  #insertText(input: BatchInput, row: number, id: number, composed: number): void {
    const uri = (composed & COMPOSED_URI) === 0 ? input.text('uri', row) : null;
    const request = (composed & COMPOSED_REQUEST) === 0 ? input.text('http_request', row) : null;
    if (uri !== null || request !== null) this.#insertOdd.run(id, uri, request);
  }
}
