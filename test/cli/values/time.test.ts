import assert from 'node:assert/strict';
import { test } from 'node:test';
import { time } from '../../../src/cli/values/time.ts';

const NOW = Date.UTC(2026, 10, 20, 12, 55, 49);

function read(text: string, timezone: string | null = 'UTC'): string {
  return new Date(time(text, { flag: '--since', now: NOW, timezone })).toISOString();
}

test('when a time is ISO 8601 with a zone, then that zone counts', () => {
  assert.equal(read('2026-11-01T14:30:00Z', 'Europe/Vienna'), '2026-11-01T14:30:00.000Z');
  assert.equal(read('2026-11-01T14:30:00.123456+02:00'), '2026-11-01T12:30:00.123Z');
  assert.equal(read('2026-11-01 14:30-0530'), '2026-11-01T20:00:00.000Z');
});

test('when a time has no zone, then the one given counts, summer and winter', () => {
  assert.equal(read('2026-07-01T14:30', 'Europe/Vienna'), '2026-07-01T12:30:00.000Z');
  assert.equal(read('2026-12-01T14:30', 'Europe/Vienna'), '2026-12-01T13:30:00.000Z');
  assert.equal(read('2026-12-01', '+05:30'), '2026-11-30T18:30:00.000Z');
});

test('when a wall clock shows an hour twice or never, then the first, or the offset before, is meant', () => {
  assert.equal(read('2026-10-25T02:30', 'Europe/Vienna'), '2026-10-25T00:30:00.000Z');
  assert.equal(read('2026-03-29T02:30', 'Europe/Vienna'), '2026-03-29T01:30:00.000Z');
  assert.equal(read('2026-11-01T01:30', 'America/New_York'), '2026-11-01T05:30:00.000Z');
});

test('when only a clock is given, then it is today in that zone', () => {
  assert.equal(read('14:30'), '2026-11-20T14:30:00.000Z');
  assert.equal(read('00:10:05', 'Pacific/Auckland'), '2026-11-20T11:10:05.000Z');
});

test('when a duration is given, with or without a minus, then it is that long ago', () => {
  assert.equal(read('15m'), '2026-11-20T12:40:49.000Z');
  assert.equal(read('-2h'), '2026-11-20T10:55:49.000Z');
});

test('when a date is pasted from a log, then it is read', () => {
  assert.equal(read('01/Nov/2026:14:00:00.006', 'Europe/Vienna'), '2026-11-01T13:00:00.006Z');
  assert.equal(read('[01/Nov/2026:14:00:00]'), '2026-11-01T14:00:00.000Z');
});

test('when a text is no time, then the refusal names the option and what was given', () => {
  for (const text of ['', 'yesterday', '2026-13-01', '2026-02-30', '25:00', '12:60', '01/Foo/2026:00:00:00', '15', '2026-11-01T24:00']) {
    assert.throws(() => read(text), { code: 'OPTION_INVALID', message: new RegExp(`^--since: expected a time .*, got "${text}"$`) }, text);
  }
});
