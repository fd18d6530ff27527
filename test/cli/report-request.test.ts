import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportRequest } from '../../src/cli/report-request.ts';
import { resolveOptions } from '../../src/cli/resolve.ts';
import { TIMERS } from '../../src/model/timers.ts';

const request = (report: string, typed: Parameters<typeof resolveOptions>[0] = {}) => reportRequest(report, resolveOptions(typed, 0));

test('when nothing is said, then a table shows 20 rows in the usual order and measures only what it shows', () => {
  const { plan, shape, format } = request('methods');
  assert.equal(format, 'table');
  assert.deepEqual(shape, { sort: { by: 'requests', descending: true }, limit: 20, percentiles: [50, 95, 99] });
  assert.deepEqual(plan.timers, ['response']);
});

test('when the format is for machines, then every timer is measured and every row shown', () => {
  const { plan, shape, columns } = request('urls', { format: 'json' });
  assert.deepEqual(plan.timers, TIMERS);
  assert.equal(shape.limit, 0);
  assert.equal(columns, null);
});

test('when a percentile is named in columns or order alone, then it is measured too', () => {
  const { plan, shape } = request('urls', { columns: 'path,queue.p90', sort: 'total.p99.9' });
  assert.deepEqual(shape.percentiles, [50, 90, 95, 99, 99.9]);
  assert.deepEqual(plan.timers, ['queue', 'total']);
});

test('when an order has no direction, then measures go down and keys up', () => {
  assert.deepEqual(request('urls', { sort: 'errors' }).shape.sort, { by: 'errors', descending: true });
  assert.deepEqual(request('urls', { sort: 'path' }).shape.sort, { by: 'path', descending: false });
  assert.deepEqual(request('urls', { sort: 'errors:asc' }).shape.sort, { by: 'errors', descending: false });
});

test('when filters are given, then the plan holds those and no others', () => {
  const { plan } = request('report', { by: 'backend,status', status: '5xx,-1', errors: true, since: '1970-01-02', timezone: 'UTC' });
  assert.deepEqual(plan.keys, ['backend', 'status']);
  assert.deepEqual(plan.filter, {
    since: 86_400_000,
    status: [
      { from: 500, to: 599 },
      { from: -1, to: -1 },
    ],
    errors: true,
  });
});
