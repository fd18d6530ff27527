/** From resolved options to the plan and the shape of a report. */

import { type Key, REPORTS, type ReportPlan, rowKeys, type Shape, sortKeys } from '../app/report-catalogue.ts';
import { HalogenError } from '../errors.ts';
import { TIMERS, type Timer } from '../model/timers.ts';
import { reportColumns } from '../report/columns.ts';
import { defaultColumns } from '../report/default-columns.ts';
import type { Format } from '../report/report-format.ts';
import { filterSpec } from './filter-spec.ts';
import type { Options } from './option-table.ts';

const TABLE_ROWS = 20;
const PERCENTILES = [50, 95, 99];

export interface ReportRequest {
  readonly plan: ReportPlan;
  readonly shape: Shape;
  readonly format: Format;
  readonly columns: readonly string[] | null;
}

/** `response.p95` → response; null for what is measured without a timer. */
function timerOf(column: string): Timer | null {
  return TIMERS.find((timer) => column.startsWith(`${timer}.`)) ?? null;
}

/** Percentiles asked for by name, in `--columns` or `--sort`, are computed as well. */
function percentilesOf(options: Options): number[] {
  const named = [...(options.columns ?? []), options.sort?.by ?? ''].flatMap((name) => {
    const match = /\.p(\d{1,3}(?:\.\d{1,3})?)$/.exec(name);
    return match !== null && timerOf(name) !== null ? [Number(match[1])] : [];
  });
  const wanted = [...(options.percentiles ?? PERCENTILES), ...named.filter((p) => p > 0 && p <= 100)];
  return [...new Set(wanted)].sort((a, b) => a - b);
}

function checkColumns(columns: readonly string[], keys: readonly Key[], percentiles: readonly number[]): void {
  const known = new Set(reportColumns(keys, percentiles).map(({ name }) => name));
  const stranger = columns.find((name) => !known.has(name));
  if (stranger === undefined) return;
  const expected = `names such as ${rowKeys(keys).join(', ')}, requests, status.5xx, error_rate, response.p95`;
  throw HalogenError.of('OPTION_INVALID', '--columns', expected, stranger);
}

function sortOf(options: Options, plan: ReportPlan, usual: Shape['sort'], percentiles: readonly number[]): Shape['sort'] {
  if (options.sort === undefined) return usual;
  const { by, descending } = options.sort;
  const known = sortKeys(plan, percentiles);
  if (!known.includes(by)) {
    throw HalogenError.of('OPTION_INVALID', '--sort', `one of ${known.filter((name) => !name.includes('.')).join(', ')}, TIMER.p95 …`, by);
  }
  return { by, descending: descending ?? !rowKeys(plan.keys).includes(by) };
}

/** In: the command's name and its options. Throws HalogenError where the report has no such column or order. */
export function reportRequest(report: string, options: Options): ReportRequest {
  const row = REPORTS.find(({ name }) => name === report) as (typeof REPORTS)[number];
  const keys = options.by ?? row.keys;
  if (keys.length === 0) throw HalogenError.of('OPTION_INVALID', '--by', 'one or more keys, such as backend,status', '');
  const format = options.format ?? 'table';
  const percentiles = percentilesOf(options);
  if (options.columns !== undefined) checkColumns(options.columns, keys, percentiles);
  const table = format === 'table' || format === 'markdown';
  const columns = options.columns ?? (table ? defaultColumns(report, keys, options.percentiles ?? PERCENTILES) : null);
  const everything: ReportPlan = { report, keys, timers: TIMERS, filter: filterSpec(options), every: options.every ?? 0 };
  const sort = sortOf(options, everything, row.sort, percentiles);
  const needed = columns === null ? TIMERS : TIMERS.filter((timer) => [...columns, sort.by].some((name) => timerOf(name) === timer));
  return {
    plan: { ...everything, timers: needed },
    shape: { sort, limit: options.limit ?? (format === 'table' ? TABLE_ROWS : 0), percentiles },
    format,
    columns,
  };
}
