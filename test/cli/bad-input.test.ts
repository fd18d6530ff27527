/** What halogen does with input that is no log, or a damaged one: seen from outside, through bin/halogen. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { MAX_LINE_BYTES } from '../../src/limits.ts';
import { emptyLedger, LEDGER_CLASSES, type Ledger } from '../../src/model/ledger.ts';
import { type JsonReport, type Run, runHalogen } from '../fixtures/run-halogen.ts';

const folder = mkdtempSync(join(tmpdir(), 'halogen-bad-input-'));
after(() => rmSync(folder, { recursive: true }));

const line = (request: string) =>
  `Nov 20 10:00:00 lb1 haproxy[1]: 127.0.0.1:40000 [20/Nov/2026:10:00:00.000] web app/app1 0/0/0/1/1 200 135 - - ---- 1/1/0/0/0 0/0 "${request}"`;
const GOOD = line('GET /a HTTP/1.1');

let files = 0;

/** A file of these bytes; a text is written as latin1, so that each character is one byte. */
function fileOf(content: string | Uint8Array): string {
  const file = join(folder, `input-${files++}.log`);
  writeFileSync(file, content, 'latin1');
  return file;
}

const SERVERS = ['servers', '--format', 'json'] as const;

/** The ledger in the report's JSON, after its classes have been added up. */
function ledgerOf({ stdout }: Run): Ledger {
  const { ledger } = JSON.parse(stdout) as JsonReport;
  const sum = LEDGER_CLASSES.reduce((total, name) => total + ledger[name], 0);
  assert.equal(sum, ledger.lines, `the ledger does not add up: ${JSON.stringify(ledger)}`);
  return ledger;
}

/** The requests of all rows. */
function requestsOf({ stdout }: Run): number {
  return (JSON.parse(stdout) as JsonReport).rows.reduce((sum, row) => sum + row.requests, 0);
}

/** Holds a run of a report on one input, from a file and from a pipe, against exit status and ledger. */
function assertLedger(content: string | Uint8Array, status: number, counts: Partial<Ledger>): void {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  for (const run of [runHalogen([...SERVERS, fileOf(bytes)]), runHalogen([...SERVERS, '-'], bytes)]) {
    assert.equal(run.status, status, run.stderr);
    assert.deepEqual(ledgerOf(run), { ...emptyLedger(), ...counts });
    assert.equal(run.stderr, '');
  }
}

/** Holds a run on a file that is as good as any other against the requests in it. */
function assertLedgerOfFile(content: Uint8Array, requests: number): void {
  const run = runHalogen([...SERVERS, fileOf(content)]);
  assert.equal(run.status, 0, run.stderr);
  assert.equal(ledgerOf(run).requests, requests);
}

function assertRefused(run: Run, names: RegExp): void {
  assert.equal(run.status, 2);
  assert.match(run.stderr, /^[^\n]+\n$/, 'one line on stderr');
  assert.match(run.stderr, names);
}

test('when a file is empty, then nothing matched: exit 1, no lines', () => {
  assertLedger('', 1, {});
});

test('when a file is binary, then its lines are counted as unparsed: exit 1', () => {
  const bytes = Uint8Array.from({ length: 65_536 }, (_, i) => (i * i * 31 + (i >> 3)) & 0xff);
  const lines = Buffer.from(bytes).toString('latin1').split('\n').length;
  assertLedger(bytes, 1, { lines, unparsed: lines });
});

test('when a FILE is missing, then it is named: exit 2', () => {
  assertRefused(runHalogen([...SERVERS, join(folder, 'missing.log')]), /missing\.log: cannot be read/);
});

test('when a FILE is a directory, then it is named: exit 2', () => {
  mkdirSync(join(folder, 'directory.log'));
  assertRefused(runHalogen([...SERVERS, join(folder, 'directory.log')]), /directory\.log: cannot be read/);
});

test('when one FILE of several cannot be read, then the others are, and the exit is 2', () => {
  const run = runHalogen([...SERVERS, fileOf(`${GOOD}\n`), join(folder, 'missing.log'), fileOf(`${GOOD}\n${GOOD}\n`)]);
  assertRefused(run, /missing\.log/);
  assert.equal(ledgerOf(run).requests, 3);
});

test('when lines hold NULs, then they are bytes as any other', () => {
  assertLedger(`${line('GET /a\0b HTTP/1.1')}\n\0\0\0\n${GOOD}\n`, 0, { lines: 3, requests: 2, unparsed: 1 });
});

test('when lines end in CRLF, then the CR is no part of them', () => {
  const input = `${GOOD}\r\n${line('GET /b')}\r\n`;
  assertLedger(input, 0, { lines: 2, requests: 2 });
  const paths = records(fileOf(input)).map(({ path }) => path);
  assert.deepEqual(paths, ['/a', '/b']);
});

test('when a line is not UTF-8, then it counts, and what is printed is UTF-8', () => {
  const input = `${line('GET /caf\xe9\xff HTTP/1.1')}\n`;
  assertLedger(input, 0, { lines: 1, requests: 1 });
  assert.equal(records(fileOf(input))[0]?.path, '/caf\ufffd\ufffd');
});

test('when a file is cut in mid-line, then the rest of a line is counted as truncated', () => {
  const beforeCounters = GOOD.slice(0, GOOD.indexOf(' 200 '));
  assertLedger(`${GOOD}\n${beforeCounters}`, 0, { lines: 2, requests: 1, truncated: 1 });
});

test('when a file is cut within a request, then that request is reported, and its line counted as truncated', () => {
  const input = `${GOOD}\n${GOOD.slice(0, -12)}`;
  assertLedger(input, 0, { lines: 2, requests: 1, truncated: 1 });
  assert.equal(requestsOf(runHalogen([...SERVERS, fileOf(input)])), 2);
});

test('when a gzip file is cut, then what could be read is reported, and the file named: exit 2', () => {
  const whole = gzipSync(`${GOOD}\n`.repeat(500_000));
  const run = runHalogen([...SERVERS, fileOf(whole.subarray(0, whole.length / 2))]);
  assertRefused(run, /input-\d+\.log: cannot be read: damaged gzip/);
  const { requests } = ledgerOf(run);
  assert.ok(requests > 0 && requests < 500_000, `${requests} requests`);
});

test('when junk follows a gzip file, then what came before is reported, and the file named: exit 2', () => {
  const content = Buffer.concat([gzipSync(`${GOOD}\n`), gzipSync(`${GOOD}\n`), Buffer.from('no gzip')]);
  const run = runHalogen([...SERVERS, fileOf(content)]);
  assertRefused(run, /input-\d+\.log: cannot be read: damaged gzip content: what follows is no gzip/);
  assert.equal(ledgerOf(run).requests, 2);
});

test('when a gzip file has a bit changed, then it is named: exit 2', () => {
  const whole = gzipSync(`${GOOD}\n`.repeat(100_000));
  for (const at of [whole.length >> 1, whole.length - 6]) {
    const content = Buffer.from(whole);
    content.writeUInt8(content.readUInt8(at) ^ 0xff, at);
    assertRefused(runHalogen([...SERVERS, fileOf(content)]), /input-\d+\.log: cannot be read: damaged gzip/);
  }
});

test('when a gzip file is padded with zeros, then they are no content', () => {
  assertLedgerOfFile(Buffer.concat([gzipSync(`${GOOD}\n`), Buffer.alloc(512)]), 1);
});

test('when a line has 100 MB, then it is truncated, the next is read, and memory stays where it was', () => {
  const file = join(folder, 'long.log');
  const output = openSync(file, 'w');
  const part = Buffer.alloc(1 << 20, 'x');
  for (let written = 0; written < 100; written++) writeSync(output, part);
  writeSync(output, `\n${GOOD}\n`);
  closeSync(output);
  const [short, long] = [runMeasured(fileOf(`${GOOD}\n`)), runMeasured(file)];
  assert.deepEqual(ledgerOf(long.run), { ...emptyLedger(), lines: 2, requests: 1, truncated: 1 });
  assert.ok(long.peak - short.peak < 32 * 1024, `a short line takes ${short.peak} KiB, this one ${long.peak}`);
});

test('when a request is longer than a line may be, then its first part is reported, and its line counted as truncated', () => {
  const input = `${line(`GET /${'x'.repeat(2 * MAX_LINE_BYTES)} HTTP/1.1`)}\n${GOOD}\n`;
  assertLedger(input, 0, { lines: 2, requests: 1, truncated: 1 });
  assert.equal(requestsOf(runHalogen([...SERVERS, fileOf(input)])), 2);
});

test('when the reader of stdout goes away, then that is success, without a word', () => {
  const file = fileOf(`${GOOD}\n`.repeat(200_000));
  for (const command of ['records "$1"', 'records - < "$1"', 'servers --format json "$1"']) {
    const script = `"$0" bin/halogen ${command} | head -n 1 > "$1.out"; exit "\${PIPESTATUS[0]}"`;
    const { status, stderr } = spawnSync('bash', ['-c', script, process.execPath, file], { encoding: 'utf8' });
    assert.equal(status, 0, `${command}: ${stderr}`);
    assert.equal(stderr, '');
  }
});

function records(file: string): Record<string, unknown>[] {
  const { status, stdout, stderr } = runHalogen(['records', file]);
  assert.equal(status, 0, stderr);
  const rows = stdout.trimEnd().split('\n');
  return rows.map((row) => JSON.parse(row) as Record<string, unknown>);
}

/** Runs a report on the file. Out: the run, and the most memory it held at a time, in KiB. */
function runMeasured(file: string): { readonly run: Run; readonly peak: number } {
  const report = 'process.on("exit", () => console.error("peak", process.resourceUsage().maxRSS))';
  const args = ['--import', `data:text/javascript,${encodeURIComponent(report)}`, 'bin/halogen', ...SERVERS, file];
  const run = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const peaks = [...run.stderr.matchAll(/^peak (\d+)$/gm)].map(([, kib]) => Number(kib));
  return { run, peak: Math.max(...peaks) };
}
