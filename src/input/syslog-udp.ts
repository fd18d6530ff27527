/**
 * Syslog over UDP: one datagram, one line. A thread of its own receives (syslog-udp-thread.ts) and this side takes
 * the lines out of the ring both share, in the order of arrival, whenever it has time for them.
 *
 * Nothing waits on the way in: past UDP_RING_BYTES not yet taken, datagrams are dropped and counted; what the kernel
 * drops before that is read from its own table. IPv4 only, as is syslog-server.
 */

import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { HalogenError } from '../errors.ts';
import { UDP_RING_BYTES } from '../limits.ts';
import { createRing, RingReader } from './datagram-ring.ts';
import { kernelDrops } from './kernel-drops.ts';
import type { ThreadInput, ThreadMessage } from './syslog-udp-thread.ts';

export interface Address {
  /** IPv4 address, or a name that resolves to one. */
  readonly host: string;
  /** 0 to 65535; 0 = any free one. */
  readonly port: number;
}

/** Counts of datagrams since the socket was opened: received + dropped + empty + kernelDropped = sent to it. */
export interface UdpCounters {
  /** Became a line. */
  readonly received: number;
  /** Bytes of those lines, each with its LF. */
  readonly bytes: number;
  /** Arrived while the ring was full. */
  readonly dropped: number;
  /** Had no content. */
  readonly empty: number;
  /** Dropped by the kernel because the socket's buffer was full; null where the system does not tell. */
  readonly kernelDropped: number | null;
  /** Line feeds (not datagrams) that were replaced by a space. */
  readonly innerLineFeeds: number;
  /** Errors the socket reported while it listened. */
  readonly errors: number;
}

/** An open receiver. It has one consumer: calls of `take` and `waitAsync` do not overlap. */
export class UdpSource {
  readonly address: Address;
  /** Bytes the kernel keeps for the socket, as it reports them; Linux counts its own overhead in and doubles what was asked. */
  readonly receiveBuffer: number;
  readonly #worker: Worker;
  readonly #reader: RingReader;
  #wake: (() => void) | undefined;
  #closing: Promise<void> | undefined;
  #finalDrops: number | null | undefined;

  /** Use openUdp. */
  constructor(worker: Worker, reader: RingReader, address: Address, receiveBuffer: number) {
    this.address = address;
    this.receiveBuffer = receiveBuffer;
    this.#worker = worker;
    this.#reader = reader;
    worker.on('message', (message: ThreadMessage) => {
      if (message.is === 'closed') this.#finalDrops = message.kernelDropped;
      this.#wake?.();
    });
  }

  /**
   * Moves the whole lines that are there into `buffer`, as many as fit, each ended by LF. Out: bytes moved, 0 = none.
   * A buffer of MAX_LINE_BYTES holds any line; RangeError where the next one does not fit.
   */
  take(buffer: Uint8Array): number {
    return this.#reader.take(buffer);
  }

  /**
   * Settles when a line is there, when the source is closed, or after `maxMs`; never without a turn of the event loop,
   * so that a consumer that is always behind still hears signals and timers.
   */
  waitAsync(maxMs: number): Promise<void> {
    if (this.#finalDrops !== undefined || !this.#reader.sleep()) return setImmediate();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(wake, maxMs);
      this.#wake = wake;
    });
  }

  counters(): UdpCounters {
    const reader = this.#reader;
    return {
      received: reader.counter('received'),
      bytes: reader.bytes,
      dropped: reader.counter('dropped'),
      empty: reader.counter('empty'),
      kernelDropped: this.#finalDrops === undefined ? kernelDrops(this.address.host, this.address.port) : this.#finalDrops,
      innerLineFeeds: reader.counter('innerLineFeeds'),
      errors: reader.counter('errors'),
    };
  }

  /** Receives what the kernel already holds, then stops. `take` goes on to yield all that was received. May be called again. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      this.#worker.postMessage('close');
      await once(this.#worker, 'exit');
    })();
    return this.#closing;
  }
}

/** Opens a receiver. Throws HalogenError ADDRESS_INVALID, ADDRESS_IN_USE or ADDRESS_UNAVAILABLE where it cannot listen there. */
export async function openUdp({ host, port }: Address): Promise<UdpSource> {
  // Node itself would listen on all interfaces for an empty host, and take a port modulo 65,536.
  if (host === '' || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw HalogenError.of('ADDRESS_INVALID', 'udp', `${host}:${port}`);
  const ring = createRing(UDP_RING_BYTES);
  const workerData: ThreadInput = { host, port, ring };
  const worker = new Worker(new URL('./syslog-udp-thread.js', import.meta.url), { workerData, name: 'halogen-udp' });
  const [first] = (await once(worker, 'message')) as [ThreadMessage];
  if (first.is === 'listening') {
    return new UdpSource(worker, new RingReader(ring), { host: first.host, port: first.port }, first.receiveBuffer);
  }
  await worker.terminate();
  const address = `udp ${host}:${port}`;
  if (first.is === 'failed' && first.code === 'EADDRINUSE') throw HalogenError.of('ADDRESS_IN_USE', address);
  throw HalogenError.of('ADDRESS_UNAVAILABLE', address, first.is === 'failed' ? first.reason : `unexpected message ${first.is}`);
}
