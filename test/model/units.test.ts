import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatBytes, formatDuration, formatNumber, formatShare, parseDuration } from '../../src/model/units.ts';

test('when a duration has a unit, then it is read in milliseconds', () => {
  const cases = { '500ms': 500, '1.5s': 1_500, '15m': 900_000, '2h': 7_200_000, '1d': 86_400_000, '1w': 604_800_000 };
  for (const [text, ms] of Object.entries(cases)) assert.equal(parseDuration(text), ms, text);
});

test('when a text is no duration, then it is null', () => {
  for (const text of ['', '5', 'ms', '5 ms', '-5ms', '5M', '1e3s', '0x1s']) assert.equal(parseDuration(text), null, text);
});

test('when numbers are shown, then thousands are set apart and three figures kept', () => {
  assert.deepEqual(
    [0, 999, 1_000, 1_234_567, -1_000, -100].map((n) => formatNumber(n)),
    ['0', '999', '1,000', '1,234,567', '-1,000', '-100'],
  );
  assert.equal(formatNumber(1_234.56, 1), '1,234.6');
  assert.deepEqual([0, 3.456, 340, 1_200, 59_999, 90_000, 36_000_000, 864_000_000].map(formatDuration), [
    '0 ms',
    '3.46 ms',
    '340 ms',
    '1.20 s',
    '60.0 s',
    '1.50 min',
    '10.0 h',
    '10.0 d',
  ]);
  assert.deepEqual([0, 512, 999, 1_000, 12_345_678, 999_600_000].map(formatBytes), [
    '0 B',
    '512 B',
    '999 B',
    '1.00 kB',
    '12.3 MB',
    '1.00 GB',
  ]);
  assert.deepEqual([0, 1, 0.5, 0.00123, 0.00001].map(formatShare), ['0 %', '100 %', '50.0 %', '0.12 %', '<0.01 %']);
});
