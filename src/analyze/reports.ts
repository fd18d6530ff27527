/** The reports: name, keys, default order and one sentence each. Help, defaults and the README come from this table. */

import { rowKeys } from './group-keys.ts';
import { type Key, type ReportPlan, type Shape, STATUS_CLASSES } from './plan.ts';

export interface ReportKind {
  readonly name: string;
  readonly keys: readonly Key[];
  readonly sort: Shape['sort'];
  readonly description: string;
}

const MOST_REQUESTS = { by: 'requests', descending: true } as const;

export const REPORTS: readonly ReportKind[] = [
  { name: 'servers', keys: ['backend', 'server'], sort: MOST_REQUESTS, description: 'Each server: its requests, errors and times.' },
  { name: 'backends', keys: ['backend'], sort: MOST_REQUESTS, description: 'Each backend: its requests, errors and times.' },
  { name: 'frontends', keys: ['frontend'], sort: MOST_REQUESTS, description: 'Each frontend: its requests, errors and times.' },
  {
    name: 'urls',
    keys: ['method', 'path'],
    sort: { by: 'response.sum', descending: true },
    description: 'Each URL by method, without its query; those that cost the servers most time first.',
  },
  { name: 'clients', keys: ['client'], sort: MOST_REQUESTS, description: 'Each client address: its requests, errors and times.' },
  { name: 'status', keys: ['status'], sort: { by: 'status_code', descending: false }, description: 'Each status code.' },
  { name: 'terminations', keys: ['termination'], sort: MOST_REQUESTS, description: 'How sessions ended, in words.' },
  {
    name: 'queues',
    keys: ['backend', 'server'],
    sort: { by: 'queue.sum', descending: true },
    description: 'Where requests queue: each server by the time spent waiting for it.',
  },
  { name: 'methods', keys: ['method'], sort: MOST_REQUESTS, description: 'Each request method.' },
  {
    name: 'timeline',
    keys: ['time'],
    sort: { by: 'time', descending: false },
    description: 'Requests, errors and times over time, in buckets of equal width.',
  },
  { name: 'report', keys: [], sort: MOST_REQUESTS, description: 'Any combination of keys, given with --by.' },
];

/** Counts of a row, in the order of the JSON. */
export const COUNTS = ['requests', 'errors', 'error_rate', 'aborts', 'retries', 'redispatches', 'queued', 'bytes_read'] as const;

/** What every timer is measured by, beside its percentiles. */
export const MEASURES = ['count', 'sum', 'mean', 'min', 'max'] as const;

/** What the rows of a plan can be sorted by. A percentile `pN` is good for any N in (0, 100]; listed are the usual ones. */
export function sortKeys(plan: Pick<ReportPlan, 'keys' | 'timers'>, percentiles: readonly number[] = [50, 95, 99]): string[] {
  const measures = [...MEASURES, ...percentiles.map((p) => `p${p}`)];
  const timers = plan.timers.flatMap((timer) => measures.map((measure) => `${timer}.${measure}`));
  const classes = STATUS_CLASSES.map((name) => `status.${name}`);
  return [...rowKeys(plan.keys), ...COUNTS, ...classes, ...timers];
}
