/** Where the input is cut into chunks changes nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CHUNK_BYTES } from '../../src/limits.ts';
import { generateLog } from '../bench/log-generator.ts';
import { anyLine, logOf } from './arbitrary-lines.ts';
import { chunksOf, expected, parsed } from './parsed-log.ts';
import { runs } from './runs.ts';

/** Chunks of the sizes given, over and over. */
function* cutAt(log: Uint8Array, sizes: readonly number[]): Iterable<Uint8Array> {
  for (let at = 0, n = 0; at < log.length; n++) {
    const size = sizes[n % sizes.length] as number;
    yield log.subarray(at, at + size);
    at += size;
  }
}

test('when a log comes whole, in 64 bytes or in single bytes, then its records are the same', () => {
  fc.assert(
    fc.property(logOf(anyLine, 40), (log) => {
      const whole = parsed([log]);
      assert.deepEqual(parsed(chunksOf(log, 64)), whole);
      assert.deepEqual(parsed(chunksOf(log, 1)), whole);
    }),
    runs(100),
  );
});

test('when a log comes in random cuts, then its records are the same', () => {
  fc.assert(
    fc.property(logOf(anyLine, 40), fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1 }), (log, sizes) => {
      assert.deepEqual(parsed(cutAt(log, sizes)), parsed([log]));
    }),
    runs(100),
  );
});

test('when a log is several times the input buffer, then cuts of any size give what the reference reads', () => {
  const log = generateLog({ lines: 6_000, seed: 3, format: 'mixed', envelope: 'mixed', distinctUrls: 500, distinctClients: 500 });
  const whole = expected(log);
  assert.equal(whole.ledger.requests, 6_000);
  for (const size of [log.length, CHUNK_BYTES, CHUNK_BYTES - 1, CHUNK_BYTES + 1, 65_536, 4_099, 64]) {
    assert.deepEqual(parsed(chunksOf(log, size)), whole, `chunks of ${size} bytes`);
  }
});
