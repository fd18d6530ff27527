/** What a store gives back is what it was given. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { COLUMN_NAMES, type ColumnName, FLAG_PARTIAL_TIME } from '../../src/model/columns.ts';
import { emptyLedger } from '../../src/model/ledger.ts';
import { ColumnMemory } from '../../src/model/log-batch.ts';
import { ABSENT, dataTime } from '../../src/model/timers.ts';
import { type DateRange, readStore } from '../../src/store/reader.ts';
import { StoreWriter } from '../../src/store/writer.ts';
import { recordsOf, request, TestProducer, type TestRecord } from './batches.ts';
import { temporaryFile } from './temporary.ts';

/** The columns a request has in a store. */
const STORED = COLUMN_NAMES.filter((name) => name !== 'line');

function readAll(path: string, columns: readonly ColumnName[] = STORED, range: DateRange = {}): TestRecord[] {
  const records: TestRecord[] = [];
  readStore(path, columns, range, new ColumnMemory(), (batch) => records.push(...recordsOf(batch, columns)));
  return records;
}

function write(path: string, batches: readonly (readonly TestRecord[])[], keep: Uint8Array | null = null): void {
  const writer = new StoreWriter(path);
  const source = writer.source('haproxy.log', 'stdin');
  const producer = new TestProducer();
  for (const records of batches) writer.add(source, producer.batch(records), keep);
  writer.commit();
  writer.close();
}

const withoutLine = ({ line: _, ...record }: TestRecord): TestRecord => record;

test('when requests of every shape are stored, then each column comes back', (t) => {
  const path = temporaryFile(t);
  const records = [
    request(),
    request({ uri: '/a', path: '/a', query: null, http_request: 'GET /a', http_version: null }),
    request({ uri: '/a?', path: '/a', query: '', http_request: 'GET /a? HTTP/1.1' }),
    request({ uri: 'https://example.org/b?x=1', path: '/b', query: 'x=1', http_request: 'GET https://example.org/b?x=1 HTTP/1.1' }),
    request({ uri: 'http://h', path: '/', query: null, http_request: 'GET http://h HTTP/1.1' }),
    request({ uri: 'http://h?x=1', path: '/', query: 'x=1', http_request: 'GET http://h?x=1 HTTP/1.1' }),
    request({ uri: '/a#/b', path: '/a', query: null, http_request: 'GET /a#/b HTTP/1.1' }),
    request({ uri: 'http://h/aa#/bb', path: '/aa', query: null, http_request: 'GET http://h/aa#/bb HTTP/1.1' }),
    request({ uri: '/a?b#c', path: '/a', query: 'b', http_request: 'GET /a?b#c HTTP/1.1' }),
    request({ uri: null, path: null, query: null, method: null, http_version: null, http_request: '<BADREQ>', status_code: 400 }),
    request({ uri: '/cut', path: null, query: null, http_version: null, http_request: 'GET /cut', flags: 1 }),
    request({ uri: '/', path: '/', query: null, http_request: 'GET  / HTTP/1.1' }),
    request({ captured_request_cookie: 'SID=1', captured_response_cookie: 'SID=2', captured_request_headers: 'a|b' }),
    request({ captured_request_headers: '', captured_response_headers: 'caché|\0' }),
    request({ ssl_errors: '0/0/0/0/0', ssl_sni: 'example.org', ssl_version: 'TLSv1.3', ssl_ciphers: 'AES', flags: 16 }),
    // The text that stands for paths past a bound: as long as this URI, and not it.
    request({ path: '(other)', uri: '/sevens', query: null, http_request: 'GET /sevens HTTP/1.1' }),
    request({ path: '/\ufffd', uri: '/\ufffd', query: null, http_request: 'GET /\ufffd HTTP/1.1' }),
    request({ time_request: -1, time_queue: -1, time_connect: -1, time_response: -1, time_data: -1, status_code: -1 }),
    request({ client_ip: null, client_port: null, accept_date: null, bytes_read: null, line_number: null, format: null, actconn: null }),
    request({
      kind: 1,
      status_code: null,
      time_request: null,
      time_response: null,
      time_data: 37,
      http_request: null,
      uri: null,
      path: null,
    }),
  ];
  write(path, [records.slice(0, 5), records.slice(5)]);
  assert.deepEqual(readAll(path), records.map(withoutLine));
});

const text = (...common: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(fc.constantFrom(...common), fc.string({ unit: 'grapheme', maxLength: 12 }));
const word = text('app', 'www', '<NOSRV>', 'a"b', "'; DROP TABLE text; --").filter((value) => !/[ ?#]/.test(value));
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 3 });
const time = fc.oneof(fc.constant(-1), fc.nat(100_000));

/** Requests whose parts fit each other as the grammar of a record has it. */
const requests: fc.Arbitrary<TestRecord> = fc
  .record({
    flags: fc.nat(31),
    line_number: fc.nat(),
    accept_date: fc.integer({ min: 0, max: 4_102_444_800_000 }),
    client_ip: maybe(word),
    client_port: maybe(fc.nat(65_535)),
    frontend_name: word,
    backend_name: word,
    server_name: word,
    time_request: maybe(time),
    time_queue: maybe(time),
    time_connect: maybe(time),
    time_response: maybe(time),
    time_total: maybe(time),
    status_code: maybe(fc.integer({ min: -1, max: 599 })),
    bytes_read: maybe(fc.maxSafeNat()),
    captured_request_cookie: maybe(text('SID=1')),
    captured_response_headers: maybe(text('hit', '')),
    ssl_sni: maybe(word),
    retries: fc.nat(3),
    srv_queue: maybe(fc.nat()),
    method: fc.constantFrom('GET', 'POST', 'é'),
    origin: fc.constantFrom('', '', 'https://example.org', 'http://é'),
    path: word.map((value) => `/${value}`),
    query: maybe(word),
    fragment: fc.constantFrom('', '', '', '#top', '#/x?y'),
    http_version: maybe(fc.constantFrom('HTTP/1.1', 'HTTP/2.0')),
  })
  .map(({ origin, fragment, ...record }) => {
    const uri = `${origin}${record.path}${record.query === null ? '' : `?${record.query}`}${fragment}`;
    const http_request = `${record.method} ${uri}${record.http_version === null ? '' : ` ${record.http_version}`}`;
    return request({ ...record, uri, http_request, time_data: timeData(record) });
  });

function timeData(record: TestRecord): number {
  const part = (name: 'request' | 'queue' | 'connect' | 'response' | 'total'): number =>
    (record[`time_${name}`] as number | null) ?? ABSENT;
  const partial = (Number(record.flags) & FLAG_PARTIAL_TIME) !== 0;
  return dataTime(part('request'), part('queue'), part('connect'), part('response'), part('total'), partial);
}

test('when random requests are stored in batches of any cut, then all columns come back in order', (t) => {
  const path = temporaryFile(t);
  let run = 0;
  fc.assert(
    fc.property(fc.array(fc.array(requests, { maxLength: 40 }), { maxLength: 4 }), (batches) => {
      run += 1;
      write(`${path}-${run}`, batches);
      assert.deepEqual(readAll(`${path}-${run}`), batches.flat().map(withoutLine));
    }),
    { numRuns: 40 },
  );
});

test('when more than a block of rows is added, then they come back in batches of at most one block', (t) => {
  const path = temporaryFile(t);
  const batch = Array.from({ length: 4_000 }, (_, i) => request({ line_number: i + 1, accept_date: 1_790_000_000_000 + i }));
  write(path, [batch, batch, batch]);
  const sizes: number[] = [];
  readStore(path, ['accept_date'], {}, new ColumnMemory(), ({ rows }) => sizes.push(rows));
  assert.deepEqual(sizes, [4_096, 4_096, 3_808]);
});

test('when texts exceed the region for them, then batches end early and nothing is lost', (t) => {
  const path = temporaryFile(t);
  const long = 'q'.repeat(60_000);
  const batch = Array.from({ length: 8 }, (_, i) =>
    request({ query: `${long}${i}`, uri: `/shop/cart?${long}${i}`, http_request: `GET /shop/cart?${long}${i} HTTP/1.1` }),
  );
  write(
    path,
    Array.from({ length: 6 }, () => batch),
  );
  const uris: (string | number | null | undefined)[] = [];
  let batches = 0;
  readStore(path, ['uri', 'query', 'http_request'], {}, new ColumnMemory(), (read) => {
    batches += 1;
    uris.push(...recordsOf(read, ['uri']).map(({ uri }) => uri));
  });
  assert.ok(batches > 1);
  assert.deepEqual(
    uris,
    Array.from({ length: 48 }, (_, i) => `/shop/cart?${long}${i % 8}`),
  );
});

test('when a range is asked for, then since is inclusive, until exclusive, and what has no date is left out', (t) => {
  const path = temporaryFile(t);
  const batch = [10, 20, null, 30, 20].map((accept_date, i) => request({ accept_date, line_number: i }));
  write(path, [batch]);
  const lines = (range: DateRange): unknown[] => readAll(path, ['line_number'], range).map(({ line_number }) => line_number);
  assert.deepEqual(lines({}), [0, 1, 2, 3, 4]);
  assert.deepEqual(lines({ since: 20 }), [1, 3, 4]);
  assert.deepEqual(lines({ until: 20 }), [0]);
  assert.deepEqual(lines({ since: 20, until: 30 }), [1, 4]);
  assert.deepEqual(lines({ since: 31 }), []);
});

test('when paths are to keep their query, then each text of both is one path', (t) => {
  const path = temporaryFile(t);
  const uri = (text: string): TestRecord => {
    const [before, query] = text.split('?');
    return request({ path: before as string, query: query ?? null, uri: text, http_request: `GET ${text} HTTP/1.1` });
  };
  write(path, [['/a?x=1', '/a', '/a?', '/a?x=1', '/b?x=1'].map(uri)]);
  const read: unknown[] = [];
  const ids: number[] = [];
  readStore(path, ['path', 'query'], { keepQuery: true }, new ColumnMemory(), (batch) => {
    ids.push(...batch.columns.int('path').subarray(0, batch.rows));
    read.push(...recordsOf(batch, ['path', 'query']).map(({ path, query }) => `${path} ${query}`));
  });
  assert.deepEqual(read, ['/a?x=1 x=1', '/a null', '/a? ', '/a?x=1 x=1', '/b?x=1 x=1']);
  assert.equal(ids[0], ids[3]);
});

test('when a mask is given, then only the rows with a byte other than 0 are stored', (t) => {
  const path = temporaryFile(t);
  write(path, [[request({ line_number: 1 }), request({ line_number: 2 }), request({ line_number: 3 })]], Uint8Array.of(1, 0, 1));
  assert.deepEqual(readAll(path, ['line_number']), [{ line_number: 1 }, { line_number: 3 }]);
});

test('when events and errors are stored, then they come back behind the requests, with their line', (t) => {
  const path = temporaryFile(t);
  const nothing = Object.fromEntries(COLUMN_NAMES.map((name) => [name, null])) as TestRecord;
  const event: TestRecord = { ...nothing, kind: 3, flags: 0, line_number: 1, line: 'Server app/app1 is DOWN.' };
  const error: TestRecord = {
    ...nothing,
    kind: 2,
    flags: 0,
    line_number: 2,
    line: 'x',
    accept_date: 5,
    client_ip: '::1',
    client_port: 1,
    frontend_name: 'www',
  };
  write(path, [[event, error, request()]]);
  const columns: ColumnName[] = [
    'kind',
    'line',
    'accept_date',
    'client_ip',
    'client_port',
    'frontend_name',
    'status_code',
    'uri',
    'server_name',
  ];
  const pick = (record: TestRecord): TestRecord => Object.fromEntries(columns.map((name) => [name, record[name] ?? null]));
  assert.deepEqual(readAll(path, columns), [request(), event, error].map(pick));
});

test('when sources have counts, then the ledger is their sum', (t) => {
  const path = temporaryFile(t);
  const writer = new StoreWriter(path);
  writer.ledger(writer.source('a', 'stdin'), { ...emptyLedger(), lines: 3, requests: 2, unparsed: 1 });
  writer.ledger(writer.source('b', 'udp'), { ...emptyLedger(), lines: 2, events: 1, truncated: 1 });
  writer.ledger(writer.source('a', 'stdin'), { ...emptyLedger(), lines: 1, requests: 1 });
  writer.commit();
  writer.close();
  const { ledger } = readStore(path, [], {}, new ColumnMemory(), () => {});
  assert.deepEqual(ledger, { ...emptyLedger(), lines: 6, requests: 3, events: 1, truncated: 1, unparsed: 1 });
});
