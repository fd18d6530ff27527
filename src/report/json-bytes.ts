/**
 * JSON gathered as UTF-8 bytes, for output of very many values: digits and plain texts are written byte by byte, which
 * costs a fraction of joining strings and encoding them afterwards. The bytes are this object's own: what `take` gives
 * out is overwritten by the next write. It grows as needed; who writes much takes what is there now and then.
 */

import { PIECE_CHARS } from '../limits.ts';
import { type FixedTexts, SLACK_BYTES } from './fixed-texts.ts';
import { MOST_NUMBER_BYTES, putJsonNumber } from './number-bytes.ts';
import { jsonText } from './safe-text.ts';

/** Beyond what is taken at a time there is room for a usual row: it seldom grows. */
const FIRST_BYTES = PIECE_CHARS * 2;
/** UTF-8 takes at most this many bytes for one UTF-16 code unit. */
const BYTES_PER_CHAR = 3;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PLAIN = 0x20;
const LAST_PLAIN = 0x7e;

export class JsonBytes {
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** Bytes written since the last `take`. */
  get length(): number {
    return this.#length;
  }

  /** Everything written so far, good until the next write; then it begins anew. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return taken;
  }

  /** Text as it is. */
  text(text: string): void {
    this.#reserve(text.length * BYTES_PER_CHAR);
    this.#length += this.#bytes.write(text, this.#length);
  }

  /** One of `texts`. */
  fixed(texts: FixedTexts, number: number): void {
    this.#reserve(texts.bytes + SLACK_BYTES);
    this.#length = texts.put(number, this.#view, this.#length);
  }

  /** A text as JSON, exactly as `jsonText` has it. */
  jsonText(text: string): void {
    this.#reserve(text.length + 2);
    const bytes = this.#bytes;
    let at = this.#length;
    bytes[at++] = QUOTE;
    for (let i = 0; i < text.length; i++) {
      const char = text.charCodeAt(i);
      if (char < FIRST_PLAIN || char > LAST_PLAIN || char === QUOTE || char === BACKSLASH) {
        this.text(jsonText(text));
        return;
      }
      bytes[at++] = char;
    }
    bytes[at++] = QUOTE;
    this.#length = at;
  }

  /** Numbers as JSON, null for those that are not finite. Before each stands one of `texts`, from number `first` on. */
  jsonNumbers(numbers: Float64Array, texts: FixedTexts, first: number): void {
    this.#reserve(texts.bytes + numbers.length * MOST_NUMBER_BYTES + SLACK_BYTES);
    const bytes = this.#bytes;
    const view = this.#view;
    let at = this.#length;
    for (let i = 0; i < numbers.length; i++) at = putJsonNumber(numbers[i] as number, bytes, texts.put(first + i, view, at));
    this.#length = at;
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow((this.#length + bytes) * 2);
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
