/** What comes out, and where: results on stdout, all else on stderr, and the exit status. */

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { test } from 'node:test';
import { runHalogen } from '../fixtures/run-halogen.ts';
import { SAMPLE_ACCOUNT, SAMPLE_LOG } from './sample-log.ts';

test('when a table is written, then the account of the lines stands on stderr', () => {
  const { status, stdout, stderr } = runHalogen(['servers', '--columns', 'backend,server,requests,errors,response.p95', '-'], SAMPLE_LOG);
  assert.equal(status, 0);
  assert.match(stdout, /^app +app1 +2 +0 +40 ms$/m);
  assert.match(stdout, /^web +<NOSRV> +1 +1 +-$/m);
  assert.equal(stderr, `${SAMPLE_ACCOUNT}\naccepted from 2026-11-01T10:00:00.000Z to 2026-11-01T10:01:00.000Z\n`);
});

test('when filters drop everything, then the account says so and the exit is 1', () => {
  const { status, stdout, stderr } = runHalogen(['status', '--path', '/none', '-'], SAMPLE_LOG);
  assert.deepEqual({ status, stdout }, { status: 1, stdout: '' });
  assert.match(stderr, /^6 lines: 1 unparsed, 5 filtered/);
});

test('when each filter is given, then it keeps what it names', () => {
  const kept = (...filter: string[]): number => {
    const { stdout } = runHalogen(['report', '--by', 'status', '--format', 'json', '--timezone', 'UTC', ...filter, '-'], SAMPLE_LOG);
    return JSON.parse(stdout).ledger.requests;
  };
  assert.equal(kept('--errors'), 2);
  assert.equal(kept('--status', '2xx,-1'), 3);
  assert.equal(kept('--status', '2xx', '--status', '503'), 3);
  assert.equal(kept('--queued'), 1);
  assert.equal(kept('--slower', '500ms'), 1);
  assert.equal(kept('--slower', 'queue=500ms'), 1);
  assert.equal(kept('--client', '10.0.0.0/30'), 3);
  assert.equal(kept('--client', '2001:db8::/32'), 1);
  assert.equal(kept('--server', 'app*'), 3);
  assert.equal(kept('--method', 'GET', '--invert'), 2);
  assert.equal(kept('--termination', 'S,C'), 2);
  assert.equal(kept('--since', '2026-11-01T10:00:01', '--until', '01/Nov/2026:10:01:00'), 2);
  assert.equal(kept('--since', '2026-11-01T11:00:01+01:00', '--backend', 'app'), 2);
});

test('when a timeline has a width, then its rows are that wide', () => {
  const { stdout } = runHalogen(['timeline', '--every', '1m', '--format', 'csv', '--columns', 'time,requests', '-'], SAMPLE_LOG);
  assert.equal(stdout, 'time,requests\r\n2026-11-01T10:00:00.000Z,3\r\n2026-11-01T10:01:00.000Z,1\r\n');
});

test('when the query is kept, then URLs differ by it', () => {
  const { stdout } = runHalogen(
    ['urls', '--query', '--format', 'csv', '--columns', 'path', '--sort', 'path', '--method', 'GET', '-'],
    SAMPLE_LOG,
  );
  assert.equal(stdout, 'path\r\n/a?x=1\r\n/a?x=2\r\n');
});

test('when records are printed raw, then it is a grep', () => {
  const { stdout } = runHalogen(['records', '--format', 'raw', '--status', '5xx', '-'], SAMPLE_LOG);
  assert.equal(stdout, `${SAMPLE_LOG.split('\n')[2]}\n`);
});

test('when the unparsed are asked for, then each comes with its place', () => {
  const { status, stdout } = runHalogen(['records', '--unparsed', '-'], SAMPLE_LOG);
  const { line, text } = JSON.parse(stdout);
  assert.deepEqual({ status, line, text }, { status: 0, line: 6, text: 'this is no log line' });
});

test('when stdout is full, then that is said, and the exit is 2', {
  skip: existsSync('/dev/full') ? false : 'there is no /dev/full here',
}, () => {
  const full = openSync('/dev/full', 'w');
  const run = spawnSync(process.execPath, ['bin/halogen', 'status', '-'], {
    input: SAMPLE_LOG,
    stdio: ['pipe', full, 'pipe'],
    encoding: 'utf8',
  });
  closeSync(full);
  assert.equal(run.status, 2);
  assert.match(run.stderr, /^halogen: stdout: cannot be written: ENOSPC[^\n]*\n$/);
});

test('when the reader of stderr goes away, then the result still comes', async () => {
  const child = spawn(process.execPath, ['bin/halogen', 'status', '--format', 'csv', '-'], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stderr.destroy();
  child.stdin.end(SAMPLE_LOG);
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  const [status] = await once(child, 'close');
  assert.equal(status, 0);
  assert.equal(out.split('\r\n').length, 5);
});
