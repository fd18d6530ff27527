/** Questions in SQL: what is answered, and what is refused. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { HalogenError } from '../../src/errors.ts';
import { querySql } from '../../src/store/sql.ts';
import { StoreWriter } from '../../src/store/writer.ts';
import { request, TestProducer } from './batches.ts';
import { temporaryFile } from './temporary.ts';

function filled(path: string): string {
  const writer = new StoreWriter(path);
  writer.add(writer.source('a', 'stdin'), new TestProducer().batch([request(), request({ status_code: 503 })]), null);
  writer.commit();
  writer.close();
  return path;
}

test('when a question is asked, then it is answered with column names and rows', (t) => {
  const { columns, rows } = querySql(filled(temporaryFile(t)), 'SELECT status_code, count(*) AS n FROM requests GROUP BY 1');
  assert.deepEqual(columns, ['status_code', 'n']);
  assert.deepEqual(
    [...rows],
    [
      [200, 1],
      [503, 1],
    ],
  );
});

test('when the reader leaves after the first row, then the store is closed', (t) => {
  const path = filled(temporaryFile(t));
  for (const row of querySql(path, 'SELECT id FROM requests').rows) {
    assert.equal(row.length, 1);
    break;
  }
  // The last connection to close takes the write-ahead log away.
  new StoreWriter(path).close();
  assert.equal(existsSync(`${path}-wal`), false);
});

for (const [what, text, reason] of [
  ['an insert', "INSERT INTO text (value) VALUES ('x')", /expected one statement that reads/],
  ['a delete that returns rows', 'DELETE FROM request RETURNING id', /expected one statement that reads/],
  ['attach', "ATTACH 'other.db' AS other", /expected one statement that reads/],
  ['vacuum into', "VACUUM INTO 'copy.db'", /expected one statement that reads/],
  ['query_only off', 'PRAGMA query_only = OFF', /expected one statement that reads/],
  ['a change of the journal mode', 'PRAGMA journal_mode = DELETE', /./],
  ['two statements', 'SELECT 1; SELECT 2', /more than one statement/],
  ['no statement', '  ', /no statements/],
  ['an unknown column', 'SELECT colour FROM requests', /no such column: colour/],
  ['a slip of the pen', 'SELEC 1', /near "SELEC": syntax error/],
  ['an open parameter', 'SELECT ?', /parameter/],
] as const) {
  test(`when ${what} is asked, then it is refused with the reason`, (t) => {
    const path = filled(temporaryFile(t));
    assert.throws(
      () => [...querySql(path, text).rows],
      (error) => error instanceof HalogenError && error.code === 'QUERY_FAILED' && reason.test(error.message),
    );
    assert.deepEqual([...querySql(path, 'SELECT count(*) FROM requests').rows], [[2]]);
  });
}
