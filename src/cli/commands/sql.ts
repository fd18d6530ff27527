/** A read-only query, its rows in any format a report has. */

import { existsSync } from 'node:fs';
import { runSql } from '../../app/sql.ts';
import { HalogenError } from '../../errors.ts';
import type { Cell } from '../../report/grid.ts';
import { writeGrid } from '../../report/write-report.ts';
import { DONE, type ExitStatus, type Invocation, NOTHING_MATCHED } from '../command-table.ts';
import { showNotes } from './outcome.ts';

/** What SQLite gives beyond text, numbers and null: integers past 2^53, and BLOBs, which are shown as text. */
function asCell(value: unknown): Cell {
  if (value === null || typeof value === 'number' || typeof value === 'string') return value;
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value);
}

export async function run({ options, args, surroundings }: Invocation): Promise<ExitStatus> {
  const db = options.db ?? surroundings.defaultStore;
  if (!existsSync(db)) throw HalogenError.of('STORE_MISSING', db);
  const { columns, rows } = runSql({ db, query: args[0] as string });
  let count = 0;
  const grid = {
    columns: columns.map((name) => ({ name, title: name, unit: 'plain' as const })),
    rows: (function* () {
      for (const row of rows) {
        count++;
        yield row.map(asCell);
      }
    })(),
  };
  const notes: string[] = [];
  const { width, colour, stdout } = surroundings;
  await writeGrid(grid, { format: options.format ?? 'table', width, colour, note: (sentence) => notes.push(sentence) }, stdout);
  showNotes(notes, surroundings);
  return count > 0 ? DONE : NOTHING_MATCHED;
}
