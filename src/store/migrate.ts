/** Brings a store forward, one numbered migration after the other, in one transaction. Never back. */

import { renameSync, rmSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { HalogenError } from '../errors.ts';
import { APPLICATION_ID, type Migration } from './schema.ts';

/** The schema version of an open database; 0 is one without any table. */
export function storeVersion(database: Database.Database, file: string): number {
  const version = database.pragma('user_version', { simple: true }) as number;
  const owner = database.pragma('application_id', { simple: true }) as number;
  if (owner === APPLICATION_ID) return version;
  const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number;
  if (owner !== 0 || version !== 0 || tables !== 0) {
    throw HalogenError.of('STORE_UNUSABLE', file, 'it is the database of another program');
  }
  return 0;
}

/**
 * Makes the store `file` one of the last version in `migrations`; a store that has it already is not touched. The state
 * of an older store is kept as FILE.schema-N first. Throws STORE_TOO_NEW for one from the future.
 */
export function migrate(database: Database.Database, file: string, migrations: readonly Migration[]): void {
  const target = migrations.length;
  const found = storeVersion(database, file);
  if (found > target) throw HalogenError.of('STORE_TOO_NEW', file, found, target);
  if (found === target) return;
  if (found > 0) keepCopy(database, `${file}.schema-${found}`);
  database
    .transaction(() => {
      // Read again: another process may have been faster while this one waited for the lock.
      const from = storeVersion(database, file);
      for (const { version, sql } of migrations) {
        if (version > from) database.exec(sql);
      }
      database.pragma(`application_id = ${APPLICATION_ID}`);
      database.pragma(`user_version = ${target}`);
    })
    .immediate();
}

/** A copy that is there under its name is whole: it is made beside it and renamed. */
function keepCopy(database: Database.Database, copy: string): void {
  const unfinished = `${copy}.unfinished`;
  rmSync(unfinished, { force: true });
  database.prepare('VACUUM INTO ?').run(unfinished);
  renameSync(unfinished, copy);
}
