/**
 * What records can be grouped by: for each Key the columns it reads, how many 32-bit words it takes in the kernel's
 * keys, the JSON keys it is shown under, and how its words read.
 */

import type { ColumnName, IdColumn } from '../model/columns.ts';
import type { Dictionary } from '../model/log-batch.ts';
import { meaningOf } from '../model/termination-states.ts';
import { ABSENT } from '../model/timers.ts';
import { type Key, STATUS_CLASSES } from './plan.ts';

/** Where the words of a key come from: a column as it is, or made from one. */
export type KeySource =
  | { readonly from: 'id'; readonly column: IdColumn }
  | { readonly from: 'status' }
  | { readonly from: 'status_class' }
  /** Buckets of the accept date; width in ms, 0 = the plan's. */
  | { readonly from: 'date'; readonly width: number }
  /** Part `part`, from 1, of the captured request headers. */
  | { readonly from: 'header'; readonly part: number };

/** A value of a JSON key; `(other)` for what a bound kept from a row of its own. */
export type KeyValue = string | number | null;

export const OTHER = '(other)';
/** The word of the group past a bound, as the kernel writes it. */
const OTHER_WORD = ABSENT + 1;

const ID_KEYS: Readonly<Record<string, IdColumn>> = {
  frontend: 'frontend_name',
  backend: 'backend_name',
  server: 'server_name',
  method: 'method',
  path: 'path',
  termination: 'termination_state',
  client: 'client_ip',
};

export function sourceOf(key: Key): KeySource {
  const column = ID_KEYS[key];
  if (column !== undefined) return { from: 'id', column };
  if (key === 'status' || key === 'status_class') return { from: key };
  if (key === 'minute') return { from: 'date', width: 60_000 };
  if (key === 'hour') return { from: 'date', width: 3_600_000 };
  if (key === 'time') return { from: 'date', width: 0 };
  return { from: 'header', part: Number(key.slice('header:'.length)) };
}

/** 32-bit words of a key: a date's bucket has 64 bits. */
export function wordsOf(source: KeySource): number {
  return source.from === 'date' ? 2 : 1;
}

/** The column a key is made from. */
export function columnOfKey(source: KeySource): ColumnName {
  switch (source.from) {
    case 'id':
      return source.column;
    case 'date':
      return 'accept_date';
    case 'header':
      return 'captured_request_headers';
    default:
      return 'status_code';
  }
}

/** The JSON keys of a row grouped by `keys`, in order. */
export function rowKeys(keys: readonly Key[]): string[] {
  return keys.flatMap((key) => {
    if (key === 'status') return ['status_code'];
    if (key === 'termination') return ['termination', 'meaning'];
    return [key];
  });
}

/**
 * Reads the words of a key. In: its source, its word (of a date the high one, then the low one), the width of a date's
 * bucket in ms, and the texts of an id. Out: one value per JSON key of that key.
 */
export function valuesOf(source: KeySource, word: number, low: number, width: number, texts: Dictionary | null): KeyValue[] {
  if (word === OTHER_WORD) return isTermination(source) ? [OTHER, null] : [OTHER];
  if (source.from === 'date') return [word === ABSENT ? null : new Date(bucketOf(word, low) * width).toISOString()];
  if (source.from === 'status') return [word === ABSENT ? null : word];
  if (source.from === 'status_class') return [STATUS_CLASSES[word] ?? null];
  const text = word < 0 || texts === null ? null : texts.text(word);
  return isTermination(source) ? [text, text === null ? null : meaningOf(text)] : [text];
}

/** The number of a date's bucket from its two words. */
export function bucketOf(high: number, low: number): number {
  return high * 2 ** 32 + (low >>> 0);
}

function isTermination(source: KeySource): boolean {
  return source.from === 'id' && source.column === 'termination_state';
}
