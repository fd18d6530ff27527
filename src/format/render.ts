/**
 * Renders records into the lines HAProxy would log, from a log-format string and the field table.
 *
 * What a client sent cannot break a line: the bytes HAProxy escapes (configuration manual, 8.6: control characters,
 * those beyond ASCII, `"` and `#`, in captures also `{ | }`) are written as `#` and two hexadecimal digits. In fields
 * that end at a blank, the blank is too.
 */

import type { Field } from './fields.ts';
import { tokenize } from './log-format.ts';
import type { LogRecord } from './log-record.ts';
import { acceptDate } from './render-date.ts';

const ABSENT = '-';
/** Bytes to escape, as characters of latin1, one of which stands for each byte. */
const IN_REQUEST = /[^\x20-\x7e]|["#]/g;
const IN_CAPTURE = /[^\x20-\x7e]|["#{|}]/g;
const IN_TEXT = /[^\x21-\x7e]|["#]/g;

/** In: text of any origin and what to escape in its UTF-8 bytes. Out: printable ASCII. */
function escaped(text: string, unsafe: RegExp): string {
  const bytes = Buffer.from(text).toString('latin1');
  return bytes.replace(unsafe, (byte) => `#${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

function block(values: readonly string[]): string {
  return `{${values.map((value) => escaped(value, IN_CAPTURE)).join('|')}}`;
}

/** The text of one field; empty only where captures are absent. */
function fieldText(field: Field, record: LogRecord, utcOffset: number): string {
  const value = record[field.column];
  if (field.shape === 'block') return Array.isArray(value) ? block(value) : '';
  if (value === undefined || value === null || (value === '' && field.shape === 'text')) return ABSENT;
  const plus = field.plus !== null && record[field.plus] === true ? '+' : '';
  switch (field.shape) {
    case 'date':
      return acceptDate(Number(value), utcOffset);
    case 'request':
      return escaped(String(value), IN_REQUEST);
    case 'text':
      return escaped(String(value), IN_TEXT) + (field.column === 'frontend_name' && record.ssl === true ? '~' : '');
    default:
      return `${plus}${value}`;
  }
}

/** In: a record, and the minutes by which the clock of the line is ahead of UTC. Out: the line without envelope and LF. */
export type LineRenderer = (record: LogRecord, utcOffset?: number) => string;

/** In: a log-format string. Out: its renderer, to be kept. Throws Error where the string names a field that is not in the table. */
export function lineRenderer(logFormat: string): LineRenderer {
  const tokens = tokenize(logFormat);
  return (record, utcOffset = 0) => {
    let line = '';
    for (const token of tokens) {
      if ('field' in token) {
        const text = fieldText(token.field, record, utcOffset);
        line += token.quoted ? `"${text}"` : text;
      } else if (token.literal !== ' ' || !line.endsWith(' ')) {
        line += token.literal; // absent captures leave no second blank, as in HAProxy
      }
    }
    return line;
  };
}
