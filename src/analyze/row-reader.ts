/** Rows of a report out of the kernel: the numbers of one group at a time, as they are shown or as they sort. */

import type { Timer } from '../model/timers.ts';
import { address, type Kernel } from './kernel-instance.ts';
import { type ReportRow, STATUS_CLASSES, type StatusClass, type TimerResult } from './plan.ts';

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

export class RowReader {
  readonly #kernel: Kernel;
  readonly #memory: { readonly buffer: ArrayBuffer };
  readonly #timers: readonly Timer[];
  readonly #percentiles: readonly number[];
  readonly #row: number;

  /** In: percentiles, each in (0, 100]. One reader at a time. */
  constructor(kernel: Kernel, memory: { readonly buffer: ArrayBuffer }, timers: readonly Timer[], percentiles: readonly number[]) {
    this.#kernel = kernel;
    this.#memory = memory;
    this.#timers = timers;
    this.#percentiles = percentiles;
    this.#row = address(kernel.openResult(percentiles.length));
    new Float64Array(memory.buffer, this.#row - 8 * percentiles.length, percentiles.length).set(percentiles);
  }

  /** In: the keys as they are shown. */
  row(group: number, keys: ReportRow['keys']): ReportRow {
    const numbers = this.#describe(group, true);
    const at = (name: keyof typeof AT): number => numbers[AT[name]] as number;
    const status = Object.fromEntries(STATUS_CLASSES.map((name) => [name, at(`status.${name}`)])) as Record<StatusClass, number>;
    return {
      keys,
      requests: at('requests'),
      status,
      errors: at('errors'),
      error_rate: at('errors') / at('requests'),
      aborts: at('aborts'),
      retries: at('retries'),
      redispatches: at('redispatches'),
      queued: at('queued'),
      bytes_read: at('bytes_read'),
      timers: Object.fromEntries(this.#timers.map((timer, i) => [timer, this.#timer(numbers, i)])),
    };
  }

  /** What rows sort by: requests, a count, or TIMER.MEASURE. Out: its number for a group, NaN where nothing was measured. */
  measure(by: string): ((group: number) => number) | null {
    if (by === 'requests') return (group) => this.#kernel.requestsOf(group);
    if (by === 'error_rate') return (group) => this.#number(group, AT.errors) / this.#number(group, AT.requests);
    if (by in AT) return (group) => this.#number(group, AT[by as keyof typeof AT]);
    const [name, what = ''] = by.split(/\.(.*)/s);
    const timer = this.#timers.indexOf(name as Timer);
    if (timer < 0) return null;
    const first = this.#timerAt(timer);
    if (what === 'mean') {
      return (group) => {
        const numbers = this.#describe(group, true);
        return (numbers[first + 1] as number) / (numbers[first] as number);
      };
    }
    const place = ['count', 'sum', 'min', 'max', ...this.#percentiles.map((p) => `p${p}`)].indexOf(what);
    return place < 0 ? null : (group) => this.#describe(group, true)[first + place] as number;
  }

  #number(group: number, place: number): number {
    return this.#describe(group, false)[place] as number;
  }

  #describe(group: number, withTimes: boolean): Float64Array {
    this.#kernel.describe(group, withTimes);
    const numbers = this.#timerAt(this.#timers.length);
    return new Float64Array(this.#memory.buffer, this.#row, numbers);
  }

  #timerAt(timer: number): number {
    return FIRST_TIMER + timer * (TIMER_NUMBERS + this.#percentiles.length);
  }

  #timer(numbers: Float64Array, timer: number): TimerResult {
    const at = this.#timerAt(timer);
    const count = numbers[at] as number;
    const sum = numbers[at + 1] as number;
    const orNull = (number: number | undefined): number | null => (count === 0 ? null : (number as number));
    const percentiles = this.#percentiles.map((_, i) => orNull(numbers[at + TIMER_NUMBERS + i]));
    return { count, sum, mean: orNull(sum / count), min: orNull(numbers[at + 2]), max: orNull(numbers[at + 3]), percentiles };
  }
}
