/**
 * The zone of accept dates: HAProxy writes local time without saying which.
 *
 * A time that a zone skips (clocks go forward) is read with the offset before the change; one that it has twice
 * (clocks go back) is the first of the two.
 */

const DAY = 86_400_000;

/** Offset in ms to subtract from civil time (ms since 1970-01-01 as if UTC) to get epoch ms. */
export type ZoneOffset = (civil: number) => number;

/** In: IANA name, `Z`, `±hh:mm`, or null for the system's own. Throws RangeError for a zone that does not exist. */
export function zoneOffset(zone: string | null): ZoneOffset {
  if (zone === null) return fromUtcOffset((epoch) => -new Date(epoch).getTimezoneOffset() * 60_000);
  const fixed = /^(?:Z|UTC|([+-])(\d\d):?(\d\d))$/i.exec(zone);
  if (fixed !== null) {
    const minutes = fixed[1] === undefined ? 0 : (Number(fixed[2]) * 60 + Number(fixed[3])) * (fixed[1] === '-' ? -1 : 1);
    return () => minutes * 60_000;
  }
  return fromUtcOffset(ianaOffset(zone));
}

/** From "offset at an instant" to "offset at a civil time". */
function fromUtcOffset(offsetAt: (epoch: number) => number): ZoneOffset {
  return (civil) => {
    const before = offsetAt(civil - DAY);
    const after = offsetAt(civil + DAY);
    if (before === after || offsetAt(civil - before) === before) return before;
    return offsetAt(civil - after) === after ? after : before;
  };
}

function ianaOffset(zone: string): (epoch: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (epoch) => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(epoch)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(epoch / 1000) * 1000;
  };
}
