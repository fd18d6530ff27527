/**
 * Short texts that are written again and again, such as the keys of a JSON object, eight bytes to a store: a loop over
 * bytes takes twice as long, and the call of `set` outweighs them all. The eight are a float, the only number that wide
 * which costs no object; it is copied unchanged, because no UTF-8 reads as a NaN (F0 to FF before 7F or FF).
 */

const WORD_BYTES = 8;

export class FixedTexts {
  /** Bytes of all texts together. */
  readonly bytes: number;
  readonly #words: Float64Array;
  /** Per text its first word, and at the end their number. */
  readonly #starts: Int32Array;
  readonly #lengths: Int32Array;

  constructor(texts: readonly string[]) {
    const encoded = texts.map((text) => Buffer.from(text));
    this.#lengths = Int32Array.from(encoded, (text) => text.length);
    this.bytes = this.#lengths.reduce((sum, length) => sum + length, 0);
    this.#starts = new Int32Array(texts.length + 1);
    for (let i = 0; i < texts.length; i++) {
      this.#starts[i + 1] = (this.#starts[i] as number) + Math.ceil((this.#lengths[i] as number) / WORD_BYTES);
    }
    this.#words = new Float64Array(this.#starts[texts.length] as number);
    const bytes = new Uint8Array(this.#words.buffer);
    encoded.forEach((text, i) => {
      bytes.set(text, (this.#starts[i] as number) * WORD_BYTES);
    });
  }

  /** Writes one of the texts. Out: where it ends. Up to SLACK_BYTES after that are overwritten too. */
  put(number: number, into: DataView, at: number): number {
    const end = this.#starts[number + 1] as number;
    for (let word = this.#starts[number] as number, to = at; word < end; word++, to += WORD_BYTES) {
      into.setFloat64(to, this.#words[word] as number, true);
    }
    return at + (this.#lengths[number] as number);
  }
}

/** What `put` needs after a text. */
export const SLACK_BYTES = WORD_BYTES - 1;
