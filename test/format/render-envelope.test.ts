import assert from 'node:assert/strict';
import { test } from 'node:test';
import { envelope } from '../../src/format/render-envelope.ts';

const time = Date.UTC(2026, 10, 1);

test('when no host is given, then the envelope is that of format local, its day padded with a blank', () => {
  assert.equal(envelope({ time, tag: 'haproxy', pid: 123 }), '<134>Nov  1 00:00:00 haproxy[123]: ');
});

test('when a host and a priority are given, then both are shown', () => {
  assert.equal(envelope({ time, utcOffset: 60 * 24 * 10, host: 'lb1', tag: 'lb', pid: 1, pri: 8 }), '<8>Nov 11 00:00:00 lb1 lb[1]: ');
});
