/**
 * Takes a log-format string apart into fields of the table and the characters between them (configuration manual,
 * 8.2.6). Of the flags before a name only `{+Q}`, quotes around the value, is known; a field that is not in the table is refused.
 */

import { FIELDS, type Field } from './fields.ts';

/** A field, or one literal character. */
export type LogFormatToken = { readonly field: Field; readonly quoted: boolean } | { readonly literal: string };

const QUOTES = '{+Q}';

/** Longest first: `%tr` begins with `%t`. */
const BY_LENGTH: readonly Field[] = [...FIELDS].sort((one, other) => other.alias.length - one.alias.length);

/** In: a log-format string. Out: its tokens in order. Throws Error where a `%` begins no field of the table. */
export function tokenize(logFormat: string): readonly LogFormatToken[] {
  const tokens: LogFormatToken[] = [];
  let rest = logFormat;
  while (rest !== '') {
    const quoted = rest.startsWith(`%${QUOTES}`);
    if (quoted) rest = `%${rest.slice(1 + QUOTES.length)}`;
    const field = BY_LENGTH.find(({ alias }) => rest.startsWith(alias));
    if (field === undefined && rest.startsWith('%')) throw new Error(`log-format: no field begins "${rest.slice(0, 20)}"`);
    tokens.push(field === undefined ? { literal: rest.slice(0, 1) } : { field, quoted });
    rest = rest.slice(field?.alias.length ?? 1);
  }
  return tokens;
}
