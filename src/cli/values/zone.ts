/** Time zones: validation of what was typed, and the instant that a wall clock in a zone shows. */

import { type Parse, refuse } from './value.ts';

const OFFSET = /^([+-])(\d\d):?(\d\d)$/;

/** Minutes east of UTC, where `zone` is an offset such as `+02:00`; null where it is not. */
function offsetMinutes(zone: string): number | null {
  const match = OFFSET.exec(zone);
  if (match === null) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  if (Number(match[3]) > 59 || minutes > 18 * 60) return null;
  return match[1] === '-' ? -minutes : minutes;
}

function isName(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** An IANA name or an offset, as typed. */
export const zone: Parse<string> = (text, given) =>
  offsetMinutes(text) !== null || (/^[A-Za-z]/.test(text) && isName(text))
    ? text
    : refuse(given, 'a time zone such as Europe/Vienna, UTC or +02:00', text);

/** Milliseconds that the wall clock of the named zone is ahead of UTC at the instant `ms`. */
function ahead(clock: Intl.DateTimeFormat, ms: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of clock.formatToParts(ms)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1_000) * 1_000;
}

/**
 * In: what a wall clock shows, as if it were UTC (epoch ms), and a valid zone (null = the system's). Out: the instant,
 * epoch ms. Of an hour that comes twice the first is meant; one that is skipped is read with the offset before it.
 */
export function instantOf(wall: number, zoneName: string | null): number {
  const minutes = zoneName === null ? null : offsetMinutes(zoneName);
  if (minutes !== null) return wall - minutes * 60_000;
  const clock = clockOf(zoneName);
  const before = wall - ahead(clock, wall - 86_400_000);
  if (before + ahead(clock, before) === wall) return before;
  const after = wall - ahead(clock, wall + 86_400_000);
  return after + ahead(clock, after) === wall ? after : before;
}

/** In: an instant, epoch ms. Out: what the zone's wall clock shows then, as if it were UTC. */
export function wallOf(instant: number, zoneName: string | null): number {
  const minutes = zoneName === null ? null : offsetMinutes(zoneName);
  return instant + (minutes === null ? ahead(clockOf(zoneName), instant) : minutes * 60_000);
}

function clockOf(zoneName: string | null): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    ...(zoneName === null ? {} : { timeZone: zoneName }),
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}
