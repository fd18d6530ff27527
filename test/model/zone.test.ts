/** Zones of accept dates. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zoneOffset } from '../../src/model/zone.ts';

const HOUR = 3_600_000;
const at = (zone: string, civil: string): number => zoneOffset(zone)(Date.parse(`${civil}Z`)) / HOUR;

test('when a zone is an offset, then it is that at any time', () => {
  for (const [zone, hours] of [
    ['Z', 0],
    ['UTC', 0],
    ['+02:00', 2],
    ['-0330', -3.5],
  ] as const) {
    assert.equal(at(zone, '2026-01-01T00:00:00'), hours, zone);
    assert.equal(at(zone, '2026-07-01T00:00:00'), hours, zone);
  }
});

test('when a zone has summer time, then the offset is that of the date', () => {
  assert.equal(at('Europe/Paris', '2026-01-15T12:00:00'), 1);
  assert.equal(at('Europe/Paris', '2026-07-15T12:00:00'), 2);
  assert.equal(at('America/New_York', '2026-07-15T12:00:00'), -4);
  assert.equal(at('Asia/Kathmandu', '2026-07-15T12:00:00'), 5.75);
});

test('when clocks go forward, then a time that does not exist has the offset before the change', () => {
  assert.equal(at('Europe/Paris', '2026-03-29T01:59:59'), 1);
  assert.equal(at('Europe/Paris', '2026-03-29T02:30:00'), 1);
  assert.equal(at('Europe/Paris', '2026-03-29T03:00:00'), 2);
});

test('when clocks go back, then a time that exists twice is the first of the two', () => {
  assert.equal(at('Europe/Paris', '2026-10-25T01:59:59'), 2);
  assert.equal(at('Europe/Paris', '2026-10-25T02:30:00'), 2);
  assert.equal(at('Europe/Paris', '2026-10-25T03:00:00'), 1);
});

test('when a zone does not exist, then that is an error', () => {
  assert.throws(() => zoneOffset('Europe/Nowhere'), RangeError);
});
