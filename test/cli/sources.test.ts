/** Where lines come from: a file, stdin in its forms, and a store give the same rows. */

import assert from 'node:assert/strict';
import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { SAMPLE_LOG } from './sample-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'halogen-sources-'));
after(() => rmSync(folder, { recursive: true }));
const log = join(folder, 'haproxy.log');
writeFileSync(log, SAMPLE_LOG);

const BIN = resolve('bin/halogen');

function halogen(args: readonly string[], options: SpawnSyncOptions = {}, env: Readonly<Record<string, string>> = {}) {
  const all = { cwd: folder, ...options, env: { PATH: process.env.PATH, TZ: 'UTC', ...env }, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], all);
  return { status, stdout: String(stdout), stderr: String(stderr) };
}

const ARGS = ['urls', '--format', 'json'] as const;
const expected = halogen([...ARGS, log]).stdout;

test('when a file is named, then its requests are counted by method and path', () => {
  const { rows, ledger } = JSON.parse(expected);
  assert.deepEqual(
    rows.map(({ method, path, requests }: Record<string, unknown>) => [method, path, requests]),
    [
      ['POST', '/b', 1],
      ['GET', '/a', 2],
      [null, null, 1],
    ],
  );
  assert.deepEqual(ledger, { lines: 6, requests: 4, events: 1, truncated: 0, unparsed: 1, filtered: 0, duplicate: 0 });
});

test('when lines are piped in, then they are read, with - or without', () => {
  assert.equal(halogen(ARGS, { input: SAMPLE_LOG }).stdout, expected);
  assert.equal(halogen([...ARGS, '-'], { input: SAMPLE_LOG }).stdout, expected);
});

test('when stdin is a file, then it is read as one', () => {
  const stdin = openSync(log, 'r');
  assert.equal(halogen(ARGS, { stdio: [stdin, 'pipe', 'pipe'] }).stdout, expected);
  closeSync(stdin);
});

test('when nothing is piped in and there is no store, then that is said', () => {
  const { status, stderr } = halogen(ARGS, { stdio: ['ignore', 'pipe', 'pipe'] });
  assert.equal(status, 2);
  assert.match(stderr, /^halogen: halogen\.db: no such store; give FILE, pipe a log in, or name a store with --db\n$/);
});

test('when a log was taken into a store, then reports answer from it: by --db, by $HALOGEN_DB, by its usual name', () => {
  assert.equal(halogen(['ingest', log]).status, 0);
  const noInput: SpawnSyncOptions = { stdio: ['ignore', 'pipe', 'pipe'] };
  assert.equal(halogen(ARGS, noInput).stdout, expected);
  assert.equal(halogen(ARGS, noInput, { HALOGEN_DB: join(folder, 'halogen.db') }).stdout, expected);
  assert.equal(halogen([...ARGS, '--db', 'halogen.db'], { input: 'not read' }).stdout, expected);
});

test('when a store is asked in SQL, then its rows come in the format asked for', () => {
  const query = 'select method, count(*) as n from requests where method is not null group by method order by method';
  assert.equal(halogen(['sql', '--format', 'csv', query]).stdout, 'method,n\r\nGET,2\r\nPOST,1\r\n');
  assert.equal(halogen(['sql', '--format', 'ndjson', query]).stdout, '{"method":"GET","n":2}\n{"method":"POST","n":1}\n');
  assert.equal(halogen(['sql', query]).stdout, 'method  n\n──────  ─\nGET     2\nPOST    1\n');
  assert.equal(halogen(['sql', 'select 1 where 0']).status, 1);
  assert.deepEqual(halogen(['sql', 'drop table request']).status, 2);
});

test('when the lines themselves are asked of a store, which does not keep them, then that is said', () => {
  const { status, stdout, stderr } = halogen(['records', '--format', 'raw', '--db', 'halogen.db']);
  assert.deepEqual([status, stdout], [2, '']);
  assert.equal(stderr, 'halogen: halogen.db: a store does not keep lines as they came; --format raw needs FILE or a pipe\n');
});

test('when lines of no format are asked of a store, then it gives its samples of them, as the file does', () => {
  const fromFile = halogen(['records', '--unparsed', log]);
  assert.equal(fromFile.stdout.trimEnd().split('\n').length, 1);
  assert.equal(halogen(['records', '--unparsed', '--db', 'halogen.db']).stdout, fromFile.stdout);
});

test('when records are filtered by what is not shown of them, then the filter still holds', () => {
  const { stdout } = halogen(['records', '--format', 'raw', '--status', '503', log]);
  assert.match(stdout, /^[^\n]*"POST \/b HTTP\/1\.1"\n$/);
});
