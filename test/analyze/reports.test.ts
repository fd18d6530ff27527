import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Accumulator } from '../../src/analyze/accumulator.ts';
import type { ReportPlan } from '../../src/analyze/plan.ts';
import { REPORTS, sortKeys } from '../../src/analyze/reports.ts';
import { emptyLedger } from '../../src/model/ledger.ts';
import { TIMERS } from '../../src/model/timers.ts';
import { BatchMaker } from './batches.ts';

for (const { name, keys, sort } of REPORTS) {
  const plan: ReportPlan = { report: name, keys, timers: TIMERS, filter: {}, every: 0 };

  test(`when ${name} is asked for, then its default order is one of its sort keys`, () => {
    assert.ok(sortKeys(plan).includes(sort.by));
  });

  test(`when ${name} is sorted by any of its sort keys, then it has its rows`, () => {
    const maker = new BatchMaker();
    const accumulator = new Accumulator(maker.columns, plan);
    accumulator.add(
      maker.batch([
        { accept_date: 0, status_code: 200, time_response: 5 },
        { accept_date: 7_200_000, status_code: 503 },
      ]),
    );
    for (const by of sortKeys(plan)) {
      const shape = { sort: { by, descending: true }, limit: 0, percentiles: [50] };
      const rows = [...accumulator.result(maker.dictionaries, emptyLedger(), shape).rows];
      assert.ok(rows.length >= 1, by);
    }
  });
}

test('when a plan keeps some timers only, then only these are sort keys', () => {
  const keys = sortKeys({ keys: ['termination'], timers: ['queue'] }, [50, 99.9]);
  assert.ok(keys.includes('meaning') && keys.includes('queue.p99.9'));
  assert.ok(!keys.some((key) => key.startsWith('response')));
});
