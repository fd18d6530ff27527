/** What a store gives back is what it was given. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COLUMN_NAMES, type ColumnName } from '../../src/model/columns.ts';
import { ColumnMemory } from '../../src/model/log-batch.ts';
import { type DateRange, readStore } from '../../src/store/reader.ts';
import { StoreWriter } from '../../src/store/writer.ts';
import { recordsOf, request, TestProducer, type TestRecord } from './batches.ts';
import { temporaryFile } from './temporary.ts';

/** All columns a request has in a store. */
const STORED = COLUMN_NAMES.filter((name) => name !== 'line');

function readAll(path: string, columns: readonly ColumnName[] = STORED, range: DateRange = {}): TestRecord[] {
  const records: TestRecord[] = [];
  readStore(path, columns, range, new ColumnMemory(), (batch) => records.push(...recordsOf(batch, columns)));
  return records;
}

function write(path: string, ...batches: readonly (readonly TestRecord[])[]): void {
  const writer = new StoreWriter(path);
  const source = writer.source('haproxy.log', 'file');
  const producer = new TestProducer();
  for (const records of batches) writer.add(source, producer.batch(records), null);
  writer.close();
}

test('when requests of every shape are stored, then each column comes back', (t) => {
  const path = temporaryFile(t);
  const records = [
    request(),
    request({ uri: '/a', path: '/a', query: null, http_request: 'GET /a', http_version: null }),
    request({ uri: '/a?', path: '/a', query: '', http_request: 'GET /a? HTTP/1.1' }),
    request({ uri: 'https://example.org/a/b?x=1', path: '/a/b', query: 'x=1', http_request: 'GET https://example.org/a/b?x=1 HTTP/1.1' }),
    request({
      uri: 'https://example.org',
      path: '/',
      query: null,
      http_request: 'GET https://example.org HTTP/2.0',
      http_version: 'HTTP/2.0',
    }),
    request({ uri: '/a#/b', path: '/a', query: null, http_request: 'GET /a#/b HTTP/1.1' }),
    request({ uri: 'http://h/aa#/bb', path: '/aa', query: null, http_request: 'GET http://h/aa#/bb HTTP/1.1' }),
    request({ uri: '/a?b#c', path: '/a', query: 'b', http_request: 'GET /a?b#c HTTP/1.1' }),
    request({ uri: null, path: null, query: null, method: null, http_version: null, http_request: '<BADREQ>', status_code: 400 }),
    request({ uri: '/cut', path: null, query: null, http_version: null, http_request: 'GET /cut', flags: 1 }),
    request({ uri: '/', path: '/', query: null, http_request: 'GET  / HTTP/1.1' }),
    request({
      captured_request_cookie: 'SID=1',
      captured_response_cookie: 'SID=2',
      captured_request_headers: 'a|',
      captured_response_headers: '',
    }),
    request({ ssl_errors: '0/0/0/0/0', ssl_sni: 'example.org', ssl_version: 'TLSv1.3', ssl_ciphers: 'AES', flags: 16 }),
    request({ path: '/\ufffd', uri: '/\ufffd', query: null, http_request: 'GET /\ufffd HTTP/1.1' }),
    request({ time_request: -1, time_queue: -1, time_connect: -1, time_response: -1, time_data: -1, status_code: -1 }),
    request({ client_ip: null, client_port: null, accept_date: null, bytes_read: null, line_number: null, format: null, actconn: null }),
  ];
  write(path, records.slice(0, 5), records.slice(5));
  assert.deepEqual(
    readAll(path),
    records.map(({ line: _, ...record }) => record),
  );
});
