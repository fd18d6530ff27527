/** Files into the store. */

import { runIngest } from '../../app/ingest.ts';
import type { ExitStatus, Invocation } from '../command-table.ts';
import { exitStatus, showLedger, showNotes } from './outcome.ts';

/** That nothing new was found is what a repeated run is for, and no failure. */
export async function run({ options, args, surroundings }: Invocation): Promise<ExitStatus> {
  const { ledger, failures, unfinished } = await runIngest({
    files: [...args],
    db: options.db ?? surroundings.defaultStore,
    reading: { timezone: options.timezone ?? null, keepQuery: false },
  });
  showLedger(ledger, surroundings);
  showNotes(
    unfinished.map((name) => `${name}: its last line has no end yet, and is left to the next ingest`),
    surroundings,
  );
  return exitStatus(failures, true, surroundings);
}
