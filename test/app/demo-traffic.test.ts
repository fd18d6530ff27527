import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DemoTraffic } from '../../src/app/demo-traffic.ts';
import { FORMATS } from '../../src/format/formats.ts';
import type { LogRecord } from '../../src/format/log-record.ts';
import { lineRenderer } from '../../src/format/render.ts';
import { parseLine } from '../reference/reference-parser.ts';

const NOW = Date.UTC(2026, 10, 1);

function records(seed: number, count: number): LogRecord[] {
  const traffic = new DemoTraffic(seed);
  return Array.from({ length: count }, (_, at) => traffic.nextRecord(NOW + at));
}

test('when the seed is the same, then so are the records; another seed gives others', () => {
  assert.deepEqual(records(1, 100), records(1, 100));
  assert.notDeepEqual(records(1, 100), records(2, 100));
});

test('when records are rendered as httplog, then each is a line that parses, and its timers add up', () => {
  const render = lineRenderer(FORMATS.find(({ name }) => name === 'httplog')?.logFormat ?? '');
  for (const record of records(3, 5_000)) {
    const line = render(record);
    const parsed = parseLine(Buffer.from(line), () => 0);
    assert.equal(parsed.outcome, 'record', line);
    assert.equal(parsed.outcome === 'record' && parsed.record.status_code, record.status_code);
    const phases = [record.time_request, record.time_queue, record.time_connect, record.time_response].map(Number);
    const spent = phases.reduce((sum, ms) => sum + Math.max(0, ms), 0);
    assert.ok(Number(record.time_total) >= spent, line);
  }
});

test('when a few thousand records are made, then there is a slow server, a failing one, and a queue', () => {
  const all = records(4, 5_000);
  const of = (server: string): LogRecord[] => all.filter(({ server_name }) => server_name === server);
  const mean = (list: readonly LogRecord[], timer: 'time_response' | 'time_queue'): number =>
    list.reduce((sum, record) => sum + Math.max(0, Number(record[timer])), 0) / list.length;
  const failing = (list: readonly LogRecord[]): number => list.filter(({ status_code }) => Number(status_code) >= 500).length / list.length;
  assert.ok(mean(of('app3'), 'time_response') > 3 * mean(of('app1'), 'time_response'));
  assert.ok(failing(of('api2')) > 0.05 && failing(of('api1')) < 0.02);
  assert.ok(mean(of('search1'), 'time_queue') > 10 * mean(of('app1'), 'time_queue'));
});
