/** Lines about the limit: their length is counted without what ends them, and what is over it is flagged and passed over. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHUNK_BYTES, MAX_LINE_BYTES } from '../../src/limits.ts';
import { chunksOf, expected, parsed } from './parsed-log.ts';

test('when lines are about as long as the limit, then each way to cut and to end them gives what the reference reads', () => {
  const start = '192.0.2.7:4711 [03/Nov/2026:07:08:09.010] in app/app1 10/0/30/69/109 200 2750 - - ---- 1/2/3/4/0 5/6 "GET /';
  const beginnings = [start, start.slice(0, 60), 'x', '192.0.2.7:4711 [03/Nov/2026:07:08:09.010] in/1: ', 'Proxy '];
  for (const beginning of beginnings) {
    for (const length of [
      MAX_LINE_BYTES - 1,
      MAX_LINE_BYTES,
      MAX_LINE_BYTES + 1,
      MAX_LINE_BYTES + 2,
      3 * MAX_LINE_BYTES,
      2 * CHUNK_BYTES,
    ]) {
      for (const [last, end] of [
        ['"', '\n'],
        ['x', '\r\n'],
        ['"', ''],
      ] as const) {
        const line = `${beginning.padEnd(length - 1, 'a')}${last}${end}`;
        const log = Buffer.from(`${start}"\n${line}${end === '' ? '' : `${start}"\n`}`, 'latin1');
        const wanted = expected(log);
        for (const size of [log.length, 65_536, 65_537, 8_191]) {
          const got = parsed(chunksOf(log, size));
          assert.deepEqual(
            got,
            wanted,
            `${beginning.slice(-20)}… of ${length} bytes, ended by ${JSON.stringify(end)}, in chunks of ${size}`,
          );
        }
      }
    }
  }
});
