/**
 * The columns of a LogBatch: one row of this table per column, named with HAProxy's documented names.
 * Storage of each:
 *   int   i32, ABSENT where the format has no such field
 *   float f64, NaN where absent (accept_date: epoch ms UTC; bytes_read: bytes)
 *   id    i32 index into the column's dictionary, -1 where absent
 *   span  two i32, start and end offset of the value's bytes in the batch's `bytes`, start -1 where absent
 */

export const COLUMNS = {
  kind: 'int',
  format: 'int',
  flags: 'int',
  line_number: 'float',
  line: 'span',
  accept_date: 'float',
  client_ip: 'id',
  client_port: 'int',
  frontend_name: 'id',
  backend_name: 'id',
  server_name: 'id',
  time_request: 'int',
  time_queue: 'int',
  time_connect: 'int',
  time_response: 'int',
  time_data: 'int',
  time_total: 'int',
  status_code: 'int',
  bytes_read: 'float',
  captured_request_cookie: 'span',
  captured_response_cookie: 'span',
  termination_state: 'id',
  actconn: 'int',
  feconn: 'int',
  beconn: 'int',
  srv_conn: 'int',
  retries: 'int',
  srv_queue: 'int',
  backend_queue: 'int',
  captured_request_headers: 'span',
  captured_response_headers: 'span',
  http_request: 'span',
  method: 'id',
  uri: 'span',
  path: 'id',
  query: 'span',
  http_version: 'id',
  ssl_errors: 'span',
  ssl_sni: 'span',
  ssl_version: 'id',
  ssl_ciphers: 'id',
} as const satisfies Record<string, 'int' | 'float' | 'id' | 'span'>;

export type ColumnName = keyof typeof COLUMNS;
type Of<S> = { [C in ColumnName]: (typeof COLUMNS)[C] extends S ? C : never }[ColumnName];
export type IntColumn = Of<'int'>;
export type FloatColumn = Of<'float'>;
export type IdColumn = Of<'id'>;
export type SpanColumn = Of<'span'>;

export const COLUMN_NAMES = Object.keys(COLUMNS) as readonly ColumnName[];
export const ID_COLUMNS = COLUMN_NAMES.filter((c): c is IdColumn => COLUMNS[c] === 'id');

/** Value of the `kind` column: what sort of line a record is. */
export const KINDS = ['http', 'tcp', 'error', 'event'] as const;
export type Kind = (typeof KINDS)[number];
export const KIND_HTTP = 0;
export const KIND_TCP = 1;
export const KIND_ERROR = 2;
export const KIND_EVENT = 3;

/** Bits of the `flags` column. */
export const FLAG_TRUNCATED = 1; // the line was cut inside the captures or the request
export const FLAG_PARTIAL_TIME = 2; // `+` before the total time (option logasap)
export const FLAG_PARTIAL_BYTES = 4; // `+` before the size (option logasap)
export const FLAG_REDISPATCHED = 8; // `+` before the retries
export const FLAG_SSL = 16; // `~` after the frontend's name: the connection came over TLS
