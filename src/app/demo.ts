/**
 * The whole path on one machine: a receiver with a store in a temporary folder, made-up traffic sent to it by UDP, and
 * a table of the servers drawn from the store each second. Whatever ends it, the folder goes and the terminal is restored.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { formatNumber } from '../model/units.ts';
import { ledgerLine } from '../report/ledger-line.ts';
import { DemoScreen } from './demo-screen.ts';
import { sendTraffic } from './demo-sender.ts';
import { type DemoTableView, serversTable } from './demo-table.ts';
import { DemoTraffic } from './demo-traffic.ts';
import { type ListenOutcome, type ListenRequest, runListen } from './listen.ts';

export interface DemoRequest {
  /** Ends by itself after so many; null = when the signal aborts. */
  readonly seconds: number | null;
  /** One table at the end, no cursor movement. */
  readonly plain: boolean;
  /** UDP port on 127.0.0.1; 0 = any free one. */
  readonly port: number;
}

export interface DemoOutput extends DemoTableView {
  readonly stdout: (text: string) => void;
  /** Takes one line. */
  readonly stderr: (line: string) => void;
}

const HOST = '127.0.0.1';
const SEED = 1514;
const REDRAW_MS = 1_000;
/** What the live table covers: with a bound, drawing it does not take longer the longer the demo runs. */
const LIVE_MS = 60_000;
/** The sender writes its dates in UTC. */
const READING = { timezone: 'UTC', keepQuery: false } as const;

type Receiver = { readonly address: ListenRequest['udp']; readonly outcome: Promise<ListenOutcome> };

/** Settles once datagrams are taken in; `outcome` follows the signal. */
function startReceiver(port: number, db: string, signal: AbortSignal): Promise<Receiver> {
  return new Promise((resolve, reject) => {
    const udp = { host: HOST, port };
    const outcome = runListen({ udp, db, reading: READING, onListening: (address) => resolve({ address, outcome }) }, signal);
    outcome.catch(reject);
  });
}

/** Redraws until the signal aborts. */
async function drawLive(db: string, title: string, output: DemoOutput, width: number, signal: AbortSignal): Promise<void> {
  const screen = new DemoScreen(output.stdout);
  try {
    while (!signal.aborted) {
      screen.draw(`${`${title}; the last minute:`.slice(0, width)}\n\n${await serversTable(db, Date.now() - LIVE_MS, READING, output)}`);
      await after(REDRAW_MS, null, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  } finally {
    screen.close();
  }
}

/** A signal that aborts with the given one, or by `end`. `release` lets go of the given one and of the clock. */
function ending(signal: AbortSignal, seconds: number | null): { signal: AbortSignal; end: () => void; release: () => void } {
  const controller = new AbortController();
  const end = (): void => controller.abort();
  const timer = seconds === null ? undefined : setTimeout(end, seconds * 1_000);
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  const release = (): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  };
  return { signal: controller.signal, end, release };
}

/** Runs until `request.seconds` are over or `signal` aborts, then writes the totals. Throws HalogenError where the port is taken. */
export async function runDemo(request: DemoRequest, output: DemoOutput, signal: AbortSignal): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'halogen-demo-'));
  const db = join(folder, 'halogen.db');
  const traffic = ending(signal, request.seconds);
  const receiving = new AbortController();
  let stored: Promise<ListenOutcome> | undefined;
  try {
    const { address, outcome } = await startReceiver(request.port, db, receiving.signal);
    stored = outcome;
    outcome.catch(traffic.end); // a receiver that fails ends the demo; the error comes out below
    const title = `halogen demo: made-up traffic to UDP ${address.host}:${address.port}, ctrl-C ends it`;
    output.stderr(title);
    const sending = sendTraffic(address, new DemoTraffic(SEED), traffic.signal);
    const { width } = output;
    const [sent] = await Promise.all([
      sending,
      request.plain || width === null ? null : drawLive(db, title, output, width, traffic.signal),
    ]);
    receiving.abort();
    const { ledger } = await outcome;
    output.stdout(await serversTable(db, null, READING, output));
    output.stderr(`sent ${formatNumber(sent)}; received ${ledgerLine(ledger)}`);
  } finally {
    traffic.end();
    traffic.release();
    receiving.abort();
    await stored?.catch(() => {}); // thrown already where it failed; the folder may go only when the store is closed
    rmSync(folder, { recursive: true, force: true });
  }
}
