/**
 * A table in memory from a run of bytes to an id, so that a repeated capture costs no string. Owns copies of the bytes.
 * Bounded in entries and bytes: when full it is emptied, and the caller asks the store again.
 */

const FIRST_SLOTS = 1_024;
const FIRST_BYTES = 65_536;

export class BytesIndex {
  readonly #maximumEntries: number;
  readonly #maximumBytes: number;
  #entries = 0;
  #used = 0;
  #arena = new Uint8Array(FIRST_BYTES);
  /** Per slot: id (0 = free), hash, start and length in the arena. */
  #table = new Int32Array(FIRST_SLOTS * 4);

  constructor(maximumEntries: number, maximumBytes: number) {
    this.#maximumEntries = maximumEntries;
    this.#maximumBytes = maximumBytes;
  }

  /** The id of the bytes from `start` to `end`, 0 if they are not held. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    return this.#table[this.#slot(hash, bytes, start, end)] as number;
  }

  /** Holds `id`, at least 1, for bytes that find() did not know. A run longer than the whole bound is not held. */
  add(bytes: Uint8Array, start: number, end: number, id: number): void {
    const length = end - start;
    if (length > this.#maximumBytes) return;
    if (this.#entries === this.#maximumEntries || this.#used + length > this.#maximumBytes) this.clear();
    if (this.#entries * 8 >= this.#table.length) this.#growTable();
    if (this.#used + length > this.#arena.length) this.#growArena(this.#used + length);
    const hash = hashOf(bytes, start, end);
    const slot = this.#slot(hash, bytes, start, end);
    this.#arena.set(bytes.subarray(start, end), this.#used);
    this.#table.set([id, hash, this.#used, length], slot);
    this.#used += length;
    this.#entries += 1;
  }

  clear(): void {
    this.#table.fill(0);
    this.#entries = 0;
    this.#used = 0;
  }

  /** Index in #table of the slot that holds the bytes, or of the free one where they would go. */
  #slot(hash: number, bytes: Uint8Array, start: number, end: number): number {
    const table = this.#table;
    const mask = table.length - 1;
    let slot = (hash << 2) & mask;
    while (table[slot] !== 0) {
      if (table[slot + 1] === hash && table[slot + 3] === end - start && this.#same(table[slot + 2] as number, bytes, start, end)) break;
      slot = (slot + 4) & mask;
    }
    return slot;
  }

  #same(at: number, bytes: Uint8Array, start: number, end: number): boolean {
    for (let i = start; i < end; i += 1) {
      if (bytes[i] !== this.#arena[at + i - start]) return false;
    }
    return true;
  }

  #growTable(): void {
    const old = this.#table;
    const mask = old.length * 2 - 1;
    this.#table = new Int32Array(old.length * 2);
    for (let from = 0; from < old.length; from += 4) {
      if (old[from] === 0) continue;
      // The held runs differ from each other: the first free slot is the right one.
      let slot = ((old[from + 1] as number) << 2) & mask;
      while (this.#table[slot] !== 0) slot = (slot + 4) & mask;
      this.#table.set(old.subarray(from, from + 4), slot);
    }
  }

  #growArena(needed: number): void {
    const arena = new Uint8Array(Math.min(this.#maximumBytes, Math.max(needed, this.#arena.length * 2)));
    arena.set(this.#arena.subarray(0, this.#used));
    this.#arena = arena;
  }
}

/** FNV-1a over 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/), folded so that the low bits depend on all. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i += 1) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return hash ^ (hash >>> 15);
}
