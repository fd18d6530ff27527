/** The oracle itself, on lines whose records were written down by hand. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_LINE_BYTES } from '../../src/limits.ts';
import { parseLine, splitLines } from './reference-parser.ts';
import { type ReferenceRecord, recordOf } from './reference-record.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const parse = (text: string) => parseLine(bytes(text), () => 0);
const outcome = (text: string): string => parse(text).outcome;

function record(text: string): ReferenceRecord {
  const result = parse(text);
  assert.equal(result.outcome, 'record', text);
  return (result as { record: ReferenceRecord }).record;
}

const CLIENT = '192.0.2.7:4711 [03/Nov/2026:07:08:09.010]';
const TO_QUEUES = `${CLIENT} in~ app/app1 10/0/30/69/109 200 2750 - - ---- 1/2/3/4/0 5/6`;
const HTTP = `${TO_QUEUES} {host|agent} {} "GET /a?b=c HTTP/1.1"`;
const TCP = `${CLIENT} in app/app1 0/1/20 212 -- 1/2/3/4/0 5/6`;
const withRequest = (request: string): ReferenceRecord => record(`${TO_QUEUES} "${request}"`);

test('when a line is httplog, then each field has its column', () => {
  assert.deepEqual(
    record(HTTP),
    recordOf({
      kind: 0,
      format: 0,
      flags: 16,
      line: HTTP,
      accept_date: Date.UTC(2026, 10, 3, 7, 8, 9, 10),
      client_ip: '192.0.2.7',
      client_port: 4711,
      frontend_name: 'in',
      backend_name: 'app',
      server_name: 'app1',
      time_request: 10,
      time_queue: 0,
      time_connect: 30,
      time_response: 69,
      time_data: 0,
      time_total: 109,
      status_code: 200,
      bytes_read: 2750,
      termination_state: '----',
      actconn: 1,
      feconn: 2,
      beconn: 3,
      srv_conn: 4,
      retries: 0,
      srv_queue: 5,
      backend_queue: 6,
      captured_request_headers: 'host|agent',
      captured_response_headers: '',
      http_request: 'GET /a?b=c HTTP/1.1',
      method: 'GET',
      uri: '/a?b=c',
      path: '/a',
      query: 'b=c',
      http_version: 'HTTP/1.1',
    }),
  );
});

test('when a line is tcplog, then the fields of HTTP are absent', () => {
  const { kind, format, time_request, time_queue, time_connect, time_response, time_data, time_total, status_code, backend_queue } =
    record(TCP);
  assert.deepEqual(
    [kind, format, time_request, time_queue, time_connect, time_response, time_data, time_total],
    [1, 2, null, 0, 1, null, 19, 20],
  );
  assert.deepEqual([status_code, backend_queue], [null, 6]);
});

test('when TLS fields follow the request, then the line is httpslog', () => {
  const https = record(`${HTTP} 0/00F0/0/-/1 www.example.com/TLSv1.3/-`);
  assert.deepEqual(
    [https.format, https.ssl_errors, https.ssl_sni, https.ssl_version, https.ssl_ciphers],
    [1, '0/00F0/0/-/1', 'www.example.com', 'TLSv1.3', null],
  );
  for (const other of ['anything', '0/0/0/0/0 sni/v', '0/0/0/0/0 sni//c', '0/0/0/0 sni/v/c', '0/0/0/0/0 sni/v/c d']) {
    assert.equal(record(`${HTTP} ${other}`).format, 0, other);
  }
});

test('when an envelope stands before the client, then it is not judged', () => {
  for (const envelope of [
    '<134>',
    '<134>Nov  3 07:08:09 lb1 haproxy[1]: ',
    'Nov  3 07:08:09 haproxy[1]: ',
    '2026-11-03T07:08:09+00:00 h p: ',
    '[x] ',
    '\t ',
  ]) {
    assert.equal(record(envelope + HTTP).client_ip, '192.0.2.7', envelope);
  }
});

test('when the client is spelt otherwise, then its last colon begins the port', () => {
  const client = (text: string) => {
    const { client_ip, client_port } = record(HTTP.replace('192.0.2.7:4711', text));
    return [client_ip, client_port];
  };
  assert.deepEqual(client('2001:db8::1:443'), ['2001:db8::1', 443]);
  assert.deepEqual(client('::ffff:192.0.2.1:8'), ['::ffff:192.0.2.1', 8]);
  assert.deepEqual(client('unix:1'), ['unix', 1]);
  assert.deepEqual(client('-:-'), ['-', null]);
  for (const wrong of [':80', '192.0.2.7', '192.0.2.7:', '192.0.2.7:123456', '192.0.2.7:8x', '<134>']) {
    assert.equal(outcome(HTTP.replace('192.0.2.7:4711', wrong)), 'unparsed', wrong);
  }
});

test('when a plus is written, then it is a flag', () => {
  const { flags, time_total, time_data, bytes_read, retries } = record(
    HTTP.replace('in~', 'in').replace('/109 ', '/+109 ').replace(' 2750', ' +2750').replace('4/0 ', '4/+3 '),
  );
  assert.deepEqual([flags, time_total, time_data, bytes_read, retries], [2 + 4 + 8, 109, -1, 2750, 3]);
  for (const wrong of ['10/+0/30/69/109', '10/0/30/69/+-1', '10/0/30/69/++1'])
    assert.equal(outcome(HTTP.replace('10/0/30/69/109', wrong)), 'unparsed', wrong);
});

test('when a date is not a real one, then the line is unparsed', () => {
  for (const wrong of [
    '00/Nov/2026:07:08:09',
    '31/Nov/2026:07:08:09',
    '29/Feb/2026:07:08:09',
    '03/nov/2026:07:08:09',
    '03/Nov/2026:24:08:09',
  ]) {
    assert.equal(outcome(HTTP.replace('03/Nov/2026:07:08:09.010', wrong)), 'unparsed', wrong);
  }
  const at = (date: string) => record(HTTP.replace('03/Nov/2026:07:08:09.010', date)).accept_date;
  assert.equal(at('29/Feb/2024:23:59:60'), Date.UTC(2024, 2, 1));
  assert.equal(at('01/Jan/0099:00:00:00.000'), Date.parse('0099-01-01T00:00:00Z'));
});

test('when the zone has an offset, then it is taken off the civil time', () => {
  const asked: number[] = [];
  const result = parseLine(bytes(HTTP), (civil) => {
    asked.push(civil);
    return 3_600_000;
  });
  assert.deepEqual(asked, [Date.UTC(2026, 10, 3, 7, 8, 9)]);
  assert.equal((result as { record: ReferenceRecord }).record.accept_date, Date.UTC(2026, 10, 3, 6, 8, 9, 10));
});

test('when there is one block or none, then the other captures are absent', () => {
  const captures = (text: string) => {
    const { captured_request_headers, captured_response_headers } = record(`${TO_QUEUES} ${text}"GET / HTTP/1.1"`);
    return [captured_request_headers, captured_response_headers];
  };
  assert.deepEqual(captures(''), [null, null]);
  assert.deepEqual(captures('{} '), ['', null]);
  assert.deepEqual(captures('{a "b" {|c} \t {d} '), ['a "b" {|c', 'd']);
  for (const wrong of ['{a}', '{a} {b} {c} ', '{a}x ']) assert.equal(outcome(`${TO_QUEUES} ${wrong}"GET / HTTP/1.1"`), 'unparsed', wrong);
});

test('when a request is odd, then its parts are as far as they are there', () => {
  const parts = (request: string) => {
    const { http_request, method, uri, path, query, http_version } = withRequest(request);
    assert.equal(http_request, request);
    return [method, uri, path, query, http_version];
  };
  assert.deepEqual(parts('<BADREQ>'), [null, null, null, null, null]);
  assert.deepEqual(parts(''), [null, null, null, null, null]);
  assert.deepEqual(parts('GET /a'), ['GET', '/a', '/a', null, null]);
  assert.deepEqual(parts('GET HTTP/1.1'), ['GET', 'HTTP/1.1', 'HTTP/1.1', null, null]);
  assert.deepEqual(parts('GET  HTTP/1.1'), ['GET', '', '', null, 'HTTP/1.1']);
  assert.deepEqual(parts('GET /a b HTTP/1.0'), ['GET', '/a b', '/a b', null, 'HTTP/1.0']);
  assert.deepEqual(parts('OPTIONS * HTTP/1.1'), ['OPTIONS', '*', '*', null, 'HTTP/1.1']);
  assert.deepEqual(parts('CONNECT a:443 HTTP/1.1'), ['CONNECT', 'a:443', 'a:443', null, 'HTTP/1.1']);
  assert.deepEqual(parts('GET https://h:8/p?q HTTP/2.0'), ['GET', 'https://h:8/p?q', '/p', 'q', 'HTTP/2.0']);
  assert.deepEqual(parts('GET https://h?q HTTP/2.0'), ['GET', 'https://h?q', '/', 'q', 'HTTP/2.0']);
  assert.deepEqual(parts('GET /a\\"b HTTP/1.1'), ['GET', '/a\\"b', '/a\\"b', null, 'HTTP/1.1']);
});

test('when a URI has a fragment, then neither path nor query holds it', () => {
  const parts = (uri: string) => {
    const { path, query } = withRequest(`GET ${uri} HTTP/1.1`);
    return [path, query];
  };
  assert.deepEqual(parts('/a#top'), ['/a', null]);
  assert.deepEqual(parts('/a#3F?b#23c'), ['/a#3F', 'b']);
  assert.deepEqual(parts('/a#?b'), ['/a', null]);
  assert.deepEqual(parts('/a?'), ['/a', '']);
  assert.deepEqual(parts('/a?b?c#2'), ['/a', 'b?c']);
});

test('when a line is cut at any byte, then the place of the cut decides', () => {
  const dateEnd = HTTP.indexOf(']') + 1;
  const queuesEnd = TO_QUEUES.length;
  for (let length = 0; length < HTTP.length; length++) {
    const expected = length < dateEnd ? 'unparsed' : length < queuesEnd ? 'truncated' : 'record';
    assert.equal(outcome(HTTP.slice(0, length)), expected, HTTP.slice(0, length));
    if (expected === 'record') assert.equal(record(HTTP.slice(0, length)).flags, 16 + 1);
  }
});

test('when a request is cut, then only what is known to be whole is split from it', () => {
  const parts = (rest: string) => {
    const { captured_request_headers, http_request, method, uri, path, query, http_version } = record(`${TO_QUEUES} ${rest}`);
    return [captured_request_headers, http_request, method, uri, path, query, http_version];
  };
  assert.deepEqual(parts(''), [null, null, null, null, null, null, null]);
  assert.deepEqual(parts('{ab'), ['ab', null, null, null, null, null, null]);
  assert.deepEqual(parts('{ab} "GE'), ['ab', 'GE', null, null, null, null, null]);
  assert.deepEqual(parts('"GET /a?b'), [null, 'GET /a?b', 'GET', '/a?b', null, null, null]);
  assert.deepEqual(parts('"GET /a?b HTTP/1.'), [null, 'GET /a?b HTTP/1.', 'GET', '/a?b', '/a', 'b', null]);
});

test('when a cut line could not have gone on so, then it is unparsed', () => {
  for (const wrong of ['in /', 'in app 1', 'in app/a 1/x', 'in app/a 1/2/3/4/5/', 'in app/a 1/2/3 --', 'in app/a 99999999999']) {
    assert.equal(outcome(`${CLIENT} ${wrong}`), 'unparsed', wrong);
  }
});

test('when a line is longer than the limit, then it is judged by its beginning and flagged', () => {
  const long = record(`${TO_QUEUES} "GET /${'a'.repeat(MAX_LINE_BYTES)} HTTP/1.1"`);
  assert.equal(long.flags, 16 + 1);
  assert.equal(long.method, 'GET');
  assert.equal(long.path, null);
  assert.equal((long.line as string).length, MAX_LINE_BYTES);
  assert.equal(outcome('x'.repeat(MAX_LINE_BYTES + 1)), 'truncated');
  assert.equal(outcome('x'.repeat(MAX_LINE_BYTES)), 'unparsed');
});

test('when a line tells of an error, then it has its frontend', () => {
  const error = record(`${CLIENT} in/1: SSL handshake failure`);
  assert.deepEqual([error.kind, error.frontend_name, error.client_port, error.backend_name], [2, 'in', 4711, null]);
  assert.equal(outcome(`${CLIENT} in/1 SSL handshake failure`), 'unparsed');
});

test('when a line has no accept date, then only known messages are events', () => {
  for (const event of [
    'Proxy a started.',
    'Nov  3 07:08:09 lb1 haproxy[1]: Server a/b is DOWN.',
    '<133>Nov  3 07:08:09 haproxy[1]: [WARNING] x',
  ]) {
    assert.equal(record(event).kind, 3, event);
  }
  for (const other of ['', ' ', 'Proxyx', '1 2 3 4 5 6 tag: Proxy a started.', 'tag: x: Proxy a'])
    assert.equal(outcome(other), 'unparsed', other);
});

test('when bytes are split into lines, then LF ends a line and one CR before it is not part of it', () => {
  const split = (text: string) => splitLines(bytes(text)).map((line) => Buffer.from(line).toString('latin1'));
  assert.deepEqual(split('a\r\n\nb\r\r\nc\r'), ['a', '', 'b\r', 'c\r']);
  assert.deepEqual(split(''), []);
  assert.deepEqual(split('a\n'), ['a']);
});
