/**
 * What a table shows when nobody says `--columns`: row keys first, then the measures each report is asked for, the
 * most important first, because a narrow terminal drops the last. `response.p*` stands for every percentile.
 */

import { rowKeys } from '../analyze/group-keys.ts';
import type { Key } from '../analyze/plan.ts';

const TRAFFIC = [
  'requests',
  'status.5xx',
  'error_rate',
  'response.p*',
  'queue.mean',
  'connect.mean',
  'aborts',
  'retries',
  'status.4xx',
  'bytes_read',
];

const MEASURES: Readonly<Record<string, readonly string[]>> = {
  servers: TRAFFIC,
  backends: TRAFFIC,
  frontends: ['requests', 'error_rate', 'total.p*', 'status.2xx', 'status.3xx', 'status.4xx', 'status.5xx', 'aborts', 'bytes_read'],
  urls: ['requests', 'response.sum', 'response.mean', 'response.p*', 'error_rate', 'errors', 'data.mean', 'bytes_read'],
  clients: ['requests', 'errors', 'status.4xx', 'total.p95', 'aborts', 'bytes_read'],
  status: ['requests', 'response.mean', 'response.p*', 'total.p95', 'bytes_read'],
  terminations: ['requests', 'total.mean', 'total.p95', 'retries', 'redispatches'],
  queues: ['queued', 'queue.sum', 'queue.mean', 'queue.p*', 'queue.max', 'requests', 'error_rate', 'response.mean', 'connect.mean'],
  methods: ['requests', 'error_rate', 'response.mean', 'response.p*', 'bytes_read'],
  timeline: ['requests', 'error_rate', 'response.p*', 'queue.mean', 'status.5xx', 'status.4xx', 'aborts', 'bytes_read'],
  report: TRAFFIC,
};

/** Names of the columns of a table of `report`, in order. */
export function defaultColumns(report: string, keys: readonly Key[], percentiles: readonly number[]): string[] {
  const measures = MEASURES[report] ?? TRAFFIC;
  return [
    ...rowKeys(keys),
    ...measures.flatMap((name) => (name.endsWith('.p*') ? percentiles.map((p) => `${name.slice(0, -1)}${p}`) : [name])),
  ];
}
