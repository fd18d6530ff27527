/** Building blocks of random lines: latin1 strings, one character per byte, without LF. */

import fc from 'fast-check';

export type Text = fc.Arbitrary<string>;

/** The parts one after the other. */
export const joined = (...parts: readonly (Text | string)[]): Text =>
  fc.tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))).map((texts) => texts.join(''));

/** Characters of an alphabet. */
export const of = (alphabet: string, minLength: number, maxLength: number): Text =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });

/** Mostly the first. */
export const often = (usual: Text, ...rare: readonly Text[]): Text =>
  fc.oneof({ weight: 6, arbitrary: usual }, ...rare.map((arbitrary) => ({ weight: 1, arbitrary })));

/** Any byte but LF, those that mean something to a parser more often. */
export const byte: Text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...' \t/"{}[]:-+~\\#?<>|=0189aAzZ\r\0\x7f\x80\xc3\xa9\xff') },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }).map((code) => (code === 10 ? ' ' : String.fromCharCode(code))) },
);

export const bytes = (maxLength: number): Text => fc.string({ unit: byte, maxLength });

export const DIGITS = '0123456789';
