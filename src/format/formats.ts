/**
 * The built-in formats, written as HAProxy's own log-format strings (configuration manual, 8.2.2 to 8.2.4).
 * Their order is the value of a batch's `format` column.
 */

import { KIND_HTTP, KIND_TCP } from '../model/columns.ts';

export interface Format {
  readonly name: string;
  readonly kind: number;
  readonly logFormat: string;
}

const HTTP = '%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r';

export const FORMATS: readonly Format[] = [
  { name: 'httplog', kind: KIND_HTTP, logFormat: HTTP },
  {
    name: 'httpslog',
    kind: KIND_HTTP,
    logFormat: `${HTTP} %[fc_err]/%[ssl_fc_err,hex]/%[ssl_c_err]/%[ssl_c_ca_err]/%[ssl_fc_is_resumed] %[ssl_fc_sni]/%sslv/%sslc`,
  },
  {
    name: 'tcplog',
    kind: KIND_TCP,
    logFormat: '%ci:%cp [%t] %ft %b/%s %Tw/%Tc/%Tt %B %ts %ac/%fc/%bc/%sc/%rc %sq/%bq',
  },
];
