import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Accumulator, columnsOf } from '../../src/analyze/accumulator.ts';
import type { Key, ReportPlan, ReportRow, Shape } from '../../src/analyze/plan.ts';
import { emptyLedger } from '../../src/model/ledger.ts';
import { TIMERS } from '../../src/model/timers.ts';
import { BatchMaker, type TestRecord } from './batches.ts';
import { record } from './random-records.ts';
import { referenceRows } from './reference-report.ts';

const PERCENTILES = [50, 95, 99.9, 100];
const SHAPE: Shape = { sort: { by: 'requests', descending: true }, limit: 0, percentiles: PERCENTILES };
const KEYS: readonly Key[] = [
  'frontend',
  'backend',
  'server',
  'method',
  'path',
  'status',
  'status_class',
  'termination',
  'client',
  'minute',
  'hour',
  'header:1',
  'header:2',
];

function planOf(keys: readonly Key[], more: Partial<ReportPlan> = {}): ReportPlan {
  return { report: 'report', keys, timers: TIMERS, filter: {}, every: 0, ...more };
}

function report(maker: BatchMaker, accumulator: Accumulator, shape: Shape = SHAPE): ReportRow[] {
  return [...accumulator.result(maker.dictionaries, emptyLedger(), shape).rows];
}

function reportOf(records: readonly TestRecord[], plan: ReportPlan, shape: Shape = SHAPE, rows?: number): ReportRow[] {
  const maker = new BatchMaker();
  const accumulator = new Accumulator(maker.columns, plan);
  for (const batch of maker.batches(records, rows)) accumulator.add(batch);
  return report(maker, accumulator, shape);
}

/** Percentiles may be off: exact below 128 ms, 1 % above. All else is equal. */
function assertSame(rows: readonly ReportRow[], expected: ReadonlyMap<string, ReportRow>): void {
  assert.deepEqual(rows.map((row) => JSON.stringify(row.keys)).sort(), [...expected.keys()].sort());
  for (const row of rows) {
    const right = expected.get(JSON.stringify(row.keys)) as ReportRow;
    assert.deepEqual(withoutPercentiles(row), withoutPercentiles(right));
    for (const timer of TIMERS) {
      row.timers[timer]?.percentiles.forEach((given, i) => {
        const exact = right.timers[timer]?.percentiles[i] ?? null;
        if (exact === null || given === null || exact < 128) assert.equal(given, exact);
        else assert.ok(Math.abs(given - exact) <= exact / 100, `${timer} p${PERCENTILES[i]}: ${given}, exactly ${exact}`);
      });
    }
  }
}

function withoutPercentiles(row: ReportRow): unknown {
  const timers = Object.entries(row.timers).map(([name, timer]) => [name, { ...timer, percentiles: null }]);
  return { ...row, timers: Object.fromEntries(timers) };
}

test('when random records are grouped by random keys, then every number is that of the reference', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 200 }), fc.uniqueArray(fc.constantFrom(...KEYS), { maxLength: 4 }), (records, keys) => {
      const plan = planOf(keys);
      assertSame(reportOf(records, plan, SHAPE, 64), referenceRows(records, plan, 0, PERCENTILES));
    }),
    { numRuns: 300 },
  );
});

test('when groups grow past what is kept request by request, then every number is that of the reference', () => {
  const [sample] = fc.sample(fc.array(record, { minLength: 6_000, maxLength: 6_000 }), { numRuns: 1, seed: 7 });
  const plan = planOf(['backend']);
  assertSame(reportOf(sample as TestRecord[], plan), referenceRows(sample as TestRecord[], plan, 0, PERCENTILES));
});

test('when records are divided among accumulators at random and merged in any order, then the report is the same', () => {
  const division = fc.array(fc.nat(3), { minLength: 1, maxLength: 50 });
  const keys = fc.uniqueArray(fc.constantFrom<Key>(...KEYS, 'time'), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(record, { maxLength: 900 }), keys, division, fc.nat(23), (records, by, divide, order) => {
      const plan = planOf(by);
      const whole = reportOf(records, plan);
      const makers = Array.from({ length: 4 }, () => new BatchMaker());
      const parts = makers.map((maker) => new Accumulator(maker.columns, plan));
      records.forEach((one, i) => {
        const part = divide[i % divide.length] as number;
        parts[part]?.add((makers[part] as BatchMaker).batch([one]));
      });
      const target = order % 4;
      const maker = makers[target] as BatchMaker;
      const accumulator = parts[target] as Accumulator;
      for (const other of [0, 1, 2, 3].sort((a, b) => ((a * 7 + order) % 5) - ((b * 7 + order) % 5))) {
        if (other === target) continue;
        const partial = structuredClone((parts[other] as Accumulator).partial());
        accumulator.merge(partial, maker.mapsFrom(makers[other] as BatchMaker));
      }
      assert.deepEqual(report(maker, accumulator), whole);
    }),
    { numRuns: 150 },
  );
});

test('when large groups are merged with small ones, then the report is the same', () => {
  const [sample] = fc.sample(fc.array(record, { minLength: 9_000, maxLength: 9_000 }), { numRuns: 1, seed: 11 });
  const records = sample as TestRecord[];
  const plan = planOf(['backend', 'server']);
  const [one, other] = [new BatchMaker(), new BatchMaker()];
  const accumulator = new Accumulator(one.columns, plan);
  const second = new Accumulator(other.columns, plan);
  for (const batch of one.batches(records.slice(0, 1_000))) accumulator.add(batch);
  for (const batch of other.batches(records.slice(1_000))) second.add(batch);
  accumulator.merge(second.partial(), one.mapsFrom(other));
  assert.deepEqual(report(one, accumulator), reportOf(records, plan));
});

test('when batches follow a merge, then they fall in the groups that were merged', () => {
  for (const keys of [['client'], ['status'], ['backend', 'server'], ['header:1']] as const) {
    const records: TestRecord[] = [
      { client_ip: 'a', status_code: 200, backend_name: 'b', server_name: 's', captured_request_headers: 'h' },
      { client_ip: 'c', status_code: 70_000 },
    ];
    const [one, other] = [new BatchMaker(), new BatchMaker()];
    const accumulator = new Accumulator(one.columns, planOf(keys));
    const second = new Accumulator(other.columns, planOf(keys));
    second.add(other.batch(records));
    accumulator.merge(second.partial(), one.mapsFrom(other));
    accumulator.add(one.batch(records));
    assert.deepEqual(
      report(one, accumulator).map((row) => row.requests),
      [2, 2],
    );
  }
});

test('when a timeline chooses its width, then it is the finest with at most 60 rows', () => {
  const start = Date.UTC(2026, 10, 1);
  for (const [seconds, width] of [
    [59, 1_000],
    [60, 5_000],
    [3_599, 60_000],
    [86_400, 1_800_000],
    [86_400 * 59, 86_400_000],
  ] as const) {
    const records = Array.from({ length: 2_000 }, (_, i) => ({ accept_date: start + Math.round((i * seconds * 1_000) / 1_999) }));
    const plan = planOf(['time'], { timers: ['response'] });
    const rows = reportOf(records, plan, { ...SHAPE, sort: { by: 'time', descending: false } });
    assertSame(rows, referenceRows(records, plan, width, PERCENTILES));
    assert.ok(rows.length <= 60);
  }
});

test('when a timeline has a width, then rows are buckets of it in UTC', () => {
  const records = [0, 1, 999, 1_000, 86_399_999].map((ms) => ({ accept_date: Date.UTC(2026, 10, 1) + ms }));
  const rows = reportOf(records, planOf(['time'], { every: 1_000 }), { ...SHAPE, sort: { by: 'time', descending: true } });
  assert.deepEqual(
    rows.map((row) => [row.keys.time, row.requests]),
    [
      ['2026-11-01T23:59:59.000Z', 1],
      ['2026-11-01T00:00:01.000Z', 1],
      ['2026-11-01T00:00:00.000Z', 3],
    ],
  );
});

test('when there are more keys than the bound, then the rest shares one row and a note says so', () => {
  const records = Array.from({ length: 100 }, (_, i) => ({ client_ip: `192.0.2.${i}`, server_name: `s${i % 7}` }));
  for (const keys of [['client'], ['client', 'server']] as const) {
    const bounds = { groups: 10, bytes: 1e9 };
    const [one, other] = [new BatchMaker(), new BatchMaker()];
    const accumulator = new Accumulator(one.columns, planOf(keys), undefined, bounds);
    const second = new Accumulator(other.columns, planOf(keys), undefined, bounds);
    for (const batch of one.batches(records, 9)) accumulator.add(batch);
    for (const batch of other.batches([...records].reverse(), 9)) second.add(batch);
    accumulator.merge(second.partial(), one.mapsFrom(other));
    const result = accumulator.result(one.dictionaries, emptyLedger(), SHAPE);
    const [first, ...rest] = [...result.rows];
    assert.equal(result.total, 11);
    assert.equal(first?.keys.client, '(other)');
    assert.equal(first?.requests, 200 - rest.reduce((sum, row) => sum + row.requests, 0));
    assert.equal(result.notes.length, 1);
  }
});

test('when the memory for groups is used up, then all requests are still counted', () => {
  const maker = new BatchMaker();
  const accumulator = new Accumulator(maker.columns, planOf(['client']), undefined, { groups: 1e6, bytes: 200_000 });
  const records = Array.from({ length: 20_000 }, (_, i) => ({ client_ip: `c${i % 5_000}`, time_total: i, status_code: 200 }));
  for (const batch of maker.batches(records)) accumulator.add(batch);
  const rows = report(maker, accumulator);
  assert.equal(
    rows.reduce((sum, row) => sum + row.requests, 0),
    20_000,
  );
  assert.equal(rows[0]?.keys.client, '(other)');
});

test('when a filter drops records, then they are counted by the class they stood in', () => {
  const maker = new BatchMaker();
  const accumulator = new Accumulator(maker.columns, planOf(['status'], { filter: { status: [{ from: 200, to: 200 }] } }));
  accumulator.add(maker.batch([{ status_code: 200 }, { status_code: 404 }, { status_code: 500, flags: 1 }, { kind: 3 }, { kind: 2 }]));
  assert.deepEqual(accumulator.filtered, { requests: 1, truncated: 1, events: 2 });
  assert.deepEqual(
    report(maker, accumulator).map((row) => row.requests),
    [1],
  );
});

test('when rows tie, then their keys order them, whatever the limit', () => {
  const names = ['b', 'a', 'd', 'c', 'e'];
  const records = names.map((server_name) => ({ server_name, backend_name: 'x', status_code: 200 }));
  for (const limit of [0, 1, 3, 5, 9]) {
    const rows = reportOf(records, planOf(['backend', 'server']), { ...SHAPE, limit });
    assert.deepEqual(
      rows.map((row) => row.keys.server),
      ['a', 'b', 'c', 'd', 'e'].slice(0, limit || 5),
    );
  }
});

test('when rows are sorted by a timer, then those without a measure come last in either direction', () => {
  const records = [{ server_name: 'none' }, { server_name: 'slow', time_response: 900 }, { server_name: 'fast', time_response: 1 }];
  for (const by of ['response.p95', 'response.mean', 'response.min', 'response.max', 'response.p99.9']) {
    const sorted = (descending: boolean) =>
      reportOf(records, planOf(['server']), { ...SHAPE, sort: { by, descending } }).map((row) => row.keys.server);
    assert.deepEqual(sorted(true), ['slow', 'fast', 'none']);
    assert.deepEqual(sorted(false), ['fast', 'slow', 'none']);
  }
});

test('when a sort key is of no use for the plan, then it is refused', () => {
  const maker = new BatchMaker();
  const accumulator = new Accumulator(maker.columns, planOf(['server'], { timers: ['total'] }));
  assert.throws(() => report(maker, accumulator, { ...SHAPE, sort: { by: 'response.p95', descending: true } }), RangeError);
});

test('when nothing was counted, then there are no rows and no dates', () => {
  const maker = new BatchMaker();
  const accumulator = new Accumulator(maker.columns, planOf(['server']));
  accumulator.add(maker.batch([{ kind: 3, accept_date: 5 }]));
  const result = accumulator.result(maker.dictionaries, emptyLedger(), SHAPE);
  assert.deepEqual([result.from, result.to, result.total, [...result.rows]], [null, null, 0, []]);
});

test('when columns are asked for, then kind, flags and dates are always among them', () => {
  const columns = columnsOf(planOf(['header:2'], { timers: ['data'], filter: { path: ['/a*'] } }));
  for (const column of ['kind', 'flags', 'accept_date', 'captured_request_headers', 'time_data', 'path'] as const) {
    assert.ok(columns.includes(column), column);
  }
  assert.ok(!columns.includes('client_ip'));
});
