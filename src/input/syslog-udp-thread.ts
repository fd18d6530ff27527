/**
 * The thread behind openUdp. It does nothing but receive, so that the socket's buffer never waits for a parser or a
 * disk: each datagram becomes a line in the shared ring, or is counted as dropped where the ring is full.
 *
 * syslog-server opens, binds and closes the socket. Its own reader of messages decodes each datagram to a string,
 * which destroys invalid UTF-8 and takes longer than all of the work done here; Node announces every new UDP socket on
 * the diagnostics channel `udp.socket`, and there this module takes the socket over as soon as it listens, before
 * the first datagram can arrive: it raises the receive buffer and puts its own reader in place of the package's.
 */

import type { Socket } from 'node:dgram';
import { subscribe } from 'node:diagnostics_channel';
import { parentPort, workerData } from 'node:worker_threads';
import SyslogServer from 'syslog-server';
import { UDP_CLOSING_MS, UDP_RECEIVE_BUFFER_BYTES } from '../limits.ts';
import { contentLength, flattenLineFeeds } from './datagram-line.ts';
import { type RingCounter, RingWriter } from './datagram-ring.ts';
import { kernelDrops } from './kernel-drops.ts';

export interface ThreadInput {
  readonly host: string;
  readonly port: number;
  readonly ring: SharedArrayBuffer;
}

/** What the thread says. `lines` answers a reader that sleeps; the first message is `listening` or `failed`, the last `closed`. */
export type ThreadMessage =
  | { readonly is: 'listening'; readonly host: string; readonly port: number; readonly receiveBuffer: number }
  | { readonly is: 'failed'; readonly code: string; readonly reason: string }
  | { readonly is: 'lines' }
  | { readonly is: 'closed'; readonly kernelDropped: number | null };

/** Milliseconds from the first line for a sleeping reader to its waking: under load one waking serves hundreds of lines. */
const WAKE_DELAY_MS = 1;

const { host, port, ring } = workerData as ThreadInput;
const writer = new RingWriter(ring);
const server = new SyslogServer();
let datagrams = 0;

function say(message: ThreadMessage): void {
  parentPort?.postMessage(message);
}

function receive(datagram: Buffer): void {
  datagrams++;
  writer.count(outcome(datagram), 1n);
}

function outcome(datagram: Buffer): RingCounter {
  const length = contentLength(datagram);
  if (length === 0) return 'empty';
  const lineFeeds = flattenLineFeeds(datagram, length);
  if (lineFeeds > 0) writer.count('innerLineFeeds', BigInt(lineFeeds));
  if (!writer.put(datagram, length)) return 'dropped';
  if (writer.readerSleeps()) setTimeout(say, WAKE_DELAY_MS, { is: 'lines' });
  return 'received';
}

function takeOver(socket: Socket): void {
  socket.removeAllListeners('message');
  socket.on('message', receive);
  socket.setRecvBufferSize(UDP_RECEIVE_BUFFER_BYTES);
  const bound = socket.address();
  say({ is: 'listening', host: bound.address, port: bound.port, receiveBuffer: socket.getRecvBufferSize() });
  parentPort?.once('message', () => setImmediate(drain, bound.address, bound.port, performance.now() + UDP_CLOSING_MS));
}

/**
 * Goes on until a whole turn of the event loop brought no datagram, which means the socket's buffer is empty, and
 * closes. Called from setImmediate only, so that the socket is polled between two calls.
 */
function drain(address: string, boundPort: number, deadline: number, before = -1): void {
  if (datagrams !== before && performance.now() < deadline) {
    setImmediate(drain, address, boundPort, deadline, datagrams);
    return;
  }
  const kernelDropped = kernelDrops(address, boundPort);
  server.stop().then(() => {
    say({ is: 'closed', kernelDropped });
    parentPort?.close();
  });
}

let listening = false;
subscribe('udp.socket', (message) => {
  const { socket } = message as { socket: Socket };
  socket.once('listening', () => {
    listening = true;
    takeOver(socket);
  });
});

server.on('error', (error: NodeJS.ErrnoException) => {
  if (listening) writer.count('errors', 1n);
  else say({ is: 'failed', code: error.code ?? '', reason: error.message });
});

await server.start({ address: host, port, exclusive: true });
