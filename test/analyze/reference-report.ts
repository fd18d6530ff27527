/** The slow and obvious report: every value of every group in a list, nothing coded, nothing rounded before it is shown. */

import { type Key, type ReportPlan, type ReportRow, STATUS_CLASSES, type StatusClass, type TimerResult } from '../../src/analyze/plan.ts';
import { FLAG_REDISPATCHED, KIND_ERROR } from '../../src/model/columns.ts';
import { meaningOf } from '../../src/model/termination-states.ts';
import { ABSENT, type Timer } from '../../src/model/timers.ts';
import type { TestRecord } from './batches.ts';

type Keys = ReportRow['keys'];

/** In: records that passed the filter; width of time buckets in ms. Out: rows by the JSON of their keys. */
export function referenceRows(
  records: readonly TestRecord[],
  plan: ReportPlan,
  width: number,
  percentiles: readonly number[],
): Map<string, ReportRow> {
  const groups = new Map<string, { keys: Keys; records: TestRecord[] }>();
  for (const record of records) {
    if ((record.kind ?? 0) >= KIND_ERROR) continue;
    const keys: Keys = Object.assign({}, ...plan.keys.map((key) => keysOf(key, record, width)));
    const name = JSON.stringify(keys);
    const group = groups.get(name) ?? { keys, records: [] };
    group.records.push(record);
    groups.set(name, group);
  }
  return new Map([...groups].map(([name, group]) => [name, rowOf(group.keys, group.records, plan, percentiles)]));
}

function keysOf(key: Key, record: TestRecord, width: number): Keys {
  const bucket = (ms: number): string | null =>
    record.accept_date === undefined ? null : new Date(Math.floor(record.accept_date / ms) * ms).toISOString();
  switch (key) {
    case 'frontend':
    case 'backend':
    case 'server':
      return { [key]: record[`${key}_name`] ?? null };
    case 'method':
    case 'path':
      return { [key]: record[key] ?? null };
    case 'client':
      return { client: record.client_ip ?? null };
    case 'status':
      return { status_code: record.status_code ?? null };
    case 'status_class':
      return { status_class: classOf(record.status_code) };
    case 'termination': {
      const termination = record.termination_state ?? null;
      return { termination, meaning: termination === null ? null : meaningOf(termination) };
    }
    case 'minute':
      return { minute: bucket(60_000) };
    case 'hour':
      return { hour: bucket(3_600_000) };
    case 'time':
      return { time: bucket(width) };
    default:
      return { [key]: record.captured_request_headers?.split('|')[Number(key.slice(7)) - 1] || null };
  }
}

function classOf(status: number | undefined): StatusClass | null {
  if (status === undefined || status === ABSENT) return null;
  return STATUS_CLASSES.find((name) => name === `${Math.floor(status / 100)}xx`) ?? 'other';
}

function rowOf(keys: Keys, records: readonly TestRecord[], plan: ReportPlan, percentiles: readonly number[]): ReportRow {
  const count = (holds: (record: TestRecord) => boolean): number => records.filter(holds).length;
  const sum = (value: (record: TestRecord) => number | undefined): number =>
    Number(records.reduce((all, r) => all + BigInt(Math.max(value(r) ?? 0, 0)), 0n));
  const errors = count(({ status_code: s }) => s === -1 || classOf(s) === '5xx');
  return {
    keys,
    requests: records.length,
    status: Object.fromEntries(STATUS_CLASSES.map((name) => [name, count((r) => classOf(r.status_code) === name)])) as ReportRow['status'],
    errors,
    error_rate: errors / records.length,
    aborts: count((r) => /^[Cc]/.test(r.termination_state ?? '')),
    retries: sum((r) => r.retries),
    redispatches: count((r) => ((r.flags ?? 0) & FLAG_REDISPATCHED) !== 0),
    queued: count((r) => [r.time_queue, r.srv_queue, r.backend_queue].some((value) => (value ?? 0) > 0)),
    bytes_read: sum((r) => r.bytes_read),
    timers: Object.fromEntries(plan.timers.map((timer) => [timer, timerOf(timer, records, percentiles)])),
  };
}

function timerOf(timer: Timer, records: readonly TestRecord[], percentiles: readonly number[]): TimerResult {
  const values = records.map((r) => r[`time_${timer}`] ?? -1).filter((value) => value >= 0);
  values.sort((a, b) => a - b);
  const sum = values.reduce((all, value) => all + value, 0);
  const some = values.length > 0;
  return {
    count: values.length,
    sum,
    mean: some ? sum / values.length : null,
    min: values[0] ?? null,
    max: values.at(-1) ?? null,
    percentiles: percentiles.map((p) => values[rankOf(p, values.length) - 1] ?? null),
  };
}

/** ceil(p / 100 * count) in whole numbers: percentiles here have at most one digit after the point. */
function rankOf(percentile: number, count: number): number {
  return Math.max(1, Number((BigInt(Math.round(percentile * 10)) * BigInt(count) + 999n) / 1000n));
}
