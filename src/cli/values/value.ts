/** The contract of an option's parser: text as typed in, value out, or one sentence about what was expected. */

import { HalogenError } from '../../errors.ts';

/** What a value may depend on beside its own text. */
export interface Given {
  /** The option, as on the command line: `--since`. */
  readonly flag: string;
  /** Epoch ms. */
  readonly now: number;
  /** Zone of times without one; null = the system's. */
  readonly timezone: string | null;
}

/** Throws HalogenError OPTION_INVALID for a text that is no such value. */
export type Parse<T> = (text: string, given: Given) => T;

export function refuse(given: Given, expected: string, text: string): never {
  throw HalogenError.of('OPTION_INVALID', given.flag, expected, text);
}

/** A comma-separated list of `one`; empty parts are refused. */
export function listOf<T>(one: Parse<T>): Parse<readonly T[]> {
  return (text, given) => text.split(',').map((part) => one(part.trim(), given));
}

/** Any text but none. */
export const text: Parse<string> = (value, given) => (value === '' ? refuse(given, 'a value', value) : value);

export function oneOf<T extends string>(choices: readonly T[]): Parse<T> {
  return (value, given) => choices.find((choice) => choice === value) ?? refuse(given, `one of ${choices.join(', ')}`, value);
}

/** A whole number from `least` on. */
export function wholeNumber(least: number): Parse<number> {
  return (value, given) => {
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    return number >= least ? number : refuse(given, `a whole number from ${least}`, value);
  };
}

/** For switches, which take no text. */
export const on: Parse<true> = () => true;
