/** What a report asks for, resolved: every stage (parser, accumulator, store, printer) reads this one description. */

import type { Kind } from '../model/columns.ts';
import type { Ledger } from '../model/ledger.ts';
import type { Timer } from '../model/timers.ts';

/** What records can be grouped by. `time` is the bucket of a timeline; `header:N` the Nth captured request header, from 1. */
export type Key =
  | 'frontend'
  | 'backend'
  | 'server'
  | 'method'
  | 'path'
  | 'status'
  | 'status_class'
  | 'termination'
  | 'client'
  | 'minute'
  | 'hour'
  | 'time'
  | `header:${number}`;

/** Which records count. All given conditions must hold; a list is "any of". Times are epoch ms. */
export interface FilterSpec {
  /** Inclusive. */
  readonly since?: number;
  /** Exclusive. */
  readonly until?: number;
  /** Globs: `*` any run, `?` one character, `[…]` a class; case matters. */
  readonly frontend?: readonly string[];
  readonly backend?: readonly string[];
  readonly server?: readonly string[];
  readonly path?: readonly string[];
  readonly method?: readonly string[];
  /** Inclusive ranges of status codes; -1 is HAProxy's "no answer". */
  readonly status?: readonly { readonly from: number; readonly to: number }[];
  /** CIDR blocks or single addresses, IPv4 or IPv6, in text. Already validated. */
  readonly client?: readonly string[];
  /** Prefixes of the termination state. */
  readonly termination?: readonly string[];
  readonly errors?: boolean;
  readonly queued?: boolean;
  /** At least this many ms in that timer. */
  readonly slower?: readonly { readonly timer: Timer; readonly ms: number }[];
  readonly kind?: readonly Kind[];
  /** Keep what the conditions above would drop. */
  readonly invert?: boolean;
}

export interface ReportPlan {
  /** Name as on the command line: servers, urls, …, or `report` for --by. */
  readonly report: string;
  readonly keys: readonly Key[];
  /** Timers whose histograms are kept. */
  readonly timers: readonly Timer[];
  readonly filter: FilterSpec;
  /** Width of a timeline bucket in ms; 0 = chosen so that there are at most 60 rows. */
  readonly every: number;
}

/** Order and extent of what is shown. */
export interface Shape {
  /** A row key, a count (`requests`, `errors`, `error_rate`, …, `bytes_read`), or TIMER.MEASURE (`response.p95`). */
  readonly sort: { readonly by: string; readonly descending: boolean };
  /** Rows shown; 0 = all. */
  readonly limit: number;
  /** Each in (0, 100]; JSON keys `p50`, `p99.9`. */
  readonly percentiles: readonly number[];
}

/** Counts in requests, times in ms; null where there was nothing to measure. */
export interface TimerResult {
  readonly count: number;
  readonly sum: number;
  readonly mean: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** In the order of Shape.percentiles. Nearest rank; exact below 128 ms, else at most 1 % off. */
  readonly percentiles: readonly (number | null)[];
}

export const STATUS_CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx', 'other'] as const;
export type StatusClass = (typeof STATUS_CLASSES)[number];

export interface ReportRow {
  /** JSON key → value, in the order shown: { backend, server }, { method, path }, { client }, { status_code }, { termination, meaning }, { time }. */
  readonly keys: Readonly<Record<string, string | number | null>>;
  readonly requests: number;
  readonly status: Readonly<Record<StatusClass, number>>;
  readonly errors: number;
  /** errors / requests, 0 to 1. */
  readonly error_rate: number;
  readonly aborts: number;
  readonly retries: number;
  readonly redispatches: number;
  readonly queued: number;
  readonly bytes_read: number;
  /** Only the plan's timers. */
  readonly timers: Readonly<Partial<Record<Timer, TimerResult>>>;
}

/** A row without an object for every number; good until the next one is read. */
export interface NumberRow {
  /** One value per JSON key, in the order shown. */
  readonly keys: readonly (string | number | null)[];
  /** The measures asked for, in that order; NaN where there was nothing to measure. */
  readonly numbers: Float64Array;
}

/** A finished report. `rows` yields lazily, in order, so that a million rows need no million objects at once. */
export interface ReportResult {
  readonly report: string;
  readonly keys: readonly Key[];
  /** Earliest and latest accept date among the requests counted, epoch ms; null if there were none. */
  readonly from: number | null;
  readonly to: number | null;
  readonly ledger: Ledger;
  /** Rows before the limit. */
  readonly total: number;
  readonly percentiles: readonly number[];
  readonly rows: Iterable<ReportRow>;
  /** The same rows for a writer of very many. In: names of measures, as in Shape.sort. */
  numberRows(measures: readonly string[]): Iterable<NumberRow>;
  /** What the reader has to know beside the numbers, a sentence each (a bound was reached, …). */
  readonly notes: readonly string[];
}
