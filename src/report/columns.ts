/**
 * The columns a report can show: one row per value of a ReportRow, in the order of the JSON contract. JSON, CSV,
 * markdown, tables and `--columns` all read this one list.
 */

import { rowKeys } from '../analyze/group-keys.ts';
import { type Key, type ReportRow, STATUS_CLASSES, type TimerResult } from '../analyze/plan.ts';
import { COUNTS, MEASURES } from '../analyze/reports.ts';
import { TIMERS, type Timer } from '../model/timers.ts';
import type { Cell, GridColumn, Unit } from './grid.ts';

export interface ReportColumn extends GridColumn {
  /** Where the value stands in a row's JSON object. */
  readonly path: readonly string[];
  value(row: ReportRow): Cell;
}

type Count = (typeof COUNTS)[number];
const UNITS: Readonly<Partial<Record<Count, Unit>>> = { error_rate: 'share', bytes_read: 'bytes' };
const TITLES: Readonly<Partial<Record<Count, string>>> = { error_rate: 'error %', bytes_read: 'bytes' };

function keyColumn(name: string): ReportColumn {
  return { name, title: name, unit: name === 'status_code' ? 'plain' : 'text', path: [name], value: (row) => row.keys[name] ?? null };
}

function countColumn(name: Count): ReportColumn {
  return { name, title: TITLES[name] ?? name, unit: UNITS[name] ?? 'count', path: [name], value: (row) => row[name] };
}

function timerColumn(timer: Timer, measure: string, value: (result: TimerResult) => number | null): ReportColumn {
  return {
    name: `${timer}.${measure}`,
    title: `${timer}\n${measure}`,
    unit: measure === 'count' ? 'count' : 'ms',
    path: ['timers', timer, measure],
    value: (row) => {
      const result = row.timers[timer];
      return result === undefined ? null : value(result);
    },
  };
}

/** Everything a row of such a report holds, in the order of the JSON contract. `percentiles` as in Shape. */
export function reportColumns(
  keys: readonly Key[],
  percentiles: readonly number[],
  timers: readonly Timer[] = TIMERS,
): readonly ReportColumn[] {
  const [requests, ...counts] = COUNTS.map(countColumn) as [ReportColumn, ...ReportColumn[]];
  const status = STATUS_CLASSES.map(
    (name): ReportColumn => ({
      name: `status.${name}`,
      title: name,
      unit: 'count',
      path: ['status', name],
      value: (row) => row.status[name],
    }),
  );
  const times = timers.flatMap((timer) => [
    ...MEASURES.map((measure) => timerColumn(timer, measure, (result) => result[measure])),
    ...percentiles.map((p, i) => timerColumn(timer, `p${p}`, (result) => result.percentiles[i] ?? null)),
  ]);
  return [...rowKeys(keys).map(keyColumn), requests, ...status, ...counts, ...times];
}
