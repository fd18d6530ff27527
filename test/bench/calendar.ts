/** Dates as HAProxy and syslog write them, from milliseconds of civil time: a text per day made once, digits per line. */

import { type ByteWriter, TextTable } from './byte-writer.ts';

const DAY_MS = 86_400_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const COLON = 58;

export class Calendar {
  readonly #firstDay: number;
  readonly #accept: TextTable;
  readonly #syslog: TextTable;
  readonly #iso: TextTable;

  /** In: the first and the last moment that will be written, ms; both count as UTC. */
  constructor(from: number, to: number) {
    this.#firstDay = Math.floor(from / DAY_MS);
    const days = Array.from(
      { length: Math.floor(to / DAY_MS) - this.#firstDay + 1 },
      (_, day) => new Date((this.#firstDay + day) * DAY_MS),
    );
    const month = (date: Date) => MONTHS[date.getUTCMonth()] as string;
    const day = (date: Date, fill: string) => String(date.getUTCDate()).padStart(2, fill);
    this.#accept = new TextTable(days.map((date) => `${day(date, '0')}/${month(date)}/${date.getUTCFullYear()}:`));
    this.#syslog = new TextTable(days.map((date) => `${month(date)} ${day(date, ' ')} `));
    this.#iso = new TextTable(days.map((date) => `${date.toISOString().slice(0, 10)}T`));
  }

  /** `DD/Mon/YYYY:hh:mm:ss.mmm` */
  accept(writer: ByteWriter, ms: number): void {
    const day = Math.floor(ms / DAY_MS);
    const rest = ms - day * DAY_MS;
    writer.text(this.#accept, day - this.#firstDay);
    time(writer, rest);
    writer.byte(46);
    writer.threeDigits(rest % 1000);
  }

  /** `Mon DD hh:mm:ss`, as of RFC 3164. */
  syslog(writer: ByteWriter, ms: number): void {
    const day = Math.floor(ms / DAY_MS);
    writer.text(this.#syslog, day - this.#firstDay);
    time(writer, ms - day * DAY_MS);
  }

  /** `YYYY-MM-DDThh:mm:ss` */
  iso(writer: ByteWriter, ms: number): void {
    const day = Math.floor(ms / DAY_MS);
    writer.text(this.#iso, day - this.#firstDay);
    time(writer, ms - day * DAY_MS);
  }
}

function time(writer: ByteWriter, msOfDay: number): void {
  const seconds = (msOfDay / 1000) | 0;
  const minutes = (seconds / 60) | 0;
  const hours = (minutes / 60) | 0;
  writer.twoDigits(hours);
  writer.byte(COLON);
  writer.twoDigits(minutes - hours * 60);
  writer.byte(COLON);
  writer.twoDigits(seconds - minutes * 60);
}
