/** Where lines come from: files named, else what is piped in, else the store. */

import { existsSync } from 'node:fs';
import type { Source } from '../app/report.ts';
import { HalogenError } from '../errors.ts';
import type { Options } from './option-table.ts';
import type { Surroundings } from './surroundings.ts';

export const STDIN_NAME = '-';

/** In: the FILEs as typed (`-` = stdin). Throws HalogenError where FILE and --db are both given, or the store is not there. */
export function sourceOf(files: readonly string[], options: Options, surroundings: Surroundings): Source {
  if (files.length > 0) {
    if (options.db !== undefined) throw HalogenError.of('OPTION_CONFLICT', '--db', 'FILE');
    return { from: 'files', files: [...files] };
  }
  if (options.db === undefined && surroundings.piped) return { from: 'files', files: [STDIN_NAME] };
  const db = options.db ?? surroundings.defaultStore;
  if (!existsSync(db)) throw HalogenError.of('STORE_MISSING', db);
  return { from: 'store', db };
}
