/** The values of the filters that are more than words. */

import { isIP } from 'node:net';
import { TIMERS, type Timer } from '../../model/timers.ts';
import { parseDuration } from '../../model/units.ts';
import { type Parse, refuse } from './value.ts';

const STATUS = /^(-1|\d{1,3})(?:-(\d{1,3}))?$/;

/** `404`, `5xx`, `500-599`, `-1` (HAProxy's "no answer"). Out: an inclusive range. */
export const status: Parse<{ readonly from: number; readonly to: number }> = (text, given) => {
  const classed = /^([1-5])xx$/i.exec(text);
  if (classed !== null) return { from: Number(classed[1]) * 100, to: Number(classed[1]) * 100 + 99 };
  const match = STATUS.exec(text);
  const from = Number(match?.[1] ?? Number.NaN);
  const to = Number(match?.[2] ?? from);
  return to >= from ? { from, to } : refuse(given, 'status codes such as 404, 5xx, 500-599 or -1', text);
};

/** An address or a CIDR block, IPv4 or IPv6, as typed. */
export const network: Parse<string> = (text, given) => {
  const [, address = text, bits] = /^(.*)\/(\d{1,3})$/.exec(text) ?? [];
  const family = isIP(address);
  const most = family === 4 ? 32 : 128;
  if (family === 0 || Number(bits ?? 0) > most) return refuse(given, 'an address or a block such as 10.0.0.0/8 or 2001:db8::/32', text);
  return text;
};

/** `500ms` (of the response), or `queue=1s` (of any timer). */
export const slower: Parse<{ readonly timer: Timer; readonly ms: number }> = (text, given) => {
  const cut = text.indexOf('=');
  const timer = cut < 0 ? 'response' : TIMERS.find((name) => name === text.slice(0, cut));
  const ms = parseDuration(text.slice(cut + 1));
  if (timer === undefined || ms === null)
    return refuse(given, `a duration such as 500ms, or TIMER=1s with one of ${TIMERS.join(', ')}`, text);
  return { timer, ms };
};

/** Milliseconds, more than none. */
export const duration: Parse<number> = (text, given) => {
  const ms = parseDuration(text);
  return ms === null || ms === 0 ? refuse(given, 'a duration such as 500ms, 10s, 1m or 2h', text) : ms;
};
