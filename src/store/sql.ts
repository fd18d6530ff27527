/**
 * One question to a store in SQL. Reads only: the file is opened read-only, and a statement that gives no rows (INSERT,
 * ATTACH, VACUUM INTO, PRAGMA x = y) is refused before it runs, so that no other file is touched either.
 */

import type Database from 'better-sqlite3';
import { HalogenError } from '../errors.ts';
import { openForReading } from './open.ts';

export interface SqlResult {
  readonly columns: readonly string[];
  /** Yields lazily, once; reading to the end, or leaving the loop, closes the store. */
  readonly rows: Iterable<readonly unknown[]>;
}

/** In: the store's file, one statement. Throws QUERY_FAILED with SQLite's own words for what is wrong with it. */
export function querySql(path: string, text: string): SqlResult {
  const database = openForReading(path);
  try {
    const statement = database.prepare<[], unknown[]>(text);
    if (!statement.reader || !statement.readonly)
      throw HalogenError.of('QUERY_FAILED', 'expected one statement that reads, such as SELECT');
    return { columns: statement.columns().map((column) => column.name), rows: rowsOf(database, statement.raw()) };
  } catch (error) {
    database.close();
    throw failure(error);
  }
}

function* rowsOf(database: Database.Database, statement: Database.Statement<[], unknown[]>): Generator<readonly unknown[]> {
  try {
    yield* statement.iterate();
  } catch (error) {
    throw failure(error);
  } finally {
    database.close();
  }
}

/** better-sqlite3 throws RangeError for two statements or none, TypeError for parameters left open, SqliteError for the rest. */
function failure(error: unknown): unknown {
  if (error instanceof HalogenError || !(error instanceof Error)) return error;
  return HalogenError.because(error, 'QUERY_FAILED', error.message);
}
