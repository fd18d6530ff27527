/** Rows of a report out of the kernel: the numbers of one group at a time, as they are shown or as they sort. */

import type { Timer } from '../model/timers.ts';
import { address, type Kernel } from './kernel-instance.ts';
import type { ReportRow, TimerResult } from './plan.ts';

/** Where the kernel puts each number of a row; see result.ts among the kernel's sources. */
const AT = {
  requests: 0,
  'status.1xx': 1,
  'status.2xx': 2,
  'status.3xx': 3,
  'status.4xx': 4,
  'status.5xx': 5,
  'status.other': 6,
  errors: 7,
  aborts: 8,
  retries: 9,
  redispatches: 10,
  queued: 11,
  bytes_read: 12,
} as const;
const FIRST_TIMER = 13;
const TIMER_NUMBERS = 4;

/** Where a measure stands in a row, and what it is to be divided by: -1 = nothing. */
interface Place {
  readonly at: number;
  readonly per: number;
}
/** Past the end of every row: reads as NaN. */
const NOWHERE: Place = { at: 2 ** 31 - 1, per: -1 };

export class RowReader {
  readonly #kernel: Kernel;
  readonly #memory: { readonly buffer: ArrayBuffer };
  readonly #timers: readonly Timer[];
  readonly #percentiles: readonly number[];
  readonly #row: number;
  #numbers: Float64Array;

  /** In: percentiles, each in (0, 100]. One reader at a time. */
  constructor(kernel: Kernel, memory: { readonly buffer: ArrayBuffer }, timers: readonly Timer[], percentiles: readonly number[]) {
    this.#kernel = kernel;
    this.#memory = memory;
    this.#timers = timers;
    this.#percentiles = percentiles;
    this.#row = address(kernel.openResult(percentiles.length));
    new Float64Array(memory.buffer, this.#row - 8 * percentiles.length, percentiles.length).set(percentiles);
    this.#numbers = this.#view();
  }

  /** In: the keys as they are shown. */
  row(group: number, keys: ReportRow['keys']): ReportRow {
    const numbers = this.#describe(group, true);
    const requests = numbers[AT.requests] as number;
    const errors = numbers[AT.errors] as number;
    const timers: Partial<Record<Timer, TimerResult>> = {};
    for (let t = 0; t < this.#timers.length; t++) timers[this.#timers[t] as Timer] = this.#timer(numbers, t);
    return {
      keys,
      requests,
      status: {
        '1xx': numbers[AT['status.1xx']] as number,
        '2xx': numbers[AT['status.2xx']] as number,
        '3xx': numbers[AT['status.3xx']] as number,
        '4xx': numbers[AT['status.4xx']] as number,
        '5xx': numbers[AT['status.5xx']] as number,
        other: numbers[AT['status.other']] as number,
      },
      errors,
      error_rate: errors / requests,
      aborts: numbers[AT.aborts] as number,
      retries: numbers[AT.retries] as number,
      redispatches: numbers[AT.redispatches] as number,
      queued: numbers[AT.queued] as number,
      bytes_read: numbers[AT.bytes_read] as number,
      timers,
    };
  }

  /** What rows sort by: requests, a count, or TIMER.MEASURE. Out: its number for a group, NaN where nothing was measured. */
  measure(by: string): ((group: number) => number) | null {
    if (by === 'requests') return (group) => this.#kernel.requestsOf(group);
    const place = this.#placeOf(by);
    if (place === null) return null;
    const { at, per } = place;
    const withTimes = at >= FIRST_TIMER;
    return (group) => {
      const row = this.#describe(group, withTimes);
      return per < 0 ? (row[at] as number) : (row[at] as number) / (row[per] as number);
    };
  }

  /** As `measure`, of several at once. Out: their numbers for a group, good until the next; NaN also for what the plan does not measure. */
  numbers(measures: readonly string[]): (group: number) => Float64Array {
    const places = measures.map((by) => this.#placeOf(by) ?? NOWHERE);
    const at = Int32Array.from(places, (place) => place.at);
    const per = Int32Array.from(places, (place) => place.per);
    const numbers = new Float64Array(measures.length).fill(Number.NaN);
    return (group) => {
      const row = this.#describe(group, true);
      for (let i = 0; i < numbers.length; i++) {
        const number = row[at[i] as number] as number;
        numbers[i] = (per[i] as number) < 0 ? number : number / (row[per[i] as number] as number);
      }
      return numbers;
    };
  }

  #placeOf(by: string): Place | null {
    if (by === 'error_rate') return { at: AT.errors, per: AT.requests };
    if (Object.hasOwn(AT, by)) return { at: AT[by as keyof typeof AT], per: -1 };
    const [name, what = ''] = by.split(/\.(.*)/s);
    const timer = this.#timers.indexOf(name as Timer);
    if (timer < 0) return null;
    const first = this.#timerAt(timer);
    if (what === 'mean') return { at: first + 1, per: first };
    const place = ['count', 'sum', 'min', 'max', ...this.#percentiles.map((p) => `p${p}`)].indexOf(what);
    return place < 0 ? null : { at: first + place, per: -1 };
  }

  /** The row of a group, overwritten by the next one. */
  #describe(group: number, withTimes: boolean): Float64Array {
    this.#kernel.describe(group, withTimes);
    if (this.#numbers.buffer !== this.#memory.buffer) this.#numbers = this.#view();
    return this.#numbers;
  }

  #view(): Float64Array {
    return new Float64Array(this.#memory.buffer, this.#row, this.#timerAt(this.#timers.length));
  }

  #timerAt(timer: number): number {
    return FIRST_TIMER + timer * (TIMER_NUMBERS + this.#percentiles.length);
  }

  #timer(numbers: Float64Array, timer: number): TimerResult {
    const at = this.#timerAt(timer);
    const count = numbers[at] as number;
    const sum = numbers[at + 1] as number;
    const percentiles: (number | null)[] = [];
    for (let p = 0; p < this.#percentiles.length; p++) {
      percentiles.push(count === 0 ? null : (numbers[at + TIMER_NUMBERS + p] as number));
    }
    if (count === 0) return { count, sum, mean: null, min: null, max: null, percentiles };
    return { count, sum, mean: sum / count, min: numbers[at + 2] as number, max: numbers[at + 3] as number, percentiles };
  }
}
