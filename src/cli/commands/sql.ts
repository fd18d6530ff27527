/** A read-only query, its rows in any format a report has. */

import { existsSync } from 'node:fs';
import { runSql } from '../../app/sql.ts';
import { HalogenError } from '../../errors.ts';
import type { Cell, Unit } from '../../report/grid.ts';
import { writeGrid } from '../../report/write-report.ts';
import { DONE, type ExitStatus, type Invocation, NOTHING_MATCHED } from '../command-table.ts';
import { showNotes } from './outcome.ts';

/** What SQLite gives beyond text, numbers and null: integers past 2^53, and BLOBs, which are shown as text. */
function asCell(value: unknown): Cell {
  if (value === null || typeof value === 'number' || typeof value === 'string') return value;
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value);
}

/** SQLite's columns have no type that holds for every row; the first row's is what a table is laid out by. */
function unitOf(cell: Cell): Unit {
  return typeof cell === 'string' ? 'text' : 'plain';
}

export async function run({ options, args, surroundings }: Invocation): Promise<ExitStatus> {
  const db = options.db ?? surroundings.defaultStore;
  if (!existsSync(db)) throw HalogenError.of('STORE_MISSING', db);
  const { columns, rows } = runSql({ db, query: args[0] as string });
  const rest = rows[Symbol.iterator]();
  const first = rest.next();
  const grid = {
    columns: columns.map((name, i) => ({ name, title: name, unit: unitOf(first.done ? null : asCell(first.value[i])) })),
    rows: (function* () {
      for (let next = first; !next.done; next = rest.next()) yield next.value.map(asCell);
    })(),
  };
  const notes: string[] = [];
  const { width, colour, stdout } = surroundings;
  await writeGrid(grid, { format: options.format ?? 'table', width, colour, note: (sentence) => notes.push(sentence) }, stdout);
  showNotes(notes, surroundings);
  return first.done ? NOTHING_MATCHED : DONE;
}
