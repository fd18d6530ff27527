/** Time zones: validation of what was typed, and the way between an instant and a wall clock. */

import { zoneOffset } from '../../model/zone.ts';
import { type Parse, refuse } from './value.ts';

const OFFSET = /^[+-](?:0\d|1[0-8]):?[0-5]\d$/;

function isKnown(name: string): boolean {
  try {
    zoneOffset(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** An IANA name or an offset, as typed. */
export const zone: Parse<string> = (text, given) => {
  const valid = /^[+-]/.test(text) ? OFFSET.test(text) : isKnown(text);
  return valid ? text : refuse(given, 'a time zone such as Europe/Vienna, UTC or +02:00', text);
};

/** In: what a wall clock shows, as if it were UTC (epoch ms), and a valid zone (null = the system's). Out: the instant, epoch ms. */
export function instantOf(wall: number, zoneName: string | null): number {
  return wall - zoneOffset(zoneName)(wall);
}

/** The other way: what the zone's wall clock shows at an instant. In the hours around a change it may be the offset's difference off. */
export function wallOf(instant: number, zoneName: string | null): number {
  const offset = zoneOffset(zoneName);
  return instant + offset(instant + offset(instant));
}
