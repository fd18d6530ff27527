/** HAProxy's accept date, as GRAMMAR.md says: a real date, or nothing. */

import type { ZoneOffset } from './reference-record.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** In: the text between the brackets. Out: epoch ms UTC, or null if it is no date. A second 60 is the next minute's first. */
export function acceptDate(text: string, zoneOffset: ZoneOffset): number | null {
  const match = text.match(/^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d)(?:\.(\d{3}))?$/);
  if (match === null) return null;
  const [day, year, hour, minute, second] = [1, 3, 4, 5, 6].map((group) => Number(match[group])) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const month = MONTHS.indexOf(match[2] as string);
  if (month < 0 || hour > 23 || minute > 59 || second > 60) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  if (date.getUTCMonth() !== month || date.getUTCDate() !== day) return null;
  const civil = date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000;
  return civil - zoneOffset(civil) + Number(match[7] ?? 0);
}
