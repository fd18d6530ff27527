/** The values of the options that say how a report is grouped, ordered and shown. */

import type { Key } from '../../app/report-catalogue.ts';
import { type Parse, refuse } from './value.ts';

const KEYS = [
  'frontend',
  'backend',
  'server',
  'method',
  'path',
  'status',
  'status_class',
  'termination',
  'client',
  'minute',
  'hour',
] as const satisfies readonly Key[];

/** One key of `--by`. */
export const key: Parse<Key> = (text, given) => {
  if (/^header:[1-9]\d?$/.test(text)) return text as Key;
  return KEYS.find((name) => name === text) ?? refuse(given, `keys among ${KEYS.join(', ')}, header:N`, text);
};

/** In (0, 100], at most three digits after the point. */
export const percentile: Parse<number> = (text, given) => {
  const value = /^\d{1,3}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  return value > 0 && value <= 100 ? value : refuse(given, 'percentiles above 0, up to 100, such as 50,95,99.9', text);
};

export interface SortOrder {
  readonly by: string;
  /** null = whichever direction that column is usually read in. */
  readonly descending: boolean | null;
}

/** `KEY`, `KEY:asc` or `KEY:desc`; whether the report has such a key is judged where the report is known. */
export const sort: Parse<SortOrder> = (text, given) => {
  const [, by, direction] = /^(.+?)(?::(asc|desc))?$/.exec(text) ?? [];
  if (by === undefined) return refuse(given, 'KEY, KEY:asc or KEY:desc', text);
  return { by, descending: direction === undefined ? null : direction === 'desc' };
};
