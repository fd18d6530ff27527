/** Files into the store: what is there is skipped, whatever became of the file meanwhile. */
import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync, existsSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { type IngestOutcome, runIngest } from '../../src/app/ingest.ts';
import { MAX_LINE_BYTES } from '../../src/limits.ts';
import { emptyLedger } from '../../src/model/ledger.ts';
import { storeContent } from './store-content.ts';

function temporaryFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'halogen-ingest-'));
  context.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A store in a folder of its own, with files beside it. */
class Bench {
  readonly folder: string;
  readonly db: string;

  constructor(context: TestContext) {
    this.folder = temporaryFolder(context);
    this.db = join(this.folder, 'halogen.db');
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Writes a file as one that nobody writes to any more. */
  write(name: string, content: string | Uint8Array): string {
    const path = this.path(name);
    writeFileSync(path, content);
    utimesSync(path, 1_000_000, 1_000_000);
    return path;
  }

  ingest(...names: readonly string[]): Promise<IngestOutcome> {
    return runIngest({ files: names.map((name) => this.path(name)), db: this.db, reading: { timezone: 'UTC', keepQuery: false } });
  }

  /** Line numbers and paths of the requests, by the base names of their files. */
  requests(): [string, number, string][] {
    const database = new Database(this.db, { readonly: true });
    const sql = 'SELECT source, line_number, path FROM requests ORDER BY source, line_number';
    const requests = database.prepare<[], [string, number, string]>(sql).raw().all();
    database.close();
    return requests.map(([source, number, path]) => [source.slice(this.folder.length + 1), number, path]);
  }
}

const line = (path: string): string =>
  `127.0.0.1:40000 [20/Nov/2026:10:00:00.000] web app/app1 0/0/0/1/1 200 135 - - ---- 1/1/0/0/0 0/0 "GET /${path} HTTP/1.1"`;
const lines = (...paths: readonly string[]): string => paths.map((path) => `${line(path)}\n`).join('');
/** More than what a content is known by. */
const many = (first: number, count: number): string => lines(...Array.from({ length: count }, (_, i) => String(first + i)));

test('when a file is ingested twice, then its lines are duplicates the second time', async (t) => {
  const bench = new Bench(t);
  bench.write('a.log', `${lines('1', '2')}no log line\n`);
  assert.deepEqual((await bench.ingest('a.log')).ledger, { ...emptyLedger(), lines: 3, requests: 2, unparsed: 1 });
  const once = storeContent(bench.db);
  assert.deepEqual((await bench.ingest('a.log')).ledger, { ...emptyLedger(), lines: 3, duplicate: 3 });
  assert.deepEqual(storeContent(bench.db), once);
});

for (const count of [1, 5, 100]) {
  test(`when a file of ${count} lines has grown, then the new lines are taken, numbered from the file's first`, async (t) => {
    const bench = new Bench(t);
    bench.write('a.log', many(1, count));
    await bench.ingest('a.log');
    appendFileSync(bench.path('a.log'), many(count + 1, 200));
    const { ledger } = await bench.ingest('a.log');
    assert.deepEqual(ledger, { ...emptyLedger(), lines: count + 200, requests: 200, duplicate: count });
    assert.deepEqual(
      bench.requests(),
      Array.from({ length: count + 200 }, (_, i) => ['a.log', i + 1, `/${i + 1}`]),
    );
  });
}

test('when a log is rotated by renaming, then each line is in the store once, and the file has its new name', async (t) => {
  const bench = new Bench(t);
  bench.write('a.log', many(1, 50));
  await bench.ingest('a.log');
  appendFileSync(bench.path('a.log'), many(51, 10));
  renameSync(bench.path('a.log'), bench.path('a.log.1'));
  bench.write('a.log', many(101, 5));
  const { ledger } = await bench.ingest('a.log', 'a.log.1');
  assert.deepEqual(ledger, { ...emptyLedger(), lines: 65, requests: 15, duplicate: 50 });
  assert.deepEqual(bench.requests(), [
    ...Array.from({ length: 5 }, (_, i) => ['a.log', i + 1, `/${101 + i}`]),
    ...Array.from({ length: 60 }, (_, i) => ['a.log.1', i + 1, `/${1 + i}`]),
  ]);
});

test('when a file was compressed since, then it is known, and what it has more is taken', async (t) => {
  const bench = new Bench(t);
  bench.write('a.log', many(1, 50));
  await bench.ingest('a.log');
  bench.write('a.log.gz', gzipSync(many(1, 60)));
  assert.deepEqual((await bench.ingest('a.log.gz')).ledger, { ...emptyLedger(), lines: 60, requests: 10, duplicate: 50 });
  assert.deepEqual((await bench.ingest('a.log.gz', 'a.log')).ledger, { ...emptyLedger(), lines: 110, requests: 50, duplicate: 60 });
});

test('when a file has less than was taken of it, then it is another content', async (t) => {
  const bench = new Bench(t);
  bench.write('a.log', many(1, 100));
  await bench.ingest('a.log');
  bench.write('a.log', many(1, 60));
  assert.deepEqual((await bench.ingest('a.log')).ledger, { ...emptyLedger(), lines: 60, requests: 60 });
  bench.write('b.log.gz', gzipSync(many(1, 55)));
  assert.deepEqual((await bench.ingest('b.log.gz')).ledger, { ...emptyLedger(), lines: 55, requests: 55 });
  assert.deepEqual((await bench.ingest('a.log', 'b.log.gz')).ledger, { ...emptyLedger(), lines: 115, duplicate: 115 });
});

test('when the last line of a file that is being written has no LF, then it is left to the ingest after its end came', async (t) => {
  const bench = new Bench(t);
  writeFileSync(bench.path('a.log'), lines('1') + line('2').slice(0, 50));
  const first = await bench.ingest('a.log');
  assert.deepEqual(first.ledger, { ...emptyLedger(), lines: 1, requests: 1 });
  assert.deepEqual(first.unfinished, [bench.path('a.log')]);
  appendFileSync(bench.path('a.log'), `${line('2').slice(50)}\n`);
  const second = await bench.ingest('a.log');
  assert.deepEqual(second.ledger, { ...emptyLedger(), lines: 2, requests: 1, duplicate: 1 });
  assert.deepEqual(second.unfinished, []);
});

test('when the last line of a file that is no longer written has no LF, then it is taken; an LF that comes later is no line', async (t) => {
  const bench = new Bench(t);
  bench.write('a.log', lines('1') + line('2'));
  const first = await bench.ingest('a.log');
  assert.deepEqual(first.ledger, { ...emptyLedger(), lines: 2, requests: 2 });
  assert.deepEqual(first.unfinished, []);
  appendFileSync(bench.path('a.log'), '\n');
  assert.deepEqual((await bench.ingest('a.log')).ledger, { ...emptyLedger(), lines: 2, duplicate: 2 });
  appendFileSync(bench.path('a.log'), lines('3'));
  assert.deepEqual((await bench.ingest('a.log')).ledger, { ...emptyLedger(), lines: 3, requests: 1, duplicate: 2 });
});

test('when a line over the limit has no end yet, then it is counted once, when it has one', async (t) => {
  const bench = new Bench(t);
  const long = 'x'.repeat(3 * MAX_LINE_BYTES);
  writeFileSync(bench.path('a.log'), lines('1') + long);
  assert.deepEqual((await bench.ingest('a.log')).ledger, { ...emptyLedger(), lines: 1, requests: 1 });
  appendFileSync(bench.path('a.log'), `${long}\n${lines('2')}`);
  assert.deepEqual((await bench.ingest('a.log')).ledger, { ...emptyLedger(), lines: 3, requests: 1, truncated: 1, duplicate: 1 });
});

test('when a compressed file is cut, then what could be read is kept, and the rest comes with the whole file', async (t) => {
  const bench = new Bench(t);
  const whole = many(1, 20_000);
  const packed = gzipSync(whole);
  bench.write('a.log.gz', packed.subarray(0, packed.length / 2));
  const first = await bench.ingest('a.log.gz');
  assert.equal(first.failures.length, 1);
  assert.ok(first.ledger.requests > 0 && first.ledger.requests === first.ledger.lines);
  bench.write('a.log.gz', packed);
  const second = await bench.ingest('a.log.gz');
  assert.equal(second.ledger.duplicate, first.ledger.requests);
  assert.equal(second.ledger.lines, 20_000);
  assert.equal(bench.requests().length, 20_000);
});

test('when several files are given, then lines are numbered from the first of each, and the unreadable one is named', async (t) => {
  const bench = new Bench(t);
  bench.write('a.log', lines('1', '2'));
  bench.write('b.log', `${lines('3')}no log line\n${lines('4')}`);
  const { failures, ledger } = await bench.ingest('a.log', 'missing.log', 'b.log');
  assert.match(failures.map(({ message }) => message).join(), /missing\.log: cannot be read: no such file$/);
  assert.equal(ledger.lines, 5);
  assert.deepEqual(bench.requests(), [
    ['a.log', 1, '/1'],
    ['a.log', 2, '/2'],
    ['b.log', 1, '/3'],
    ['b.log', 3, '/4'],
  ]);
  const { unparsed } = storeContent(bench.db);
  assert.deepEqual(unparsed, [[bench.path('b.log'), 2, 'no accept date "[DD/Mon/YYYY:…]" in the line', Buffer.from('no log line')]]);
});

test('when the same content is given under two names, then it is taken once', async (t) => {
  const bench = new Bench(t);
  bench.write('a.log', lines('1', '2'));
  copyFileSync(bench.path('a.log'), bench.path('b.log'));
  assert.deepEqual((await bench.ingest('a.log', 'b.log')).ledger, { ...emptyLedger(), lines: 4, requests: 2, duplicate: 2 });
});

test('when no file can be opened, then no store is made', async (t) => {
  const bench = new Bench(t);
  const { failures } = await bench.ingest('missing.log', '.');
  assert.equal(failures.length, 2);
  assert.equal(existsSync(bench.db), false);
});

test('when a file is empty, then there is nothing to know it by, and what comes later is taken', async (t) => {
  const bench = new Bench(t);
  bench.write('a.log', '');
  assert.deepEqual((await bench.ingest('a.log')).ledger, emptyLedger());
  appendFileSync(bench.path('a.log'), lines('1'));
  assert.equal((await bench.ingest('a.log')).ledger.requests, 1);
});
