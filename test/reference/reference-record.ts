/** What the reference parser answers: a record by the vocabulary's names, as plain JavaScript values. */

import type { ColumnName } from '../../src/model/columns.ts';

/** The columns that say where a line stood rather than what it said are the parser's own. */
export type ReferenceColumn = Exclude<ColumnName, 'line_number'>;

/** Texts hold one character per byte (latin1); null where the format has no such field or its value is absent. */
export type ReferenceRecord = Readonly<Record<ReferenceColumn, string | number | null>>;

export type ReferenceResult =
  | { readonly outcome: 'record'; readonly record: ReferenceRecord }
  | { readonly outcome: 'truncated' }
  | { readonly outcome: 'unparsed' };

/** In: civil time in ms, as if it were UTC. Out: the zone's offset then, in ms, east of Greenwich positive. */
export type ZoneOffset = (civilMs: number) => number;

const NOTHING: ReferenceRecord = {
  kind: null,
  format: null,
  flags: 0,
  line: null,
  accept_date: null,
  client_ip: null,
  client_port: null,
  frontend_name: null,
  backend_name: null,
  server_name: null,
  time_request: null,
  time_queue: null,
  time_connect: null,
  time_response: null,
  time_data: null,
  time_total: null,
  status_code: null,
  bytes_read: null,
  captured_request_cookie: null,
  captured_response_cookie: null,
  termination_state: null,
  actconn: null,
  feconn: null,
  beconn: null,
  srv_conn: null,
  retries: null,
  srv_queue: null,
  backend_queue: null,
  captured_request_headers: null,
  captured_response_headers: null,
  http_request: null,
  method: null,
  uri: null,
  path: null,
  query: null,
  http_version: null,
  ssl_errors: null,
  ssl_sni: null,
  ssl_version: null,
  ssl_ciphers: null,
};

/** A record of what is given; all else is absent. */
export function recordOf(given: Partial<ReferenceRecord>): ReferenceRecord {
  return { ...NOTHING, ...given };
}
