/** The store's table `text`: one id per distinct text, found or given out anew. */

import type Database from 'better-sqlite3';
import { OTHER } from '../analyze/group-keys.ts';
import { MAX_STORE_CACHE_BYTES, MAX_STORE_CACHE_ENTRIES } from '../limits.ts';
import type { Dictionary } from '../model/log-batch.ts';
import { ABSENT } from '../model/timers.ts';
import { BytesIndex } from './bytes-index.ts';

const REPLACEMENT = '\ufffd';

export class Texts {
  readonly #find: Database.Statement<[string], number>;
  readonly #insert: Database.Statement<[string]>;
  readonly #spans = new BytesIndex(MAX_STORE_CACHE_ENTRIES, MAX_STORE_CACHE_BYTES);

  constructor(database: Database.Database) {
    this.#find = database.prepare<[string], number>('SELECT id FROM text WHERE value = ?').pluck();
    this.#insert = database.prepare<[string]>('INSERT INTO text (value) VALUES (?) ON CONFLICT DO NOTHING');
  }

  /** The id of a text, at least 1. */
  id(text: string): number {
    const { changes, lastInsertRowid } = this.#insert.run(text);
    return changes === 0 ? (this.#find.get(text) as number) : Number(lastInsertRowid);
  }

  /** The id of the text that a span's bytes are, read as UTF-8. */
  spanId(bytes: Buffer, start: number, end: number): number {
    let id = this.#spans.find(bytes, start, end);
    if (id === 0) {
      id = this.id(bytes.toString('utf8', start, end));
      this.#spans.add(bytes, start, end, id);
    }
    return id;
  }

  /** Forgets what is held in memory: after a rollback its ids may be given to other texts. */
  forget(): void {
    this.#spans.clear();
  }
}

/** Text ids by the ids of one producer's dictionary: a string is made once per distinct value. */
export class ProducerTexts {
  readonly #texts: Texts;
  readonly #dictionary: Dictionary;
  /** By the producer's id: text id (0 = not asked yet) and length of the text. */
  #ids = new Int32Array(64);
  #lengths = new Int32Array(64);

  constructor(texts: Texts, dictionary: Dictionary) {
    this.#texts = texts;
    this.#dictionary = dictionary;
  }

  /** Makes room for all ids given out so far; call once per batch. */
  prepare(): void {
    const { size } = this.#dictionary;
    if (size <= this.#ids.length) return;
    const room = Math.max(size, this.#ids.length * 2);
    const [ids, lengths] = [this.#ids, this.#lengths];
    this.#ids = new Int32Array(room);
    this.#lengths = new Int32Array(room);
    this.#ids.set(ids);
    this.#lengths.set(lengths);
  }

  /** The text id of a producer's id; ABSENT for -1. */
  id(producerId: number): number {
    if (producerId < 0) return ABSENT;
    return (this.#ids[producerId] as number) || this.#learn(producerId);
  }

  /**
   * Bytes of the text as it stood in the line; -1 where that cannot be told from the text, because bytes that are no
   * UTF-8 were replaced in it or it stands for all texts past a bound. Only for an id that id() was asked for.
   */
  byteLength(producerId: number): number {
    return this.#lengths[producerId] as number;
  }

  #learn(producerId: number): number {
    const text = this.#dictionary.text(producerId);
    this.#lengths[producerId] = text === OTHER || text.includes(REPLACEMENT) ? -1 : Buffer.byteLength(text);
    const id = this.#texts.id(text);
    this.#ids[producerId] = id;
    return id;
  }
}
