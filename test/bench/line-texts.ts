/** The fixed texts of generated lines, most with the blank or quote that goes with them, so that a line takes few copies. */

import { TextTable } from './byte-writer.ts';

export const HEADS = new TextTable([' lb1 haproxy[14387]: ', ' haproxy[14387]: ', '+00:00 lb1 haproxy[14387]: ']);
export const [HOST_TAG, TAG, ZONE_TAG] = [0, 1, 2] as const;
export const NETWORKS = new TextTable(['10.', '2001:db8:', '::']);
export const HEX = new TextTable(Array.from({ length: 4_096 }, (_, n) => n.toString(16)));
export const FRONTENDS = new TextTable(['http-in', 'https-in', 'tcp-in']);
export const FRONTEND_ENDS = new TextTable([' ', '~ ']);
export const NO_SERVER = new TextTable(['<NOSRV> ', '/<NOSRV> ']);
export const COOKIES = new TextTable(['- - ', 'SID=6b3c0f9e - ', 'SID=04d7aa18 - ', '- SID=f21e77b3 ']);
export const COOKIE_STATES = ['--', 'VN', 'NI'] as const;
const HOSTS = ['example.com', 'api.example.com', 'example.org', '-'] as const;
const AGENTS = ['Mozilla/5.0', 'okhttp/4.12', 'curl/8.5.0', 'Safari/605.1', ''] as const;
export const CAPTURES = new TextTable([
  ...HOSTS.flatMap((host) => AGENTS.map((agent) => `{${host === '-' ? '' : host}|${agent}} {hit} `)),
  ...HOSTS.flatMap((host) => AGENTS.map((agent) => `{${host === '-' ? '' : host}|${agent}} {} `)),
]);
export const METHODS = new TextTable(['GET', 'POST', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'PATCH'].map((method) => `"${method} `));
export const METHOD_DRAW = Uint8Array.from({ length: 64 }, (_, n) => (n < 50 ? 0 : n < 57 ? 1 : n - 57));
export const VERSIONS = new TextTable([' HTTP/1.1"', ' HTTP/1.1"', ' HTTP/2.0"', ' HTTP/1.0"']);
export const REQUESTS = new TextTable(['"<BADREQ>"']);
export const TLS = new TextTable([
  ' 0/0000000000000000/0/0/0 shop.example.com/TLSv1.3/TLS_AES_256_GCM_SHA384',
  ' 0/0000000000000000/0/0/1 api.example.com/TLSv1.3/TLS_AES_128_GCM_SHA256',
  ' 0/0000000000000000/0/0/0 -/TLSv1.2/ECDHE-RSA-AES128-GCM-SHA256',
]);
