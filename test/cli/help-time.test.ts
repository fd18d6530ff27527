/** The contract of the command line: help in no more than twice the time of `node -e 0`. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

const ROUNDS = 3;
const RUNS = 8;

function milliseconds(args: readonly string[]): number {
  const start = performance.now();
  spawnSync(process.execPath, args);
  return performance.now() - start;
}

test('when help is asked for, then it takes at most twice the time of an empty program', () => {
  let ratio = Number.POSITIVE_INFINITY;
  // The quickest of several runs is what the machine can do; another round where something else kept it busy.
  for (let round = 0; round < ROUNDS && ratio > 2; round++) {
    let empty = Number.POSITIVE_INFINITY;
    let help = Number.POSITIVE_INFINITY;
    for (let run = 0; run < RUNS; run++) {
      empty = Math.min(empty, milliseconds(['-e', '0']));
      help = Math.min(help, milliseconds(['bin/halogen', '--help']));
    }
    ratio = help / empty;
  }
  assert.ok(ratio <= 2, `${ratio.toFixed(2)} times`);
});
