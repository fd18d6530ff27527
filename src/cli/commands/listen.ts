/** Syslog into the store, until SIGINT or SIGTERM, which write what was received first. */

import { type ListenOutcome, type ListenRequest, runListen } from '../../app/listen.ts';
import { UDP_RECEIVE_BUFFER_BYTES } from '../../limits.ts';
import { formatBytes, formatNumber } from '../../model/units.ts';
import { terminalText } from '../../report/safe-text.ts';
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

/** Linux says twice what it gives, as it counts its own overhead in (socket(7), SO_RCVBUF). */
const OVERHEAD = process.platform === 'linux' ? 2 : 1;

/** What to do about a receive buffer smaller than was asked for, if it is; in bytes, as the system says it. */
function bufferNotes(receiveBuffer: number): string[] {
  if (receiveBuffer >= UDP_RECEIVE_BUFFER_BYTES * OVERHEAD) return [];
  const asked = formatBytes(UDP_RECEIVE_BUFFER_BYTES * OVERHEAD);
  return [`the system gives no receive buffer of ${asked}; sysctl -w net.core.rmem_max=${UDP_RECEIVE_BUFFER_BYTES} allows it`];
}

export async function run({ options, surroundings }: Invocation): Promise<ExitStatus> {
  const db = options.db ?? surroundings.defaultStore;
  const request: ListenRequest = {
    udp: options.udp ?? DEFAULT_UDP,
    db,
    reading: { timezone: options.timezone ?? null, keepQuery: false },
    onListening: ({ host, port }, receiveBuffer) => {
      surroundings.stderr(`listening on UDP ${host}:${port}, into ${terminalText(db)}; receive buffer ${formatBytes(receiveBuffer)}`);
      showNotes(bufferNotes(receiveBuffer), surroundings);
    },
  };
  const { ledger, counters } = await untilStopped((signal) => {
    signal.addEventListener('abort', () => surroundings.stderr('stopping; what was received is stored first'));
    return runListen(request, signal);
  });
  showLedger(ledger, surroundings);
  showNotes(lossNotes(counters), surroundings);
  return exitStatus([], true, surroundings);
}
