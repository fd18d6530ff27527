/** The dictionary of one interned column, made from the store's table `text` as its ids turn up. */

import type Database from 'better-sqlite3';
import { OTHER } from '../analyze/group-keys.ts';
import { MAX_DICTIONARY_ENTRIES } from '../limits.ts';
import { TextDictionary } from '../model/log-batch.ts';

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

  /** The dictionary's id for a path with its query, as one text. */
  idWithQuery(textId: number | null, query: string | null): number {
    const id = this.id(textId);
    return id < 0 || query === null ? id : this.#intern(`${this.dictionary.text(id)}?${query}`);
  }

  #learn(textId: number): number {
    const id = this.#intern(this.#value.get(textId) ?? '') + 1;
    this.#ids[textId] = id;
    return id;
  }

  #intern(text: string): number {
    return this.dictionary.intern(this.dictionary.size < MAX_DICTIONARY_ENTRIES ? text : OTHER);
  }

  #grow(textId: number): void {
    const ids = new Int32Array(Math.max(textId + 1, this.#ids.length * 2));
    ids.set(this.#ids);
    this.#ids = ids;
  }
}
