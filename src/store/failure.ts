/** Says in one sentence why SQLite could not serve a file. */

import Database from 'better-sqlite3';
import { HalogenError } from '../errors.ts';

/** By the primary result code; SQLite's extended codes begin with it. */
const REASONS: readonly (readonly [code: string, reason: string])[] = [
  ['SQLITE_NOTADB', 'it is no SQLite database'],
  ['SQLITE_CORRUPT', 'it is damaged'],
  ['SQLITE_BUSY', 'another program holds a lock on it'],
  ['SQLITE_READONLY', 'it or its folder is read-only'],
  ['SQLITE_CANTOPEN', 'it cannot be opened; reading too needs a folder that can be written'],
  ['SQLITE_PERM', 'permission denied'],
  ['SQLITE_FULL', 'the disk is full'],
  ['SQLITE_IOERR', 'the system failed to read or write it'],
];

/** Whether another connection holds the lock that was asked for. */
export function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

/** The catalogue's error for what SQLite threw on `file`. What is no SQLite error is a bug and comes back as it is. */
export function storeFailure(file: string, error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const known = REASONS.find(([code]) => error.code.startsWith(code));
  return HalogenError.because(error, 'STORE_UNUSABLE', file, known === undefined ? error.message : known[1]);
}
