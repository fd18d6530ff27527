/** Syslog into the store, until SIGINT or SIGTERM, which write what was received first. */

import { type ListenOutcome, runListen } from '../../app/listen.ts';
import { formatBytes, formatNumber } from '../../model/units.ts';
import type { ExitStatus, Invocation } from '../command-table.ts';
import { untilStopped } from '../stop-signal.ts';
import { DEFAULT_UDP } from '../values/address.ts';
import { exitStatus, showLedger, showNotes } from './outcome.ts';

/** What was sent and is not in the ledger's lines, a sentence each. */
function lossNotes({ dropped, kernelDropped }: ListenOutcome['counters']): string[] {
  const notes = [];
  if (dropped > 0) notes.push(`${formatNumber(dropped)} datagrams came faster than the store took them, and were dropped`);
  if (kernelDropped === null) notes.push('the system does not say whether it dropped datagrams');
  else if (kernelDropped > 0)
    notes.push(`${formatNumber(kernelDropped)} datagrams were dropped by the system: its receive buffer was full`);
  return notes;
}

export async function run({ options, surroundings }: Invocation): Promise<ExitStatus> {
  const db = options.db ?? surroundings.defaultStore;
  const { ledger, counters } = await untilStopped((signal) =>
    runListen(
      {
        udp: options.udp ?? DEFAULT_UDP,
        db,
        reading: { timezone: options.timezone ?? null, keepQuery: false },
        onListening: ({ host, port }, receiveBuffer) => {
          surroundings.stderr(`listening on UDP ${host}:${port}, into ${db}; receive buffer ${formatBytes(receiveBuffer)}`);
        },
      },
      signal,
    ),
  );
  showLedger(ledger, surroundings);
  showNotes(lossNotes(counters), surroundings);
  return exitStatus([], true, surroundings);
}
