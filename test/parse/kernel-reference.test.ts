/** The kernel against its oracle: every column of every line, and the ledger. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyLine, logOf, validLine } from './arbitrary-lines.ts';
import { expected, parsed } from './parsed-log.ts';
import { runs } from './runs.ts';

const LINES = 60;

function agrees(log: Uint8Array): void {
  const got = parsed([log]);
  const wanted = expected(log);
  // Row by row first: the message then shows the line that is read otherwise, and no more.
  for (const [index, row] of wanted.rows.entries()) assert.deepEqual(got.rows[index], row);
  assert.deepEqual(got, wanted);
}

test('when lines are valid, then the reference makes a record of each', () => {
  fc.assert(
    fc.property(logOf(validLine, LINES), (log) => {
      const { ledger } = expected(log);
      assert.equal(ledger.requests, ledger.lines);
    }),
    runs(100),
  );
});

test('when lines are valid, then the kernel reads what the reference reads', () => {
  fc.assert(fc.property(logOf(validLine, LINES), agrees), runs(150));
});

test('when lines are damaged, then the kernel judges them as the reference does', () => {
  fc.assert(fc.property(logOf(anyLine, LINES), agrees), runs(300));
});

test('when bytes are random, then the kernel judges them as the reference does', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 4_096, size: 'max' }), agrees), runs(100));
});

test('when a line is cut at each of its bytes, then the kernel judges each piece as the reference does', () => {
  fc.assert(
    fc.property(validLine, (line) => {
      const pieces = Array.from({ length: line.length + 1 }, (_, length) => line.slice(0, length));
      agrees(Buffer.from(pieces.join('\n'), 'latin1'));
    }),
    runs(60),
  );
});

test('when one byte of a line is any other, then the kernel judges it as the reference does', () => {
  const places = fc.tuple(validLine, fc.nat({ max: 999 }));
  fc.assert(
    fc.property(places, ([line, share]) => {
      const at = Math.floor((share / 1000) * line.length);
      const variants = Array.from({ length: 256 }, (_, code) => line.slice(0, at) + String.fromCharCode(code) + line.slice(at + 1));
      agrees(Buffer.from(variants.join('\n'), 'latin1'));
    }),
    runs(60),
  );
});
