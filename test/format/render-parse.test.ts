/** parse(render(record)) = record, by the reference parser, for every built-in format. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FORMATS } from '../../src/format/formats.ts';
import { tokenize } from '../../src/format/log-format.ts';
import type { LogRecord } from '../../src/format/log-record.ts';
import { lineRenderer } from '../../src/format/render.ts';
import { envelope } from '../../src/format/render-envelope.ts';
import { FLAG_PARTIAL_BYTES, FLAG_PARTIAL_TIME, FLAG_REDISPATCHED, FLAG_SSL } from '../../src/model/columns.ts';
import { parseLine } from '../reference/reference-parser.ts';

const FLAGS = { partial_time: FLAG_PARTIAL_TIME, partial_bytes: FLAG_PARTIAL_BYTES, redispatched: FLAG_REDISPATCHED, ssl: FLAG_SSL };
type Flag = keyof typeof FLAGS;

const name = fc.stringMatching(/^[A-Za-z0-9_.-]{1,20}$/).filter((text) => text !== '-');
const count = fc.nat(2_147_483_647);
const timer = fc.oneof(fc.constant(-1), count);
const captures = fc.option(fc.array(fc.stringMatching(/^[A-Za-z0-9 ;:,/-]{0,12}$/), { minLength: 1, maxLength: 4 }));

const records = fc.record({
  client_ip: fc.oneof(fc.ipV4(), fc.ipV6()),
  client_port: fc.option(fc.nat(65_535)),
  accept_date: fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2099, 11) }),
  frontend_name: name,
  backend_name: name,
  server_name: fc.oneof(name, fc.constant('<NOSRV>')),
  time_request: timer,
  time_queue: timer,
  time_connect: timer,
  time_response: timer,
  time_total: count,
  status_code: fc.oneof(fc.integer({ min: 100, max: 599 }), fc.constant(-1)),
  bytes_read: fc.nat(Number.MAX_SAFE_INTEGER % 1e15),
  captured_request_cookie: fc.option(name),
  captured_response_cookie: fc.option(name),
  termination_state: fc.constantFrom('----', 'sH--', 'CD', 'PR--'),
  actconn: count,
  feconn: count,
  beconn: count,
  srv_conn: count,
  retries: count,
  srv_queue: count,
  backend_queue: count,
  captured_request_headers: captures,
  http_request: fc.constantFrom('GET /a?b=c HTTP/1.1', '<BADREQ>', 'POST /x HTTP/2.0'),
  ssl_errors: fc.constant('0/0000000000000000/0/0/0'),
  ssl_sni: fc.option(name),
  ssl_version: fc.option(name),
  ssl_ciphers: fc.option(name),
  partial_time: fc.boolean(),
  partial_bytes: fc.boolean(),
  redispatched: fc.boolean(),
  ssl: fc.boolean(),
});

for (const { name: format, logFormat } of FORMATS) {
  test(`when a record is rendered as ${format}, then the line parses to it`, () => {
    const render = lineRenderer(logFormat);
    const fields = tokenize(logFormat).flatMap((token) => ('field' in token ? [token.field] : []));
    const possible = new Set<Flag>(['ssl', ...fields.flatMap(({ plus }) => (plus === null ? [] : [plus]))]);
    fc.assert(
      fc.property(records, (record) => {
        const line = `${envelope({ time: record.accept_date, tag: 'haproxy', pid: 1 })}${render(record as LogRecord)}`;
        const parsed = parseLine(Buffer.from(line), () => 0);
        assert.equal(parsed.outcome, 'record', line);
        if (parsed.outcome !== 'record') return;
        for (const { column, shape } of fields) {
          const value = record[column as keyof typeof record] ?? null;
          if (shape !== 'block') assert.equal(parsed.record[column as keyof typeof parsed.record], value, `${column} of ${line}`);
        }
        const set = (Object.keys(FLAGS) as Flag[]).filter((flag) => possible.has(flag) && record[flag]);
        assert.equal(
          parsed.record.flags,
          set.reduce((bits, flag) => bits | FLAGS[flag], 0),
          line,
        );
      }),
    );
  });

  test(`when texts of any kind are rendered as ${format}, then the line is one record, and its numbers are those given`, () => {
    const render = lineRenderer(logFormat);
    const hostile = fc.string({ unit: 'binary', maxLength: 30 });
    fc.assert(
      fc.property(records, hostile, hostile, (record, text, other) => {
        const given = {
          ...record,
          captured_request_cookie: text,
          captured_request_headers: [text, other],
          captured_response_headers: [other],
          http_request: text,
          ssl_sni: `x${other}`,
        };
        const line = render(given as LogRecord);
        assert.match(line, /^[\x20-\x7e]*$/);
        const parsed = parseLine(Buffer.from(line), () => 0);
        assert.equal(parsed.outcome, 'record', line);
        if (parsed.outcome === 'record') assert.equal(parsed.record.backend_queue, record.backend_queue, line);
      }),
    );
  });
}
