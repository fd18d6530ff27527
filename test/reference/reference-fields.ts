/**
 * The fields between the accept date and the captures: each with the form of the whole field and the form of its
 * beginning, by which a cut line is told from one that does not fit. GRAMMAR.md, "Message" and "Cut lines".
 */

import { FLAG_PARTIAL_BYTES, FLAG_PARTIAL_TIME, FLAG_REDISPATCHED, FLAG_SSL } from '../../src/model/columns.ts';
import type { ReferenceColumn } from './reference-record.ts';

/** What a field adds to the record; `flags` is a set of bits to add. */
export type Found = Partial<Record<ReferenceColumn, string | number | null>>;

export interface Field {
  /** Out: null if the whole of a field does not read so. */
  readonly read: (text: string) => Found | null;
  /** Whether a line may be cut after this much of the field. */
  readonly mayBegin: (text: string) => boolean;
}

const INTEGER = /^-?\d{1,10}$/;
const LARGEST = 2_147_483_647;
const isInteger = (text: string): boolean => INTEGER.test(text) && Math.abs(Number(text)) <= LARGEST;
const integerMayBegin = (text: string): boolean => text === '' || text === '-' || isInteger(text);
/** Never -0, which would not equal the 0 it is. */
const integer = (text: string): number => Number(text) || 0;
const dashIsAbsent = (text: string): string | null => (text === '-' ? null : text);

/** Integers with `/` between them; `plus` is the flag of a `+` before the last, 0 if it may have none. */
function integers(columns: readonly ReferenceColumn[], plus: number): Field {
  const last = columns.length - 1;
  const hasPlus = (text: string, index: number) => plus !== 0 && index === last && text.startsWith('+');
  return {
    read(text) {
      const parts = text.split('/');
      if (parts.length !== columns.length) return null;
      const found: Found = { flags: 0 };
      for (const [index, part] of parts.entries()) {
        const signed = hasPlus(part, index);
        const digits = signed ? part.slice(1) : part;
        if (!isInteger(digits) || (signed && digits.startsWith('-'))) return null;
        found[columns[index] as ReferenceColumn] = integer(digits);
        if (signed) found.flags = plus;
      }
      return found;
    },
    mayBegin(text) {
      const parts = text.split('/');
      if (parts.length > columns.length) return false;
      return parts.every((part, index) => {
        if (index < parts.length - 1) return isInteger(part);
        const rest = hasPlus(part, index) ? part.slice(1) : part;
        return integerMayBegin(rest) && !(rest !== part && rest.startsWith('-'));
      });
    },
  };
}

function text(column: ReferenceColumn, form: RegExp, value: (text: string) => string | null): Field {
  return { read: (given) => (form.test(given) ? { [column]: value(given) } : null), mayBegin: (given) => given === '' || form.test(given) };
}

export const FRONTEND: Field = {
  read: (given) => {
    const ssl = given.length > 1 && given.endsWith('~');
    return { frontend_name: ssl ? given.slice(0, -1) : given, flags: ssl ? FLAG_SSL : 0 };
  },
  mayBegin: () => true,
};

export const TARGET: Field = {
  read: (given) => {
    const slash = given.indexOf('/');
    return slash < 1 ? null : { backend_name: given.slice(0, slash), server_name: given.slice(slash + 1) };
  },
  mayBegin: (given) => !given.startsWith('/'),
};

export const HTTP_TIMERS = integers(['time_request', 'time_queue', 'time_connect', 'time_response', 'time_total'], FLAG_PARTIAL_TIME);
export const TCP_TIMERS = integers(['time_queue', 'time_connect', 'time_total'], FLAG_PARTIAL_TIME);

const BYTES: Field = {
  read: (given) => {
    if (!/^\+?\d{1,15}$/.test(given)) return null;
    return { bytes_read: Number(given.replace('+', '')), flags: given.startsWith('+') ? FLAG_PARTIAL_BYTES : 0 };
  },
  mayBegin: (given) => /^\+?\d{0,15}$/.test(given),
};
const STATE = text('termination_state', /^.{1,8}$/s, (given) => given);
const COUNTERS = integers(['actconn', 'feconn', 'beconn', 'srv_conn', 'retries'], FLAG_REDISPATCHED);
const QUEUES = integers(['srv_queue', 'backend_queue'], 0);

/** What follows the timers, up to the queues. */
export const HTTP_FIELDS: readonly Field[] = [
  integers(['status_code'], 0),
  BYTES,
  text('captured_request_cookie', /^/, dashIsAbsent),
  text('captured_response_cookie', /^/, dashIsAbsent),
  STATE,
  COUNTERS,
  QUEUES,
];
export const TCP_FIELDS: readonly Field[] = [BYTES, STATE, COUNTERS, QUEUES];
