/** What is asked of a line changes neither its fate nor the values of what is asked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { COLUMN_NAMES, type ColumnName } from '../../src/model/columns.ts';
import { anyLine, logOf } from './arbitrary-lines.ts';
import { type ParsedLog, parsed } from './parsed-log.ts';
import { runs } from './runs.ts';

function only(log: ParsedLog, columns: readonly ColumnName[]): ParsedLog {
  return { ...log, rows: log.rows.map((row) => Object.fromEntries(columns.map((name) => [name, row[name]]))) };
}

test('when any columns are asked for, then ledger and values are those of all columns', () => {
  fc.assert(
    fc.property(logOf(anyLine, 40), fc.subarray([...COLUMN_NAMES]), (log, columns) => {
      assert.deepEqual(parsed([log], columns), only(parsed([log]), columns));
    }),
    runs(150),
  );
});

test('when one column is asked for, then ledger and values are those of all columns', () => {
  fc.assert(
    fc.property(logOf(anyLine, 40), (log) => {
      const all = parsed([log]);
      for (const name of COLUMN_NAMES) assert.deepEqual(parsed([log], [name]), only(all, [name]), name);
    }),
    runs(5),
  );
});
