import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PIECE_CHARS } from '../../src/limits.ts';
import { FLAG_REDISPATCHED, FLAG_SSL, KIND_EVENT } from '../../src/model/columns.ts';
import { RECORD_FIELDS } from '../../src/report/record-fields.ts';
import type { RecordFormat } from '../../src/report/record-format.ts';
import { recordWriter } from '../../src/report/record-writers.ts';
import { type SampleRecord, sampleBatch } from './sample-batch.ts';

function written(format: RecordFormat, records: readonly SampleRecord[], keep: Uint8Array | null = null, onTerminal = false): Buffer {
  const out: Buffer[] = [];
  const writer = recordWriter(format, onTerminal, (data) => out.push(Buffer.from(data as string)));
  writer.batch(sampleBatch(records), keep, 'haproxy.log');
  writer.end();
  return Buffer.concat(out);
}

const objects = (text: Buffer): Record<string, unknown>[] =>
  text
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const REQUEST: SampleRecord = {
  line_number: 7,
  accept_date: Date.UTC(2026, 10, 1, 0, 0, 0, 6),
  client_ip: '2001:db8::1',
  client_port: 4711,
  server_name: '<NOSRV>',
  time_queue: -1,
  status_code: 503,
  bytes_read: 2 ** 40,
  captured_request_headers: 'a.example||x"y',
  captured_response_headers: '',
  method: 'GET',
  uri: '/\x1b\xff',
  flags: FLAG_REDISPATCHED | FLAG_SSL,
};

test('when a record is written as NDJSON, then it has every key in order, and null where its format lacks one', () => {
  const [record = {}] = objects(written('ndjson', [REQUEST]));
  assert.deepEqual(
    Object.keys(record),
    RECORD_FIELDS.map(({ name }) => name),
  );
  const { kind, accept_date, client_ip, server_name, time_queue, time_total, bytes_read, file, line } = record;
  assert.deepEqual(
    { kind, accept_date, client_ip, server_name, time_queue, time_total, bytes_read, file, line },
    {
      kind: 'http',
      accept_date: '2026-11-01T00:00:00.006Z',
      client_ip: '2001:db8::1',
      server_name: '<NOSRV>',
      time_queue: -1,
      time_total: null,
      bytes_read: 2 ** 40,
      file: 'haproxy.log',
      line: 7,
    },
  );
});

test('when captures are written as NDJSON, then they are arrays, and null where no block stood', () => {
  const [with_, without] = objects(written('ndjson', [REQUEST, {}]));
  assert.deepEqual(with_?.captured_request_headers, ['a.example', '', 'x"y']);
  assert.deepEqual(with_?.captured_response_headers, ['']);
  assert.equal(without?.captured_request_headers, null);
});

test('when flags are written, then they are booleans', () => {
  const [{ redispatched, ssl, truncated, partial_time, partial_bytes } = {}] = objects(written('ndjson', [REQUEST]));
  assert.deepEqual(
    { redispatched, ssl, truncated, partial_time, partial_bytes },
    { redispatched: true, ssl: true, truncated: false, partial_time: false, partial_bytes: false },
  );
});

test('when bytes are no text, then JSON stays valid and holds no control character', () => {
  const text = written('ndjson', [REQUEST]).toString();
  assert.match(text, /"uri":"\/\\u001b\ufffd"/);
});

test('when dates cross seconds, then each is its own', () => {
  const dates = [0, 999, 1_000, 61_005, 61_004].map((ms) => ({ accept_date: 1_793_491_200_000 + ms }));
  const expected = dates.map(({ accept_date }) => new Date(accept_date).toISOString());
  assert.deepEqual(
    objects(written('ndjson', dates)).map(({ accept_date }) => accept_date),
    expected,
  );
});

test('when a selection is given, then only what it keeps is written', () => {
  const records = [1, 2, 3].map((n) => ({ line: `line ${n}`, line_number: n }));
  const keep = Uint8Array.from([1, 0, 1]);
  assert.equal(written('raw', records, keep).toString(), 'line 1\nline 3\n');
  assert.deepEqual(
    objects(written('ndjson', records, keep)).map(({ line }) => line),
    [1, 3],
  );
});

test('when records are written as CSV, then cells are quoted and formulas defused', () => {
  const [head = '', row = ''] = written('csv', [{ kind: KIND_EVENT, uri: '=1,2', captured_request_headers: 'a|b' }])
    .toString()
    .split('\r\n');
  const names = head.split(',');
  assert.equal(names[0], 'kind');
  assert.match(row, /^event,/);
  assert.match(row, /,"'=1,2",/);
  assert.match(row, /,a\|b,/);
});

test('when lines are written raw, then their bytes are untouched, however long', () => {
  const long = 'x'.repeat(PIECE_CHARS + 1);
  const lines = ['\x00\x1b\xff\xfe', long, ''].map((line) => ({ line }));
  assert.deepEqual(written('raw', lines), Buffer.from(`\x00\x1b\xff\xfe\n${long}\n\n`, 'latin1'));
});

test('when lines are written raw to a terminal, then what they hold is shown and not obeyed', () => {
  assert.equal(written('raw', [{ line: 'a\x1b[2Jb' }, { line: 'c' }], null, true).toString(), 'a\\x1b[2Jb\nc\n');
});

test('when unparsed lines are written, then they carry their place and reason', () => {
  const out: string[] = [];
  const writer = recordWriter('ndjson', false, (data) => out.push(String(data)));
  writer.unparsed(Buffer.from('what?'), 'a.log', 3, 'no date');
  writer.end();
  assert.equal(out.join(''), '{"file":"a.log","line":3,"reason":"no date","text":"what?"}\n');
  assert.equal(writer.written, 1);
});
