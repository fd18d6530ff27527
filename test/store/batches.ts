/** Batches for tests of the store: made from plain records, and turned back into them. */
import {
  COLUMN_NAMES,
  COLUMNS,
  type ColumnName,
  type FloatColumn,
  ID_COLUMNS,
  type IdColumn,
  type IntColumn,
  type SpanColumn,
} from '../../src/model/columns.ts';
import { ColumnMemory, type LogBatch, spanText, TextDictionary } from '../../src/model/log-batch.ts';
import { ABSENT } from '../../src/model/timers.ts';

/** A record as the tests write it: null is absent. */
export type TestRecord = Partial<Record<ColumnName, number | string | null>>;

/** Bytes the texts of one batch may take. */
const TEXT_BYTES = 1_048_576;

/** Makes batches the way a parser does: one memory, dictionaries that only grow. */
export class TestProducer {
  readonly memory = new ColumnMemory();
  readonly #dictionaries = Object.fromEntries(ID_COLUMNS.map((column) => [column, new TextDictionary()])) as Record<
    IdColumn,
    TextDictionary
  >;
  readonly #address = this.memory.reserve(TEXT_BYTES);

  /** method, path, query, uri, http_request are filled with pieces of one run of bytes where they are pieces of it. */
  batch(records: readonly TestRecord[]): LogBatch {
    const bytes = Buffer.from(this.memory.memory.buffer);
    let used = this.#address;
    records.forEach((record, row) => {
      const place = new Map<string, number>();
      for (const column of COLUMN_NAMES) {
        const value = record[column] ?? null;
        if (COLUMNS[column] === 'int') this.memory.int(column as IntColumn)[row] = (value as number | null) ?? ABSENT;
        else if (COLUMNS[column] === 'float') this.memory.float(column as FloatColumn)[row] = (value as number | null) ?? Number.NaN;
        else if (COLUMNS[column] === 'id') {
          this.memory.int(column as IdColumn)[row] = value === null ? -1 : this.#dictionaries[column as IdColumn].intern(String(value));
        } else {
          let start = -1;
          let end = -1;
          if (value !== null) {
            const text = Buffer.from(String(value));
            start = inside(record, column as SpanColumn, place, bytes) ?? used;
            if (start === used) used += bytes.write(String(value), used);
            end = start + text.length;
          }
          place.set(column, start);
          this.memory.starts(column as SpanColumn)[row] = start;
          this.memory.ends(column as SpanColumn)[row] = end;
        }
      }
    });
    return {
      rows: records.length,
      columns: this.memory,
      dictionaries: this.#dictionaries,
      bytes: new Uint8Array(this.memory.memory.buffer),
    };
  }
}

/** Where a span lies in one that holds it: uri in http_request after the method, query in uri after the first `?`. */
function inside(record: TestRecord, column: SpanColumn, place: ReadonlyMap<string, number>, bytes: Buffer): number | undefined {
  const holder = column === 'uri' ? 'http_request' : column === 'query' ? 'uri' : undefined;
  const start = holder === undefined ? -1 : (place.get(holder) ?? -1);
  if (holder === undefined || start < 0) return undefined;
  const from = column === 'uri' ? ' ' : '?';
  const at = bytes.indexOf(`${from}${record[column]}`, start);
  const end = start + Buffer.byteLength(String(record[holder]));
  return at >= 0 && at + 1 + Buffer.byteLength(String(record[column])) <= end ? at + 1 : undefined;
}

/** The rows of a batch as records with those columns. */
export function recordsOf(batch: LogBatch, columns: readonly ColumnName[]): TestRecord[] {
  return Array.from({ length: batch.rows }, (_, row) => Object.fromEntries(columns.map((column) => [column, cell(batch, column, row)])));
}

function cell(batch: LogBatch, column: ColumnName, row: number): number | string | null {
  switch (COLUMNS[column]) {
    case 'span':
      return spanText(batch, column as SpanColumn, row);
    case 'float': {
      const value = batch.columns.float(column as FloatColumn)[row] as number;
      return Number.isNaN(value) ? null : value;
    }
    case 'id': {
      const id = batch.columns.int(column as IdColumn)[row] as number;
      return id < 0 ? null : batch.dictionaries[column as IdColumn].text(id);
    }
    case 'int': {
      const value = batch.columns.int(column as IntColumn)[row] as number;
      return value === ABSENT ? null : value;
    }
  }
}

/** A plausible request, in every column; `change` replaces some. */
export function request(change: TestRecord = {}): TestRecord {
  return {
    kind: 0,
    format: 0,
    flags: 0,
    line_number: 1,
    line: null,
    accept_date: 1_790_000_000_123,
    client_ip: '192.0.2.7',
    client_port: 51_234,
    frontend_name: 'www',
    backend_name: 'app',
    server_name: 'app1',
    time_request: 0,
    time_queue: 1,
    time_connect: 2,
    time_response: 30,
    time_data: 7,
    time_total: 40,
    status_code: 200,
    bytes_read: 4_321,
    captured_request_cookie: null,
    captured_response_cookie: null,
    termination_state: '----',
    actconn: 5,
    feconn: 4,
    beconn: 3,
    srv_conn: 2,
    retries: 0,
    srv_queue: 0,
    backend_queue: 0,
    captured_request_headers: null,
    captured_response_headers: null,
    http_request: 'GET /shop/cart?item=7 HTTP/1.1',
    method: 'GET',
    uri: '/shop/cart?item=7',
    path: '/shop/cart',
    query: 'item=7',
    http_version: 'HTTP/1.1',
    ssl_errors: null,
    ssl_sni: null,
    ssl_version: null,
    ssl_ciphers: null,
    ...change,
  };
}
