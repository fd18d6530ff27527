/** The two dates of a line, as HAProxy writes them: in local time, without naming the zone. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MS_PER_MINUTE = 60_000;

interface Parts {
  readonly day: number;
  readonly month: string;
  readonly year: string;
  /** `hh:mm:ss` */
  readonly clock: string;
  readonly ms: string;
}

function parts(time: number, utcOffset: number): Parts {
  const date = new Date(time + utcOffset * MS_PER_MINUTE);
  const iso = date.toISOString();
  return {
    day: date.getUTCDate(),
    month: MONTHS[date.getUTCMonth()] as string,
    year: iso.slice(0, 4),
    clock: iso.slice(11, 19),
    ms: iso.slice(20, 23),
  };
}

/** In: epoch ms, and minutes ahead of UTC. Out: `DD/Mon/YYYY:hh:mm:ss.mmm` (configuration manual, 8.2.6, `%tr`). */
export function acceptDate(time: number, utcOffset: number): string {
  const { day, month, year, clock, ms } = parts(time, utcOffset);
  return `${String(day).padStart(2, '0')}/${month}/${year}:${clock}.${ms}`;
}

/** In: as above. Out: `Mon DD hh:mm:ss`, a day of one digit after a blank (RFC 3164, 4.1.2). */
export function syslogDate(time: number, utcOffset: number): string {
  const { day, month, clock } = parts(time, utcOffset);
  return `${month} ${String(day).padStart(2, ' ')} ${clock}`;
}
