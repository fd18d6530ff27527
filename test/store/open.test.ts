/** Which files are taken as a store, and what is said of the others. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { HalogenError } from '../../src/errors.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openForReading, openForWriting } from '../../src/store/open.ts';
import { MIGRATIONS, SCHEMA_VERSION } from '../../src/store/schema.ts';
import { temporaryFile } from './temporary.ts';

const refuses = (open: () => unknown, code: string, sentence: RegExp): void =>
  assert.throws(open, (error) => error instanceof HalogenError && error.code === code && sentence.test(error.message));

/** Refused for reading and for writing alike. */
function refusesBoth(path: string, reason: RegExp): void {
  refuses(() => openForReading(path), 'STORE_UNUSABLE', reason);
  refuses(() => openForWriting(path), 'STORE_UNUSABLE', reason);
}

test('when there is no file, then writing makes a store and reading says that there is none', (t) => {
  const path = temporaryFile(t);
  refuses(() => openForReading(path), 'STORE_MISSING', /no such store/);
  openForWriting(path).close();
  openForReading(path).close();
});

test('when the folder is missing, then the reason names it', (t) => {
  const path = temporaryFile(t, 'missing/halogen.db');
  refusesBoth(path, new RegExp(`there is no folder ${dirname(path)}`));
});

test('when it is a directory, then that is the reason', (t) => {
  const path = temporaryFile(t);
  mkdirSync(path);
  refusesBoth(path, /: it is a directory$/);
});

test('when it is a pipe, then it is refused without waiting for a writer', (t) => {
  const path = temporaryFile(t);
  execFileSync('mkfifo', [path]);
  refusesBoth(path, /: it is no regular file$/);
});

test('when it is a log, then that is no database, and it is left as it was', (t) => {
  const path = temporaryFile(t);
  const log = 'Nov  3 00:00:00 lb1 haproxy[1]: a line of a log\n'.repeat(100);
  writeFileSync(path, log);
  refusesBoth(path, /: it is no SQLite database$/);
  assert.equal(readFileSync(path, 'utf8'), log);
});

test('when it is empty, then writing makes it a store and reading says that it is empty', (t) => {
  const path = temporaryFile(t);
  writeFileSync(path, '');
  refuses(() => openForReading(path), 'STORE_UNUSABLE', /: it is empty$/);
  openForWriting(path).close();
  openForReading(path).close();
});

test("when it is another program's database, then it is refused and left as it was", (t) => {
  const path = temporaryFile(t);
  const other = new Database(path);
  other.exec('CREATE TABLE photos (id INTEGER PRIMARY KEY)');
  other.close();
  const before = readFileSync(path);
  refusesBoth(path, /: it is the database of another program$/);
  assert.deepEqual(readFileSync(path), before);
});

test('when pages are missing from the file, then it is called damaged', (t) => {
  const path = temporaryFile(t);
  openForWriting(path).close();
  truncateSync(path, 8_192);
  refusesBoth(path, /: it is damaged$/);
});

test('when it may not be read or written, then that is the reason', { skip: process.getuid?.() === 0 && 'root may do all' }, (t) => {
  const path = temporaryFile(t);
  openForWriting(path).close();
  chmodSync(path, 0o000);
  refusesBoth(path, /: permission denied$/);
});

test('when it comes from a newer halogen, then both versions are told and nothing is changed', (t) => {
  const path = temporaryFile(t);
  openForWriting(path).close();
  const database = new Database(path);
  database.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
  database.close();
  const sentence = new RegExp(`has schema version ${SCHEMA_VERSION + 1}, this halogen knows up to ${SCHEMA_VERSION}`);
  refuses(() => openForReading(path), 'STORE_TOO_NEW', sentence);
  refuses(() => openForWriting(path), 'STORE_TOO_NEW', sentence);
});

const NEXT = { version: SCHEMA_VERSION + 1, sql: 'CREATE TABLE addition (id INTEGER PRIMARY KEY) STRICT' };

test('when an older store is migrated, then its rows stay, and a copy of the old state is kept beside it', (t) => {
  const path = temporaryFile(t);
  const database = openForWriting(path);
  database.exec("INSERT INTO source (name, kind) VALUES ('a', 'file')");
  migrate(database, path, [...MIGRATIONS, NEXT]);
  assert.equal(database.pragma('user_version', { simple: true }), NEXT.version);
  assert.equal(database.prepare('SELECT count(*) FROM source, (SELECT count(*) FROM addition)').pluck().get(), 1);
  database.close();
  const copy = openForReading(`${path}.schema-${SCHEMA_VERSION}`);
  assert.equal(copy.prepare('SELECT name FROM source').pluck().get(), 'a');
  copy.close();
});

test('when a migration fails, then the store is what it was', (t) => {
  const path = temporaryFile(t);
  const database = openForWriting(path);
  const broken = { version: NEXT.version + 1, sql: 'CREATE TABLE text (id)' };
  assert.throws(() => migrate(database, path, [...MIGRATIONS, NEXT, broken]), Database.SqliteError);
  assert.equal(database.pragma('user_version', { simple: true }), SCHEMA_VERSION);
  assert.equal(database.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'addition'").pluck().get(), 0);
  database.close();
});

test('when the store has the version already, then it is not touched and no copy is made', (t) => {
  const path = temporaryFile(t);
  openForWriting(path).close();
  const before = readFileSync(path);
  openForWriting(path).close();
  assert.deepEqual(readFileSync(path), before);
  assert.equal(existsSync(`${path}.schema-${SCHEMA_VERSION}`), false);
});

test('when the migrations are listed, then their versions are dense from 1', () => {
  assert.deepEqual(
    MIGRATIONS.map(({ version }) => version),
    MIGRATIONS.map((_, i) => i + 1),
  );
});
