/** Writes the rows of `request`, `odd_request`, and what they refer to. Within a transaction that the caller holds. */

import type Database from 'better-sqlite3';
import { STORE_INSERT_ROWS } from '../limits.ts';
import { ABSENT } from '../model/timers.ts';
import type { BatchInput } from './batch-input.ts';
import { Combinations, DETAIL_COLUMNS, DETAIL_SPANS, ROUTE_COLUMNS, ROUTE_NUMBERS, ROUTE_TEXTS } from './combinations.ts';
import { COMPOSED_REQUEST, COMPOSED_URI, composedPathStart, isComposedRequest } from './composition.ts';
import type { ProducerTexts, Texts } from './texts.ts';

/** Columns that go into the row as they are. */
const PLAIN_COLUMNS = [
  'client_port',
  'time_request',
  'time_queue',
  'time_connect',
  'time_response',
  'time_total',
  'actconn',
  'feconn',
  'beconn',
  'srv_conn',
  'srv_queue',
  'backend_queue',
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

/** The arrays of one batch, in the order in which a row's tuples and values take from them. */
interface BatchArrays {
  readonly input: BatchInput;
  readonly plain: readonly Int32Array[];
  readonly routeNumbers: readonly Int32Array[];
  readonly routeTexts: readonly { readonly ids: Int32Array; readonly texts: ProducerTexts }[];
  readonly detailSpans: readonly { readonly starts: Int32Array; readonly ends: Int32Array }[];
}

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

  /** Out: a function that takes a row of the batch as request `id`, valid as long as the batch is. */
  appender(input: BatchInput): (row: number, id: number) => void {
    const arrays: BatchArrays = {
      input,
      plain: PLAIN_COLUMNS.map((column) => input.int[column]),
      routeNumbers: ROUTE_NUMBERS.map((column) => input.int[column]),
      routeTexts: ROUTE_TEXTS.map((column) => ({ ids: input.int[column], texts: input.texts[column] })),
      detailSpans: DETAIL_SPANS.map((column) => ({ starts: input.start[column], ends: input.end[column] })),
    };
    return (row, id) => this.#append(arrays, row, id);
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

  #append(arrays: BatchArrays, row: number, id: number): void {
    const { input, plain } = arrays;
    const { float, int, texts } = input;
    const values = this.#values;
    let at = this.#waiting * WIDTH;
    values[at++] = id;
    values[at++] = floatOrNull(float.accept_date[row] as number);
    values[at++] = floatOrNull(float.bytes_read[row] as number);
    values[at++] = floatOrNull(float.line_number[row] as number);
    values[at++] = orNull(texts.path.id(int.path[row] as number));
    values[at++] = orNull(texts.client_ip.id(int.client_ip[row] as number));
    this.#fillRoute(arrays, row);
    // Only now are the texts known whose lengths tell what the request is composed of.
    const pathStart = composedPathStart(input, row);
    const composed = (pathStart < 0 ? 0 : COMPOSED_URI) | (isComposedRequest(input, row) ? COMPOSED_REQUEST : 0);
    values[at++] = this.#routes.id(composed);
    values[at++] = this.#detail(arrays, row, pathStart);
    values[at++] = input.text('query', row);
    for (let i = 0; i < plain.length; i += 1) values[at++] = orNull((plain[i] as Int32Array)[row] as number);
    if (composed !== (COMPOSED_URI | COMPOSED_REQUEST)) this.#insertText(input, row, id, composed);
    this.#waiting += 1;
    if (this.#waiting < STORE_INSERT_ROWS) return;
    // Spread: the binding reads arguments a third faster than the elements of an array.
    this.#insertMany.run(...values);
    this.#waiting = 0;
  }

  /** All of the route's tuple but its last. */
  #fillRoute(arrays: BatchArrays, row: number): void {
    const { tuple } = this.#routes;
    let at = 0;
    for (const numbers of arrays.routeNumbers) tuple[at++] = numbers[row] as number;
    for (const { ids, texts } of arrays.routeTexts) tuple[at++] = texts.id(ids[row] as number);
  }

  /** The id of the row's detail; null for a request without any. */
  #detail(arrays: BatchArrays, row: number, pathStart: number): number | null {
    const { tuple } = this.#details;
    const { bytes, start } = arrays.input;
    let at = 0;
    let any = false;
    for (const { starts, ends } of arrays.detailSpans) {
      const from = starts[row] as number;
      any ||= from >= 0;
      tuple[at++] = from < 0 ? ABSENT : this.#texts.spanId(bytes, from, ends[row] as number);
    }
    const uri = start.uri[row] as number;
    if (pathStart > uri) return this.#details.id(this.#texts.spanId(bytes, uri, pathStart));
    return any ? this.#details.id(ABSENT) : null;
  }

  /** Stores the texts of the row that no parts make up. */
  #insertText(input: BatchInput, row: number, id: number, composed: number): void {
    const uri = (composed & COMPOSED_URI) === 0 ? input.text('uri', row) : null;
    const request = (composed & COMPOSED_REQUEST) === 0 ? input.text('http_request', row) : null;
    if (uri !== null || request !== null) this.#insertOdd.run(id, uri, request);
  }
}
