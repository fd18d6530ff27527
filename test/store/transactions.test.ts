/** Whole commits or nothing, whoever dies, fails, reads or writes meanwhile. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { HalogenError } from '../../src/errors.ts';
import { ColumnMemory, type LogBatch } from '../../src/model/log-batch.ts';
import { readStore } from '../../src/store/reader.ts';
import { StoreWriter } from '../../src/store/writer.ts';
import { recordsOf, request, TestProducer, type TestRecord } from './batches.ts';
import { temporaryFile } from './temporary.ts';
import { COMMIT_ROWS } from './writing-child.ts';

const CHILD = fileURLToPath(new URL('./writing-child.js', import.meta.url));

function readLines(path: string): TestRecord[] {
  const records: TestRecord[] = [];
  readStore(path, ['line_number', 'path'], {}, new ColumnMemory(), (batch) => records.push(...recordsOf(batch, ['line_number', 'path'])));
  return records;
}

function assertSound(path: string): void {
  const database = new Database(path, { readonly: true });
  assert.equal(database.pragma('integrity_check', { simple: true }), 'ok');
  assert.deepEqual(database.pragma('foreign_key_check'), []);
  database.close();
}

/** Lets a child write until it is killed. Out: commits it told of. */
async function writeAndKill(path: string, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [CHILD, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let commits = 0;
  child.stdout.on('data', (dots: Buffer) => {
    commits += dots.length;
  });
  await once(child.stdout, 'data');
  await sleep(afterMs);
  child.kill('SIGKILL');
  await once(child, 'close');
  return commits;
}

test('when the writing process is killed, then the store holds whole commits and all that were told of', async (t) => {
  const path = temporaryFile(t);
  let told = 0;
  for (const afterMs of [0, 3, 11, 26, 57, 90]) {
    told += await writeAndKill(path, afterMs);
    assertSound(path);
    const rows = readLines(path);
    const { ledger } = readStore(path, [], {}, new ColumnMemory(), () => {});
    assert.equal(rows.length % COMMIT_ROWS, 0);
    assert.equal(ledger.requests, rows.length);
    assert.ok(rows.length >= told * COMMIT_ROWS);
    assert.ok(rows.every(({ line_number, path }) => path === `/item/${line_number}`));
  }
});

test('when a reader is at work, then it sees one state, and the writer does not wait for it', (t) => {
  const path = temporaryFile(t);
  const writer = new StoreWriter(path, 0);
  const source = writer.source('a', 'udp');
  const producer = new TestProducer();
  const batch = Array.from({ length: 4_096 }, () => request());
  writer.add(source, producer.batch(batch), null);
  writer.add(source, producer.batch(batch), null);
  writer.commit();
  let rows = 0;
  readStore(path, [], {}, new ColumnMemory(), (read) => {
    rows += read.rows;
    writer.add(source, producer.batch(batch), null);
    writer.commit();
  });
  assert.equal(rows, 8_192);
  writer.commit();
  writer.close();
  assert.equal(readLines(path).length, 16_384);
});

test('when two writers take turns, then no request takes the place of another', (t) => {
  const path = temporaryFile(t);
  const writers = [new StoreWriter(path), new StoreWriter(path)];
  const producers = [new TestProducer(), new TestProducer()];
  const sources = writers.map((writer, i) => writer.source(`${i}.log`, 'stdin'));
  for (let turn = 0; turn < 10; turn += 1) {
    writers.forEach((writer, i) => {
      const batch = (producers[i] as TestProducer).batch([request({ line_number: turn, path: `/${i}/${turn % 3}` })]);
      writer.add(sources[i] as (typeof sources)[number], batch, null);
      writer.commit();
    });
  }
  for (const writer of writers) writer.close();
  assertSound(path);
  const rows = readLines(path);
  assert.equal(rows.length, 20);
  assert.ok(rows.every(({ line_number, path }) => String(path).endsWith(`/${Number(line_number) % 3}`)));
});

test('when another program holds the lock, then adding says so, and can be done again', (t) => {
  const path = temporaryFile(t);
  const writer = new StoreWriter(path, 20);
  const source = writer.source('a', 'stdin');
  const other = new Database(path);
  other.exec('BEGIN IMMEDIATE');
  const producer = new TestProducer();
  assert.throws(
    () => writer.add(source, producer.batch([request()]), null),
    (error) => error instanceof HalogenError && error.message === `${path}: cannot be used as a store: another program holds a lock on it`,
  );
  other.exec('ROLLBACK');
  other.close();
  writer.add(source, producer.batch([request()]), null);
  writer.commit();
  writer.close();
  assert.equal(readLines(path).length, 1);
});

test('when adding fails midway, then nothing since the last commit is kept and ids held in memory are forgotten', (t) => {
  const path = temporaryFile(t);
  const writer = new StoreWriter(path);
  const source = writer.source('a', 'stdin');
  const producer = new TestProducer();
  writer.add(source, producer.batch([request({ path: '/lost', captured_request_headers: 'lost' })]), null);
  const broken: LogBatch = { ...new TestProducer().batch([request()]), dictionaries: new TestProducer().batch([]).dictionaries };
  assert.throws(() => writer.add(source, broken, null), RangeError);
  writer.add(source, producer.batch([request({ path: '/kept' }), request({ path: '/lost', captured_request_headers: 'lost' })]), null);
  writer.commit();
  writer.close();
  assertSound(path);
  assert.deepEqual(
    readLines(path).map(({ path }) => path),
    ['/kept', '/lost'],
  );
});

test('when a writer is closed without a commit, then nothing of what it was given is kept', (t) => {
  const path = temporaryFile(t);
  const writer = new StoreWriter(path);
  writer.add(writer.source('a', 'stdin'), new TestProducer().batch([request()]), null);
  writer.close();
  assertSound(path);
  assert.deepEqual(readLines(path), []);
});
