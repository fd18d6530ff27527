/** The RFC 3164 header HAProxy puts before a message it sends by UDP. */

import { syslogDate } from './render-date.ts';

export interface Envelope {
  /** When the line was written, epoch ms, and the minutes by which its clock is ahead of UTC. */
  readonly time: number;
  readonly utcOffset?: number;
  /** With it HAProxy's `format rfc3164`, without it its `format local`. */
  readonly host?: string;
  readonly tag: string;
  readonly pid: number;
  /** Facility * 8 + severity; by default 134, local0.info, the level of HAProxy's requests. */
  readonly pri?: number;
}

const LOCAL0_INFO = 134;

/** Out: `<134>Nov  1 00:00:00 haproxy[123]: `, what the message follows directly. */
export function envelope({ time, utcOffset = 0, host, tag, pid, pri = LOCAL0_INFO }: Envelope): string {
  const sender = host === undefined ? '' : `${host} `;
  return `<${pri}>${syslogDate(time, utcOffset)} ${sender}${tag}[${pid}]: `;
}
