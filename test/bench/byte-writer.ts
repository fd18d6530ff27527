/**
 * Writes texts and numbers as ASCII into one byte array. No bounds are checked: whoever writes a line makes sure that
 * there is room for the longest one first.
 */

/** Many short texts in one byte array, so that writing one is a copy and no string is made. */
export class TextTable {
  readonly bytes: Uint8Array;
  readonly offsets: Uint32Array;

  constructor(texts: readonly string[]) {
    this.bytes = Buffer.from(texts.join(''), 'latin1');
    this.offsets = new Uint32Array(texts.length + 1);
    let at = 0;
    for (const [id, text] of texts.entries()) {
      this.offsets[id] = at;
      at += text.length;
    }
    this.offsets[texts.length] = at;
  }

  get size(): number {
    return this.offsets.length - 1;
  }
}

const ZERO = 48;
const MINUS = 45;

export class ByteWriter {
  bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  byte(code: number): void {
    this.bytes[this.at++] = code;
  }

  text(table: TextTable, id: number): void {
    const { bytes } = this;
    const from = table.bytes;
    const end = table.offsets[id + 1] as number;
    let at = this.at;
    for (let i = table.offsets[id] as number; i < end; i++) bytes[at++] = from[i] as number;
    this.at = at;
  }

  /** An integer of up to 31 bits and its sign. */
  integer(value: number): void {
    const { bytes } = this;
    let rest = value | 0;
    if (rest < 0) {
      bytes[this.at++] = MINUS;
      rest = -rest;
    }
    let digits = 1;
    for (let limit = 10; digits < 10 && rest >= limit; limit *= 10) digits++;
    let at = this.at + digits;
    this.at = at;
    do {
      const tenth = (rest / 10) | 0;
      bytes[--at] = ZERO + rest - tenth * 10;
      rest = tenth;
    } while (rest > 0);
  }

  /** Exactly two digits, value 0 to 99. */
  twoDigits(value: number): void {
    const tens = (value / 10) | 0;
    this.bytes[this.at++] = ZERO + tens;
    this.bytes[this.at++] = ZERO + value - tens * 10;
  }

  /** Exactly three digits, value 0 to 999. */
  threeDigits(value: number): void {
    const hundreds = (value / 100) | 0;
    this.bytes[this.at++] = ZERO + hundreds;
    this.twoDigits(value - hundreds * 100);
  }
}
