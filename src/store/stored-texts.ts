/** The dictionary of one interned column, made from the store's table `text` as its ids turn up. */

import type Database from 'better-sqlite3';
import { MAX_DICTIONARY_ENTRIES } from '../limits.ts';
import { TextDictionary } from '../model/log-batch.ts';

/** What values past MAX_DICTIONARY_ENTRIES share. */
const OTHER = '(other)';

export class StoredTexts {
  readonly dictionary = new TextDictionary();
  readonly #value: Database.Statement<[number], string>;
  /** By text id: the dictionary's id plus 1; 0 = not met yet. */
  #ids = new Int32Array(1_024);

  constructor(database: Database.Database) {
    this.#value = database.prepare<[number], string>('SELECT value FROM text WHERE id = ?').pluck();
  }

  /** The dictionary's id for a text id of the store; -1 for NULL. */
  id(textId: number | null): number {
    if (textId === null) return -1;
    if (textId >= this.#ids.length) this.#grow(textId);
    return ((this.#ids[textId] as number) || this.#learn(textId)) - 1;
  }

  #learn(textId: number): number {
    const text = this.dictionary.size < MAX_DICTIONARY_ENTRIES ? (this.#value.get(textId) ?? '') : OTHER;
    const id = this.dictionary.intern(text) + 1;
    this.#ids[textId] = id;
    return id;
  }

  #grow(textId: number): void {
    const ids = new Int32Array(Math.max(textId + 1, this.#ids.length * 2));
    ids.set(this.#ids);
    this.#ids = ids;
  }
}
