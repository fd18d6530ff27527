import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FORMATS } from '../../src/format/formats.ts';
import type { LogRecord } from '../../src/format/log-record.ts';
import { lineRenderer } from '../../src/format/render.ts';

const render = (format: string, record: LogRecord, utcOffset?: number): string => {
  const found = FORMATS.find(({ name }) => name === format);
  return lineRenderer(found?.logFormat ?? format)(record, utcOffset);
};

const http: LogRecord = {
  client_ip: '192.0.2.7',
  client_port: 33_317,
  accept_date: Date.UTC(2026, 1, 6, 12, 14, 14, 655),
  frontend_name: 'http-in',
  backend_name: 'static',
  server_name: 'srv1',
  time_request: 10,
  time_queue: 0,
  time_connect: 30,
  time_response: 69,
  time_total: 109,
  status_code: 200,
  bytes_read: 2750,
  termination_state: '----',
  actconn: 1,
  feconn: 1,
  beconn: 1,
  srv_conn: 1,
  retries: 0,
  srv_queue: 0,
  backend_queue: 0,
  captured_request_headers: ['1wt.eu', ''],
  captured_response_headers: ['text/html'],
  http_request: 'GET /index.html HTTP/1.1',
};

test('when a record is rendered as httplog, then it is the line of the manual', () => {
  assert.equal(
    render('httplog', http),
    '192.0.2.7:33317 [06/Feb/2026:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu|} {text/html} "GET /index.html HTTP/1.1"',
  );
});

test('when captures are absent, then nothing stands in their place, not even a blank', () => {
  const { captured_request_headers: _request, captured_response_headers: _response, ...without } = http;
  assert.match(render('httplog', without), / 0\/0 "GET /);
  assert.match(render('httplog', { ...http, captured_response_headers: null }), / 0\/0 \{1wt\.eu\|\} "GET /);
});

test('when a record is rendered as tcplog, then it has three timers and no request', () => {
  assert.equal(
    render('tcplog', { ...http, termination_state: 'cD' }),
    '192.0.2.7:33317 [06/Feb/2026:12:14:14.655] http-in static/srv1 0/30/109 2750 cD 1/1/1/1/0 0/0',
  );
});

test('when a record is rendered as httpslog, then the handshake follows the request', () => {
  const ssl = { ssl: true, ssl_errors: '0/0/0/0/0', ssl_sni: 'lb1.test', ssl_version: 'TLSv1.3', ssl_ciphers: null };
  const line = render('httpslog', { ...http, ...ssl });
  assert.ok(line.endsWith(' HTTP/1.1" 0/0/0/0/0 lb1.test/TLSv1.3/-'), line);
  assert.ok(line.includes('] http-in~ static/srv1 '), line);
});

test('when flags are set, then a plus stands before the value they belong to', () => {
  const line = render('httplog', { ...http, retries: 3, redispatched: true, partial_time: true, partial_bytes: true });
  assert.match(line, / 10\/0\/30\/69\/\+109 200 \+2750 /);
  assert.match(line, / 1\/1\/1\/1\/\+3 0\/0 /);
});

test('when phases were never reached and values are absent, then they read -1 and -', () => {
  const line = render('httplog', { ...http, client_port: null, time_connect: -1, status_code: -1, captured_request_cookie: 'id=1' });
  assert.match(line, /^192\.0\.2\.7:- /);
  assert.match(line, / 10\/0\/-1\/69\/109 -1 2750 id=1 - /);
});

test('when the clock is not UTC, then the date is that of the clock', () => {
  assert.match(render('httplog', http, -750), /\[05\/Feb\/2026:23:44:14\.655\]/);
  assert.match(render('httplog', http, 720), /\[07\/Feb\/2026:00:14:14\.655\]/);
});

test('when values hold what would break a line, then it is escaped byte by byte', () => {
  assert.equal(render('%{+Q}r', { http_request: 'GET /"é#\n\x7f HTTP/1.1' }), '"GET /#22#C3#A9#23#0A#7F HTTP/1.1"');
  assert.equal(render('%hr', { captured_request_headers: ['a|b{}', 'c"#\0d e'] }), '{a#7Cb#7B#7D|c#22#23#00d e}');
  assert.equal(render('%CC', { captured_request_cookie: 'a b="c"' }), 'a#20b=#22c#22');
});

test('when a log-format names a field that is not in the table, then it is refused', () => {
  assert.throws(() => lineRenderer('%ci %nosuch'), /no field begins "%nosuch"/);
});
