/**
 * Syslog into the store until told to stop. Receiving has a thread of its own (input/syslog-udp.ts); this one parses
 * and writes, so that a slow disk fills the ring between them before a datagram is lost.
 */

import { setImmediate } from 'node:timers/promises';
import { type Address, openUdp, type UdpCounters, type UdpSource } from '../input/syslog-udp.ts';
import { MAX_BATCH_AGE_MS } from '../limits.ts';
import type { Ledger } from '../model/ledger.ts';
import { type SourceHandle, StoreWriter } from '../store/writer.ts';
import type { ReadingOptions } from './reading.ts';
import { StoreFeed } from './store-feed.ts';

export interface ListenRequest {
  readonly udp: Address;
  readonly db: string;
  readonly reading: ReadingOptions;
  /** Called once datagrams are taken in, with the address in use and the bytes the kernel keeps for the socket. */
  readonly onListening: (address: Address, receiveBuffer: number) => void;
}

export interface ListenOutcome {
  readonly ledger: Ledger;
  readonly counters: UdpCounters;
}

/** Throws HalogenError where the address or the store cannot be used. Out, once `signal` aborted and all that was received is stored: the account. */
export async function runListen({ udp, db, reading, onListening }: ListenRequest, signal: AbortSignal): Promise<ListenOutcome> {
  const writer = new StoreWriter(db);
  try {
    const socket = await openUdp(udp);
    try {
      const { host, port } = socket.address;
      const receiver = new Receiver(writer, writer.source(`udp ${host}:${port}`, 'udp'), reading);
      onListening(socket.address, socket.receiveBuffer);
      while (!signal.aborted) {
        // A turn of the event loop after each buffer: a flood may not keep a signal from being heard.
        if (receiver.take(socket)) await setImmediate();
        else await socket.waitAsync(receiver.waitMs());
      }
      await socket.close();
      while (receiver.take(socket));
      receiver.commit();
      return { ledger: receiver.ledger, counters: socket.counters() };
    } finally {
      await socket.close();
    }
  } finally {
    writer.close();
  }
}

/** Lines from the socket into the store, committed when the oldest uncommitted one is MAX_BATCH_AGE_MS old. */
class Receiver {
  readonly #writer: StoreWriter;
  readonly #feed: StoreFeed;
  #oldest: number | null = null;

  constructor(writer: StoreWriter, source: SourceHandle, reading: ReadingOptions) {
    this.#writer = writer;
    this.#feed = new StoreFeed(writer, source, reading);
  }

  get ledger(): Ledger {
    return this.#feed.parser.ledger;
  }

  /** Milliseconds until something has to be committed. */
  waitMs(): number {
    return this.#oldest === null ? MAX_BATCH_AGE_MS : Math.max(0, this.#oldest + MAX_BATCH_AGE_MS - performance.now());
  }

  /** Takes what is there, up to a buffer full. Out: whether anything was. */
  take(socket: UdpSource): boolean {
    const { parser, sink } = this.#feed;
    const length = socket.take(parser.room());
    if (length > 0) {
      this.#oldest ??= performance.now();
      parser.filled(length, sink);
    }
    if (this.#oldest !== null && this.waitMs() === 0) this.commit();
    return length > 0;
  }

  commit(): void {
    this.#feed.settle();
    this.#writer.commit();
    this.#oldest = null;
  }
}
