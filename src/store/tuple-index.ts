/**
 * A table in memory from a tuple of integers to an id, without an object per entry: the combinations that the writer
 * has already stored. Bounded: when full it is emptied, and the caller asks the store again.
 */

const FIRST_SLOTS = 1_024;

export class TupleIndex {
  readonly #width: number;
  readonly #maximum: number;
  #entries = 0;
  #slots = FIRST_SLOTS;
  /** The tuple of slot s begins at s * width. */
  #tuples: Int32Array;
  /** 0 = free slot. */
  #ids = new Int32Array(FIRST_SLOTS);

  /** In: integers of a tuple; entries held at most. */
  constructor(width: number, maximum: number) {
    this.#width = width;
    this.#maximum = maximum;
    this.#tuples = new Int32Array(FIRST_SLOTS * width);
  }

  /** The id of `tuple`, 0 if it is not held. */
  find(tuple: Int32Array): number {
    return this.#ids[this.#slot(tuple)] as number;
  }

  /** Holds `id`, at least 1, for a tuple that find() did not know. */
  add(tuple: Int32Array, id: number): void {
    if (this.#entries === this.#maximum) this.clear();
    else if (this.#entries * 2 >= this.#slots) this.#grow();
    const slot = this.#slot(tuple);
    this.#ids[slot] = id;
    this.#tuples.set(tuple, slot * this.#width);
    this.#entries += 1;
  }

  clear(): void {
    this.#ids.fill(0);
    this.#entries = 0;
  }

  /** Where `tuple` is, or the free slot where it would go. Half of the slots are free, so the search ends. */
  #slot(tuple: Int32Array): number {
    const width = this.#width;
    let hash = 0;
    for (let i = 0; i < width; i += 1) hash = Math.imul(hash ^ (tuple[i] as number), 0x9e3779b1) ^ (hash >>> 15);
    let slot = (hash ^ (hash >>> 16)) & (this.#slots - 1);
    while (this.#ids[slot] !== 0 && !this.#holds(slot * width, tuple)) slot = (slot + 1) & (this.#slots - 1);
    return slot;
  }

  #holds(at: number, tuple: Int32Array): boolean {
    for (let i = 0; i < this.#width; i += 1) {
      if (this.#tuples[at + i] !== tuple[i]) return false;
    }
    return true;
  }

  #grow(): void {
    const [tuples, ids] = [this.#tuples, this.#ids];
    const width = this.#width;
    this.#slots *= 2;
    this.#tuples = new Int32Array(this.#slots * width);
    this.#ids = new Int32Array(this.#slots);
    for (let old = 0; old < ids.length; old += 1) {
      if (ids[old] === 0) continue;
      const tuple = tuples.subarray(old * width, (old + 1) * width);
      const slot = this.#slot(tuple);
      this.#ids[slot] = ids[old] as number;
      this.#tuples.set(tuple, slot * width);
    }
  }
}
