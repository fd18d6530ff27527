/** The file as other programs see it; the sqlite3 shell is the judge where it is installed. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { MAX_UNPARSED_SAMPLES } from '../../src/limits.ts';
import { COLUMN_NAMES } from '../../src/model/columns.ts';
import { rowsSql } from '../../src/store/reader.ts';
import { StoreWriter } from '../../src/store/writer.ts';
import { request, TestProducer } from './batches.ts';
import { temporaryFile } from './temporary.ts';

const shell = spawnSync('sqlite3', ['--version']).error === undefined;
const needsShell = shell ? {} : { skip: 'sqlite3 is not installed' };

function sqlite3(path: string, ...statements: readonly string[]): string {
  const { stdout, stderr } = spawnSync('sqlite3', [path, ...statements], { encoding: 'utf8' });
  assert.equal(stderr, '');
  return stdout.trim();
}

/** A store with some of everything. */
function filled(path: string): void {
  const writer = new StoreWriter(path);
  const source = writer.source('haproxy.log', 'stdin');
  const requests = Array.from({ length: 5_000 }, (_, i) =>
    request({ accept_date: 1_790_000_000_000 + i * 7, client_ip: `192.0.2.${i % 250}`, captured_request_headers: `agent ${i % 9}` }),
  );
  const producer = new TestProducer();
  writer.add(source, producer.batch(requests.slice(0, 2_500)), null);
  writer.add(source, producer.batch(requests.slice(2_500)), null);
  writer.add(source, producer.batch([{ kind: 2, flags: 0, client_ip: '::1', frontend_name: 'www', line: 'handshake failure' }]), null);
  writer.add(source, producer.batch([request({ uri: null, path: null, query: null, method: null, http_request: '<BADREQ>' })]), null);
  for (let i = 0; i < 50; i += 1) writer.unparsed(source, { lineNumber: i, reason: 'no format', bytes: new Uint8Array(2_000) });
  writer.commit();
  writer.close();
}

test('when a store is checked by the sqlite3 shell, then pages, rows and references are sound', needsShell, (t) => {
  const path = temporaryFile(t);
  filled(path);
  assert.equal(sqlite3(path, 'PRAGMA integrity_check'), 'ok');
  assert.equal(sqlite3(path, 'PRAGMA foreign_key_check'), '');
  assert.equal(sqlite3(path, 'PRAGMA journal_mode'), 'wal');
  assert.equal(
    sqlite3(path, "SELECT count(*) FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND NOT strict"),
    '0',
  );
});

test('when the view is read by the sqlite3 shell, then it has the names of the vocabulary and readable values', needsShell, (t) => {
  const path = temporaryFile(t);
  filled(path);
  const names = sqlite3(path, "SELECT name FROM pragma_table_info('requests')").split('\n');
  const vocabulary = COLUMN_NAMES.filter((name) => name !== 'line');
  assert.deepEqual(names.filter((name) => !['id', 'source', 'accept_date_iso'].includes(name)).sort(), [...vocabulary].sort());
  assert.equal(
    sqlite3(path, 'SELECT source, kind, accept_date_iso, server_name, path, time_data FROM requests LIMIT 1'),
    `haproxy.log|http|${new Date(1_790_000_000_000).toISOString()}|app1|/shop/cart|7`,
  );
  assert.equal(sqlite3(path, 'SELECT count(*) FROM requests'), '5001');
  assert.equal(
    sqlite3(path, 'SELECT source, kind, client_ip, frontend_name, line FROM events'),
    'haproxy.log|error|::1|www|handshake failure',
  );
});

test('when accept dates have milliseconds, then the ISO text tells them all', needsShell, (t) => {
  const path = temporaryFile(t);
  const writer = new StoreWriter(path);
  const dates = Array.from({ length: 1_000 }, (_, i) => 1_790_000_000_000 + i * 1_001);
  writer.add(writer.source('a', 'stdin'), new TestProducer().batch(dates.map((accept_date) => request({ accept_date }))), null);
  writer.commit();
  writer.close();
  assert.deepEqual(
    sqlite3(path, 'SELECT accept_date_iso FROM requests ORDER BY id').split('\n'),
    dates.map((date) => new Date(date).toISOString()),
  );
});

test('when lines are unparsed, then a bounded number is kept of each source, each cut to its bound', (t) => {
  const path = temporaryFile(t);
  filled(path);
  const database = new Database(path, { readonly: true });
  const kept = database.prepare('SELECT count(*), max(length(bytes)), min(line_number) FROM unparsed').raw().get();
  database.close();
  assert.deepEqual(kept, [MAX_UNPARSED_SAMPLES, 512, 0]);
});

test('when a range is read, then rows are found by id, and only the tables that are needed are joined', (t) => {
  const path = temporaryFile(t);
  filled(path);
  const database = new Database(path, { readonly: true });
  const plan = (sql: string): string[] => {
    const parameters = Array.from(sql.matchAll(/\?/g), () => 0);
    return database
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...parameters)
      .map(({ detail }) => detail);
  };
  const byId = 'USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)';
  assert.deepEqual(plan(rowsSql(['route', 'time_total'], 'request', { since: 0 })), [`SEARCH request ${byId}`]);
  assert.deepEqual(plan(rowsSql(['captured_request_headers'], 'requests', { since: 0 })), [
    `SEARCH r ${byId}`,
    'SEARCH detail USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN',
    'SEARCH request_headers USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN',
  ]);
  database.close();
});
