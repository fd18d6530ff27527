/**
 * A point in time as people and HAProxy write it: ISO 8601 with or without zone, `14:30` (today), `15m` or `-15m`
 * (ago), `01/Nov/2026:14:00:00.000` (a log's own date, to be pasted). Without a zone, `--timezone` says which.
 */

import { parseDuration } from '../../model/units.ts';
import { type Given, type Parse, refuse } from './value.ts';
import { instantOf, wallOf } from './zone.ts';

const EXPECTED = 'a time (2026-11-01T14:30[:00][Z|+02:00], 2026-11-01, 14:30, 15m ago as 15m, 01/Nov/2026:14:30:00)';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY_MS = 86_400_000;

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?$/;
const HAPROXY = /^\[?(\d{1,2})\/([A-Z][a-z][a-z])\/(\d{4}):(\d\d):(\d\d):(\d\d)(?:\.(\d{1,3}))?\]?$/;
const CLOCK = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/;

/** Epoch ms of a civil date and time read as UTC; null where the calendar or the clock has no such moment. */
function civil(year: number, month: number, day: number, hour: number, minute: number, second: number, fraction = ''): number | null {
  const midnight = Date.UTC(year, month - 1, day);
  const date = new Date(midnight);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) return null;
  return midnight + ((hour * 60 + minute) * 60 + second) * 1_000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
}

function isoTime(text: string, given: Given): number | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match;
  const wall = civil(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second), fraction);
  if (wall === null || zone === 'Z') return wall;
  return instantOf(wall, zone ?? given.timezone);
}

function haproxyTime(text: string, given: Given): number | null {
  const match = HAPROXY.exec(text);
  if (match === null) return null;
  const [, day, month, year, hour, minute, second, fraction] = match;
  const number = MONTHS.indexOf(month as string) + 1;
  const wall = civil(Number(year), number, Number(day), Number(hour), Number(minute), Number(second), fraction);
  return number === 0 || wall === null ? null : instantOf(wall, given.timezone);
}

function clockTime(text: string, given: Given): number | null {
  const match = CLOCK.exec(text);
  if (match === null) return null;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const today = Math.floor(wallOf(given.now, given.timezone) / DAY_MS) * DAY_MS;
  return instantOf(today + ((hour * 60 + minute) * 60 + second) * 1_000, given.timezone);
}

function ago(text: string, given: Given): number | null {
  const duration = parseDuration(text.replace(/^-/, ''));
  return duration === null ? null : given.now - duration;
}

/** Epoch ms. */
export const time: Parse<number> = (text, given) =>
  isoTime(text, given) ?? haproxyTime(text, given) ?? clockTime(text, given) ?? ago(text, given) ?? refuse(given, EXPECTED, text);
