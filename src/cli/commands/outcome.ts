/** What every command says at its end: the account on stderr, each failure in a line, and the exit status. */

import type { HalogenError } from '../../errors.ts';
import type { Ledger } from '../../model/ledger.ts';
import { ledgerLine } from '../../report/ledger-line.ts';
import { terminalText } from '../../report/safe-text.ts';
import { DONE, type ExitStatus, FAILED, NOTHING_MATCHED } from '../command-table.ts';
import type { Surroundings } from '../surroundings.ts';

export function showLedger(ledger: Ledger, { stderr }: Surroundings): void {
  stderr(ledgerLine(ledger));
}

export function showNotes(notes: readonly string[], { stderr }: Surroundings): void {
  for (const note of notes) stderr(`note: ${terminalText(note)}`);
}

/** One bad FILE does not stop the others, but it shows in the status. */
export function exitStatus(failures: readonly HalogenError[], matched: boolean, { stderr }: Surroundings): ExitStatus {
  for (const { message } of failures) stderr(`halogen: ${terminalText(message)}`);
  if (failures.length > 0) return FAILED;
  return matched ? DONE : NOTHING_MATCHED;
}
