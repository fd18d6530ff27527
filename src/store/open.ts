/**
 * Opens a store: finds out whether the file is one, brings it to this schema, sets what every connection needs.
 * Refuses with one reason what is no store, another program's database, or a store of a newer halogen.
 */

import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { HalogenError } from '../errors.ts';
import { STORE_BUSY_MS } from '../limits.ts';
import { storeFailure } from './failure.ts';
import { migrate, storeVersion } from './migrate.ts';
import { MIGRATIONS, SCHEMA_VERSION } from './schema.ts';

/** A connection that writes. Makes the store if there is none. `busyMs`: how long to wait for another program's lock. */
export function openForWriting(file: string, busyMs: number = STORE_BUSY_MS): Database.Database {
  inspect(file, constants.W_OK);
  return open(file, { timeout: busyMs }, (database) => {
    // Taken by a file without tables only. 8 KiB pages insert a tenth faster than 4 KiB ones.
    if (storeVersion(database, file) === 0) database.pragma('page_size = 8192');
    migrate(database, file, MIGRATIONS);
    database.pragma('journal_mode = WAL');
    // A power cut may take the last commits, never more than whole ones; kill -9 takes none.
    database.pragma('synchronous = NORMAL');
    database.pragma('cache_size = -65536');
    // Every id comes from the writer's own tables; looking up each reference again would cost more than the insert.
    database.pragma('foreign_keys = OFF');
  });
}

/** A connection that only reads, while a writer goes on. Brings an older store forward first. */
export function openForReading(file: string): Database.Database {
  if (!inspect(file, constants.R_OK)) throw HalogenError.of('STORE_MISSING', file);
  const options = { readonly: true, fileMustExist: true, timeout: STORE_BUSY_MS };
  let version = 0;
  const database = open(file, options, (opened) => {
    version = storeVersion(opened, file);
    if (version === 0) throw HalogenError.of('STORE_UNUSABLE', file, 'it is empty');
    if (version > SCHEMA_VERSION) throw HalogenError.of('STORE_TOO_NEW', file, version, SCHEMA_VERSION);
    opened.pragma('query_only = ON');
  });
  if (version === SCHEMA_VERSION) return database;
  database.close();
  openForWriting(file).close();
  return openForReading(file);
}

function open(file: string, options: Database.Options, prepare: (database: Database.Database) => void): Database.Database {
  let database: Database.Database | undefined;
  try {
    // resolve: SQLite takes '' and ':memory:' for something else than files.
    database = new Database(resolve(file), options);
    prepare(database);
    return database;
  } catch (error) {
    database?.close();
    throw storeFailure(file, error);
  }
}

/** Refuses what the system's own answers rule out, in clearer words than SQLite has. Out: whether the file is there. */
function inspect(file: string, access: number): boolean {
  const folder = dirname(resolve(file));
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) {
      if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw unusable(file, `there is no folder ${folder}`);
      if (access === constants.W_OK) accessSync(folder, constants.W_OK);
      return false;
    }
    if (found.isDirectory()) throw unusable(file, 'it is a directory');
    if (!found.isFile()) throw unusable(file, 'it is no regular file');
    accessSync(file, access);
    return true;
  } catch (error) {
    if (error instanceof HalogenError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'EACCES' ? 'permission denied' : code === 'EROFS' ? 'it is on a read-only file system' : String(code);
    throw unusable(file, reason, error);
  }
}

function unusable(file: string, reason: string, cause?: unknown): HalogenError {
  return HalogenError.because(cause, 'STORE_UNUSABLE', file, reason);
}
