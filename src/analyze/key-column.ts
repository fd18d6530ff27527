/**
 * One key of a plan at work: the words it gives the kernel for each row of a batch, and what the words of a group read.
 * Headers are interned here; dictionary ids, statuses and dates are left to the kernel.
 */

import { BATCH_ROWS } from '../limits.ts';
import type { IdColumn } from '../model/columns.ts';
import type { ColumnMemory, Dictionaries, LogBatch } from '../model/log-batch.ts';
import { columnOfKey, type KeySource, type KeyValue, sourceOf, valuesOf, wordsOf } from './group-keys.ts';
import { HeaderCaptures } from './header-captures.ts';
import { address, type Kernel } from './kernel-instance.ts';
import type { Key } from './plan.ts';

/** Statuses that are found without hashing; larger ones, which no server sends, are found all the same. */
const DIRECT_STATUSES = 1_024;

export class KeyColumn {
  readonly source: KeySource;
  /** Number of its first word among the words of a key. */
  readonly word: number;
  readonly words: number;
  readonly headers: HeaderCaptures | null;
  readonly #kernel: Kernel;
  readonly #columns: ColumnMemory;
  /** Where the words of its own stand, for keys that are no column of the batch and for merging. */
  readonly #own: readonly number[];

  constructor(key: Key, word: number, kernel: Kernel, columns: ColumnMemory) {
    this.source = sourceOf(key);
    this.word = word;
    this.words = wordsOf(this.source);
    this.headers = this.source.from === 'header' ? new HeaderCaptures(this.source.part) : null;
    this.#kernel = kernel;
    this.#columns = columns;
    this.#own = Array.from({ length: this.words }, (_, i) => address(kernel.setWordColumn(word + i, 0)));
    this.readBatch();
  }

  /** From now on the kernel reads this key's words from the batch, where they stand there. */
  readBatch(): void {
    if (this.source.from === 'id' || this.source.from === 'status') {
      this.#kernel.setWordColumn(this.word, this.#columns.addresses[columnOfKey(this.source)]);
    }
  }

  /** From now on the kernel reads this key's words from `own`. */
  readOwn(): void {
    this.#own.forEach((column, i) => {
      this.#kernel.setWordColumn(this.word + i, column);
    });
  }

  /** Its own words, `rows` of each. Stale once the memory has grown. */
  own(word: number, rows: number): Int32Array {
    return new Int32Array(this.#columns.memory.buffer, this.#own[word], rows);
  }

  /** Brings its own words up to date with the batch. In: the group column (-1 = row does not count), the width of a bucket. */
  fill(batch: LogBatch, groups: number, width: number): void {
    if (this.source.from === 'date') this.#kernel.fillTimes(batch.rows, this.word, this.widthOr(width));
    if (this.source.from === 'status_class') this.#kernel.fillStatusClasses(batch.rows, this.word);
    if (this.headers !== null) {
      this.headers.fill(batch, new Int32Array(this.#columns.memory.buffer, groups, batch.rows), this.own(0, BATCH_ROWS));
    }
  }

  /** Values from -1 up that its word is found under without hashing, 0 = none. In: the ids there are. */
  directNumbers(ids: number): number {
    if (this.source.from === 'id') return ids + 1;
    return this.source.from === 'status' ? DIRECT_STATUSES : 0;
  }

  /** In: the memory as words, where in it the key of a group begins, the width of a bucket. */
  values(words: Int32Array, key: number, width: number, dictionaries: Dictionaries): KeyValue[] {
    const at = key + this.word;
    const texts = this.source.from === 'id' ? dictionaries[this.source.column] : this.headers;
    return valuesOf(this.source, words[at] as number, words[at + 1] as number, this.widthOr(width), texts);
  }

  /** The id column whose ids are its words, if it is one. */
  get idColumn(): IdColumn | null {
    return this.source.from === 'id' ? this.source.column : null;
  }

  /** True for the key whose buckets have the plan's width. */
  get isTimeline(): boolean {
    return this.source.from === 'date' && this.source.width === 0;
  }

  widthOr(width: number): number {
    return this.source.from === 'date' && this.source.width !== 0 ? this.source.width : width;
  }
}
