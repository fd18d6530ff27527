/** A dictionary that lives in the kernel's memory, and the form in which it travels to another thread. */

import type { ColumnMemory, Dictionary } from '../model/log-batch.ts';
import type { Kernel } from './kernel-host.ts';

/** All texts by id: their lengths, and their bytes one after the other. */
export interface DictionaryTexts {
  readonly lengths: Uint32Array;
  readonly bytes: Uint8Array;
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

export class KernelDictionary implements Dictionary {
  readonly #kernel: Kernel;
  readonly #columns: ColumnMemory;
  readonly #at: number;

  /** In: the address of the dictionary's record. */
  constructor(kernel: Kernel, columns: ColumnMemory, at: number) {
    this.#kernel = kernel;
    this.#columns = columns;
    this.#at = at;
  }

  get size(): number {
    return this.#kernel.dictionarySize(this.#at);
  }

  /** Whether a bound of limits.ts made texts share the entry "(other)". */
  get overflowed(): boolean {
    return this.#kernel.dictionaryOverflowed(this.#at) !== 0;
  }

  text(id: number): string {
    if (id < 0 || id >= this.size) throw new RangeError(`no text has id ${id}`);
    const record = this.#kernel.dictionaryRecord(this.#at, id) >>> 0;
    const length = new DataView(this.#columns.memory.buffer).getUint32(record + 4, true);
    return utf8.decode(new Uint8Array(this.#columns.memory.buffer, record + 8, length));
  }

  /** A copy of all texts, to hand to another thread. */
  export(): DictionaryTexts {
    const count = this.size;
    let total = 0;
    const view = new DataView(this.#columns.memory.buffer);
    for (let id = 0; id < count; id++) total += view.getUint32((this.#kernel.dictionaryRecord(this.#at, id) >>> 0) + 4, true);
    const lengths = this.#columns.reserve(count * 4 + total + 16);
    const texts = lengths + count * 4;
    this.#kernel.exportAll(this.#at, lengths, texts);
    const { buffer } = this.#columns.memory;
    return { lengths: new Uint32Array(buffer, lengths, count).slice(), bytes: new Uint8Array(buffer, texts, total).slice() };
  }

  /** Takes over the texts of another dictionary. Out: per id there, the id here. */
  import(from: DictionaryTexts): Int32Array {
    const count = from.lengths.length;
    if (count === 0) return new Int32Array(0);
    const lengths = this.#columns.reserve(count * 8 + from.bytes.length + 64);
    const ids = lengths + count * 4;
    const texts = ids + count * 4;
    new Uint32Array(this.#columns.memory.buffer, lengths, count).set(from.lengths);
    new Uint8Array(this.#columns.memory.buffer, texts, from.bytes.length).set(from.bytes);
    this.#kernel.internAll(this.#at, lengths, texts, count, ids);
    return new Int32Array(this.#columns.memory.buffer, ids, count).slice();
  }
}
