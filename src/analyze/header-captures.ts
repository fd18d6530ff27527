/**
 * The Nth captured request header as a key. HAProxy writes all captured headers in one block, `a|b|c`, and an absent
 * header as nothing between two bars, so an empty part counts as absent. Texts are interned here, in JavaScript: the
 * slow path, taken only by reports that ask for it. Past the bounds of a dictionary new texts share "(other)".
 */

import { MAX_DICTIONARY_BYTES, MAX_DICTIONARY_ENTRIES } from '../limits.ts';
import { type Dictionary, type LogBatch, spanText } from '../model/log-batch.ts';
import { OTHER } from './group-keys.ts';

export class HeaderCaptures implements Dictionary {
  readonly #part: number;
  readonly #texts: string[] = [];
  readonly #ids = new Map<string, number>();
  #characters = 0;

  /** In: which header, from 1. */
  constructor(part: number) {
    this.#part = part;
  }

  get size(): number {
    return this.#texts.length;
  }

  get texts(): readonly string[] {
    return this.#texts;
  }

  text(id: number): string {
    return this.#texts[id] ?? OTHER;
  }

  /** Writes the id of each row's header to `ids`, -1 where absent. In: `groups`, -1 for the rows that do not count. */
  fill(batch: LogBatch, groups: Int32Array, ids: Int32Array): void {
    for (let row = 0; row < batch.rows; row++) {
      if ((groups[row] as number) < 0) continue;
      const block = spanText(batch, 'captured_request_headers', row);
      const text = block?.split('|', this.#part)[this.#part - 1];
      ids[row] = text ? this.intern(text) : -1;
    }
  }

  /** The id of a text, given out anew at first sight. */
  intern(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const full = this.#texts.length >= MAX_DICTIONARY_ENTRIES || this.#characters >= MAX_DICTIONARY_BYTES;
    if (full && text !== OTHER) return this.intern(OTHER);
    this.#characters += text.length;
    this.#ids.set(text, this.#texts.length);
    return this.#texts.push(text) - 1;
  }
}
