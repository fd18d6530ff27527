/** Syslog into the store, until SIGINT or SIGTERM, which write what was received first. */

import { runListen } from '../../app/listen.ts';
import type { ExitStatus, Invocation } from '../command-table.ts';
import { untilStopped } from '../stop-signal.ts';
import { DEFAULT_UDP } from '../values/address.ts';
import { exitStatus, showLedger } from './outcome.ts';

export async function run({ options, surroundings }: Invocation): Promise<ExitStatus> {
  const db = options.db ?? surroundings.defaultStore;
  const { ledger } = await untilStopped((signal) =>
    runListen(
      {
        udp: options.udp ?? DEFAULT_UDP,
        db,
        reading: { timezone: options.timezone ?? null, keepQuery: false, follow: false },
        onListening: ({ host, port }) => surroundings.stderr(`listening on UDP ${host}:${port}, into ${db}`),
      },
      signal,
    ),
  );
  showLedger(ledger, surroundings);
  return exitStatus([], true, surroundings);
}
