/** The benchmark runs, and measures what it says. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CASES, SOURCES } from './cases.ts';
import { measure, median } from './measure.ts';

const HERE = fileURLToPath(import.meta.url);

test('when a program is measured, then its time, processor time and memory are those of that program', async () => {
  const busy = `const end = Date.now() + 300; const kept = Buffer.alloc(100e6, 1); while (Date.now() < end) kept[0]++;`;
  for (const source of SOURCES) {
    const { wallMs, cpuMs, peakMiB } = await measure([process.execPath, '-e', busy], HERE, source);
    assert.ok(wallMs >= 300, `${wallMs}`);
    if (cpuMs !== null) assert.ok(cpuMs > 50 && cpuMs < wallMs * 4, `${cpuMs}`);
    if (peakMiB !== null) assert.ok(peakMiB > 95 && peakMiB < 1_000, `${peakMiB}`);
  }
});

test('when a program reads its stdin, then it gets the file, whichever way', async () => {
  const check = `require('fs').readFileSync(0).length > 0 || process.exit(1)`;
  for (const source of SOURCES) await measure([process.execPath, '-e', check], HERE, source);
});

test('when a program fails, then measuring it throws and tells what it said', async () => {
  await assert.rejects(measure([process.execPath, '-e', `console.error('no'); process.exit(3)`], HERE, 'file'), /ended with 3: no/);
  await assert.rejects(measure(['./no-such-program'], HERE, 'file'), /ENOENT/);
});

test('when values are sorted or not, then the median is the middle one', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([10, 1, 2, 4]), 3);
  assert.equal(median([1, null]), null);
  assert.equal(median([]), null);
});

test('when the benchmark is tried on a small log, then each report is timed from each source', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('run.js', import.meta.url)), '--smoke'], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  for (const { name } of CASES) {
    for (const source of SOURCES) assert.match(stdout, new RegExp(`^${name} +${source} +\\d+ `, 'm'));
  }
});
