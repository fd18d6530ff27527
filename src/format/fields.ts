/**
 * The field table: one row per field of HAProxy's `log-format`, under its alias (configuration manual, 8.2.6).
 * The parser's programs, the renderer, the store's columns and the documentation derive from it.
 */

import type { ColumnName } from '../model/columns.ts';

/**
 * How a field's text is written, hence read:
 *   text     non-blanks
 *   int      optional `-`, digits
 *   size     digits, optional `+` before them
 *   date     DD/Mon/YYYY:hh:mm:ss with or without milliseconds
 *   block    `{…}` or nothing at all
 *   request  quoted, closed by the first quote not preceded by a backslash
 */
export type FieldShape = 'text' | 'int' | 'size' | 'date' | 'block' | 'request';

export interface Field {
  /** As in a log-format string: `%Tw`, or the sample expression within `%[…]`. */
  readonly alias: string;
  /** The column that holds it. */
  readonly column: ColumnName;
  readonly shape: FieldShape;
  readonly unit: 'ms' | 'bytes' | null;
  /** May begin with `+`, which sets this flag. */
  readonly plus: 'partial_time' | 'partial_bytes' | 'redispatched' | null;
  /** `-` stands for absent. */
  readonly dash: boolean;
  readonly doc: string;
}

type Options = Partial<Pick<Field, 'unit' | 'plus' | 'dash' | 'doc'>>;
const field = (alias: string, column: ColumnName, shape: FieldShape, options: Options = {}): Field => ({
  alias,
  column,
  shape,
  unit: null,
  plus: null,
  dash: false,
  doc: '8.2.6',
  ...options,
});

export const FIELDS: readonly Field[] = [
  field('%ci', 'client_ip', 'text'),
  field('%cp', 'client_port', 'int', { dash: true }),
  field('%tr', 'accept_date', 'date'),
  field('%t', 'accept_date', 'date'),
  field('%ft', 'frontend_name', 'text'),
  field('%b', 'backend_name', 'text'),
  field('%s', 'server_name', 'text'),
  field('%TR', 'time_request', 'int', { unit: 'ms', doc: '8.4' }),
  field('%Tw', 'time_queue', 'int', { unit: 'ms', doc: '8.4' }),
  field('%Tc', 'time_connect', 'int', { unit: 'ms', doc: '8.4' }),
  field('%Tr', 'time_response', 'int', { unit: 'ms', doc: '8.4' }),
  field('%Ta', 'time_total', 'int', { unit: 'ms', plus: 'partial_time', doc: '8.4' }),
  field('%Tt', 'time_total', 'int', { unit: 'ms', plus: 'partial_time', doc: '8.4' }),
  field('%ST', 'status_code', 'int', { doc: '8.2.3' }),
  field('%B', 'bytes_read', 'size', { unit: 'bytes', plus: 'partial_bytes', doc: '8.2.3' }),
  field('%CC', 'captured_request_cookie', 'text', { dash: true, doc: '8.2.3' }),
  field('%CS', 'captured_response_cookie', 'text', { dash: true, doc: '8.2.3' }),
  field('%tsc', 'termination_state', 'text', { doc: '8.5' }),
  field('%ts', 'termination_state', 'text', { doc: '8.5' }),
  field('%ac', 'actconn', 'int', { doc: '8.2.2' }),
  field('%fc', 'feconn', 'int', { doc: '8.2.2' }),
  field('%bc', 'beconn', 'int', { doc: '8.2.2' }),
  field('%sc', 'srv_conn', 'int', { doc: '8.2.2' }),
  field('%rc', 'retries', 'int', { plus: 'redispatched', doc: '8.2.2' }),
  field('%sq', 'srv_queue', 'int', { doc: '8.2.2' }),
  field('%bq', 'backend_queue', 'int', { doc: '8.2.2' }),
  field('%hr', 'captured_request_headers', 'block', { doc: '8.8' }),
  field('%hs', 'captured_response_headers', 'block', { doc: '8.8' }),
  field('%r', 'http_request', 'request', { doc: '8.2.3' }),
  field('%sslv', 'ssl_version', 'text', { dash: true, doc: '8.2.4' }),
  field('%sslc', 'ssl_ciphers', 'text', { dash: true, doc: '8.2.4' }),
  field('%[ssl_fc_sni]', 'ssl_sni', 'text', { dash: true, doc: '8.2.4' }),
  field('%[fc_err]/%[ssl_fc_err,hex]/%[ssl_c_err]/%[ssl_c_ca_err]/%[ssl_fc_is_resumed]', 'ssl_errors', 'text', { doc: '8.2.4' }),
];
