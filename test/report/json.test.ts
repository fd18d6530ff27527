import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PIECE_CHARS } from '../../src/limits.ts';
import { writeReport } from '../../src/report/write-report.ts';
import { gathered, PLAIN_VIEW, sampleResult, sampleRow } from './sample-result.ts';

const JSON_VIEW = { ...PLAIN_VIEW, format: 'json' } as const;

test('when a report is written as JSON, then keys and their order are those of the contract', async () => {
  const row = sampleRow({ backend: 'app', server: 'app1' });
  const { text } = await gathered((sink) => writeReport(sampleResult('servers', ['backend', 'server'], [row]), JSON_VIEW, sink));
  const timer = (n: number) => ({ count: n, sum: n * 10, mean: n + 0.5, min: 0, max: n * 100, p50: n, p95: n * 2, p99: null });
  const expected = {
    report: 'servers',
    from: '2026-11-01T00:00:00.006Z',
    to: '2026-11-01T01:00:00.000Z',
    ledger: { lines: 10, requests: 8, events: 1, truncated: 0, unparsed: 1, filtered: 0, duplicate: 0 },
    rows: [
      {
        backend: 'app',
        server: 'app1',
        requests: 1_234,
        status: { '1xx': 1, '2xx': 2, '3xx': 3, '4xx': 4, '5xx': 5, other: 6 },
        errors: 11,
        error_rate: 0.25,
        aborts: 12,
        retries: 13,
        redispatches: 14,
        queued: 15,
        bytes_read: 12_345_678,
        timers: { request: timer(1), queue: timer(2), connect: timer(3), response: timer(4), data: timer(5), total: timer(6) },
      },
    ],
  };
  assert.equal(JSON.stringify(JSON.parse(text)), JSON.stringify(expected));
});

test('when nothing was counted, then times are null and rows empty', async () => {
  const result = sampleResult('status', ['status'], [], { from: null, to: null });
  const { text } = await gathered((sink) => writeReport(result, JSON_VIEW, sink));
  const { from, to, rows } = JSON.parse(text);
  assert.deepEqual({ from, to, rows }, { from: null, to: null, rows: [] });
});

test('when a key is absent or hostile, then it is null or escaped', async () => {
  const rows = [sampleRow({ method: null, path: '/"\x1b\u2028' })];
  const { text } = await gathered((sink) => writeReport(sampleResult('urls', ['method', 'path'], rows), JSON_VIEW, sink));
  assert.match(text, /"method":null,"path":"\/\\"\\u001b\\u2028"/);
});

test('when the limit cut rows or a bound was reached, then the object says so at its end', async () => {
  const result = sampleResult('status', ['status'], [sampleRow({ status_code: 200 })], { total: 7, notes: ['a bound was reached'] });
  const { text } = await gathered((sink) => writeReport(result, JSON_VIEW, sink));
  assert.equal(JSON.parse(text).total_rows, 7);
  assert.deepEqual(JSON.parse(text).notes, ['a bound was reached']);
});

test('when columns are chosen, then objects hold those alone, in the order of the contract', async () => {
  const rows = [sampleRow({ status_code: 200 })];
  const view = { ...PLAIN_VIEW, format: 'ndjson', columns: ['response.p95', 'status.5xx', 'requests', 'queue.mean'] } as const;
  const { text } = await gathered((sink) => writeReport(sampleResult('status', ['status'], rows), view, sink));
  assert.equal(text, '{"requests":1234,"status":{"5xx":5},"timers":{"queue":{"mean":2.5},"response":{"p95":8}}}\n');
});

test('when a report has many rows, then it goes out in bounded pieces', async () => {
  const row = sampleRow({ status_code: 200 });
  const rows = (function* () {
    for (let i = 0; i < 5_000; i++) yield row;
  })();
  const longest: number[] = [];
  const result = sampleResult('status', ['status'], rows, { total: 5_000 });
  const { text } = await gathered((sink) =>
    writeReport(result, JSON_VIEW, (piece) => {
      longest.push(piece.length);
      return sink(piece);
    }),
  );
  assert.equal(JSON.parse(text).rows.length, 5_000);
  assert.ok(Math.max(...longest) < PIECE_CHARS + 2_000);
});
