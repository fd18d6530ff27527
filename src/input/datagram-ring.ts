/**
 * A ring of lines in shared memory, between the one thread that receives datagrams and the one that takes them.
 * Neither ever waits for the other: a line that does not fit is refused, and the writer's owner counts it.
 *
 * Positions run on over 2^32 and are compared modulo 2^32; the capacity is a power of two, so that they also wrap in
 * the data. Only the writer moves the tail, only the reader the head, and each moves after its bytes are in place.
 */

const LF = 10;

/** Indices into the header as Int32Array, a cache line apart because two cores write them. */
const HEAD = 0;
const TAIL = 16;
const SLEEPING = 32;
/** Byte offset of the counters, 64 bits each: at 100,000 lines/s 32 of them would be over in 12 hours. */
const COUNTERS_AT = 192;
const DATA_AT = 256;

/** What the writer counts: lines put, datagrams refused for want of room, datagrams without content, line feeds inside one, errors of the socket. */
export const RING_COUNTERS = ['received', 'dropped', 'empty', 'innerLineFeeds', 'errors'] as const;
export type RingCounter = (typeof RING_COUNTERS)[number];

/** In: bytes of lines it can hold, a power of two from 64 to 2^30. Out: the memory that writer and reader share. */
export function createRing(capacity: number): SharedArrayBuffer {
  const power = Math.log2(capacity);
  if (!Number.isInteger(power) || power < 6 || power > 30) throw new RangeError(`a ring of ${capacity} bytes is no power of two in reach`);
  return new SharedArrayBuffer(DATA_AT + capacity);
}

/** The producer's end; there may be one at a time. */
export class RingWriter {
  readonly #header: Int32Array;
  readonly #counters: BigUint64Array;
  readonly #data: Uint8Array;
  #tail: number;

  constructor(ring: SharedArrayBuffer) {
    this.#header = new Int32Array(ring, 0, COUNTERS_AT / 4);
    this.#counters = new BigUint64Array(ring, COUNTERS_AT, RING_COUNTERS.length);
    this.#data = new Uint8Array(ring, DATA_AT);
    this.#tail = Atomics.load(this.#header, TAIL);
  }

  /** Puts the first `length` bytes and an LF. Out: false, and nothing is put, where there is no room for both. */
  put(bytes: Uint8Array, length: number): boolean {
    const capacity = this.#data.length;
    const used = (this.#tail - Atomics.load(this.#header, HEAD)) >>> 0;
    if (used + length + 1 > capacity) return false;
    const at = this.#tail & (capacity - 1);
    const first = Math.min(length, capacity - at);
    this.#data.set(bytes.subarray(0, first), at);
    if (first < length) this.#data.set(bytes.subarray(first, length), 0);
    this.#data[(at + length) & (capacity - 1)] = LF;
    this.#tail = (this.#tail + length + 1) | 0;
    Atomics.store(this.#header, TAIL, this.#tail);
    return true;
  }

  count(counter: RingCounter, by: bigint): void {
    Atomics.add(this.#counters, RING_COUNTERS.indexOf(counter), by);
  }

  /** True once for each time the reader went to sleep: it has to be woken. To be asked after `put`. */
  readerSleeps(): boolean {
    return Atomics.load(this.#header, SLEEPING) === 1 && Atomics.exchange(this.#header, SLEEPING, 0) === 1;
  }
}

/** The consumer's end; there may be one at a time. */
export class RingReader {
  readonly #header: Int32Array;
  readonly #counters: BigUint64Array;
  readonly #data: Uint8Array;
  #head: number;
  #taken = 0;

  constructor(ring: SharedArrayBuffer) {
    this.#header = new Int32Array(ring, 0, COUNTERS_AT / 4);
    this.#counters = new BigUint64Array(ring, COUNTERS_AT, RING_COUNTERS.length);
    this.#data = new Uint8Array(ring, DATA_AT);
    this.#head = Atomics.load(this.#header, HEAD);
  }

  /** Bytes that can be taken now. */
  get available(): number {
    return (Atomics.load(this.#header, TAIL) - this.#head) >>> 0;
  }

  /** Bytes ever put: taken and still to be taken. */
  get bytes(): number {
    return this.#taken + this.available;
  }

  /**
   * Moves whole lines, oldest first, into `into`. Out: bytes moved, the last of them an LF; 0 when there is none.
   * Throws RangeError where `into` is shorter than the next line.
   */
  take(into: Uint8Array): number {
    const available = this.available;
    if (available === 0) return 0;
    const capacity = this.#data.length;
    const at = this.#head & (capacity - 1);
    const wanted = Math.min(available, into.length);
    const first = Math.min(wanted, capacity - at);
    into.set(this.#data.subarray(at, at + first));
    if (first < wanted) into.set(this.#data.subarray(0, wanted - first), first);
    const taken = wanted === available ? wanted : into.lastIndexOf(LF, wanted - 1) + 1;
    if (taken === 0) throw new RangeError(`a buffer of ${into.length} bytes is shorter than the next line`);
    this.#head = (this.#head + taken) | 0;
    this.#taken += taken;
    Atomics.store(this.#header, HEAD, this.#head);
    return taken;
  }

  /** Asks to be woken at the next line. Out: false where one is there already, and sleeping would be wrong. */
  sleep(): boolean {
    Atomics.store(this.#header, SLEEPING, 1);
    if (this.available === 0) return true;
    Atomics.store(this.#header, SLEEPING, 0);
    return false;
  }

  counter(counter: RingCounter): number {
    return Number(Atomics.load(this.#counters, RING_COUNTERS.indexOf(counter)));
  }
}
