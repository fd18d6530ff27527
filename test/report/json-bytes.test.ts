import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Accumulator } from '../../src/analyze/accumulator.ts';
import type { Key, ReportPlan, ReportResult, ReportRow, Shape } from '../../src/analyze/plan.ts';
import { emptyLedger } from '../../src/model/ledger.ts';
import { TIMERS } from '../../src/model/timers.ts';
import { type ReportColumn, reportColumns } from '../../src/report/columns.ts';
import { jsonText } from '../../src/report/safe-text.ts';
import { writeReport } from '../../src/report/write-report.ts';
import { BatchMaker } from '../analyze/batches.ts';
import { record } from '../analyze/random-records.ts';
import { gathered, PLAIN_VIEW, sampleResult, sampleRow } from './sample-result.ts';

const KEYS: readonly (readonly Key[])[] = [['client'], ['method', 'path'], ['status'], ['termination'], ['minute'], ['header:1', 'server']];

/** An object of these columns, which share their path up to `depth`, the obvious way: from the row's own objects. */
function referenceObject(row: ReportRow, columns: readonly ReportColumn[], depth = 0): string {
  const names = [...new Set(columns.map(({ path }) => path[depth] as string))];
  const members = names.map((name) => {
    const within = columns.filter(({ path }) => path[depth] === name);
    const [only] = within as [ReportColumn];
    return `${jsonText(name)}:${only.path.length === depth + 1 ? referenceValue(only.value(row)) : referenceObject(row, within, depth + 1)}`;
  });
  return `{${members.join(',')}}`;
}

function referenceValue(value: string | number | null): string {
  return typeof value === 'string' ? jsonText(value) : JSON.stringify(value);
}

async function assertSame(result: ReportResult, names: readonly string[] | null, percentiles = result.percentiles): Promise<void> {
  const columns = reportColumns(result.keys, percentiles).filter(({ name }) => names === null || names.includes(name));
  const expected = [...result.rows].map((row) => `${referenceObject(row, columns)}\n`).join('');
  const view = { ...PLAIN_VIEW, columns: names };
  const { text } = await gathered((sink) => writeReport(result, { ...view, format: 'ndjson' }, sink));
  assert.equal(text, expected);
  const json = await gathered((sink) => writeReport(result, { ...view, format: 'json' }, sink));
  assert.ok(json.text.endsWith(`"rows":[${expected === '' ? '' : `\n${expected.trimEnd().replaceAll('\n', ',\n')}\n`}]}\n`));
  JSON.parse(json.text);
}

test('when random records are reported, then the JSON of every row is that of its objects', async () => {
  const timers = fc.subarray([...TIMERS], { minLength: 1 });
  const names = fc.option(
    fc.constant(['path', 'client', 'requests', 'error_rate', 'status.5xx', 'response.mean', 'queue.p99.9', 'data.max']),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(record, { maxLength: 40 }), fc.constantFrom(...KEYS), timers, names, async (records, keys, kept, chosen) => {
      const maker = new BatchMaker();
      const plan: ReportPlan = { report: 'report', keys, timers: kept, filter: {}, every: 0 };
      const accumulator = new Accumulator(maker.columns, plan);
      for (const batch of maker.batches(records)) accumulator.add(batch);
      const shape: Shape = { sort: { by: 'requests', descending: true }, limit: 0, percentiles: [50, 99.9] };
      await assertSame(accumulator.result(maker.dictionaries, emptyLedger(), shape), chosen);
    }),
    { numRuns: 200 },
  );
});

test('when values are of every size and kind, then they read as String has them', async () => {
  const edges = [0, -0, 1, 9, 10, 99, 100, 2 ** 31 - 1, 2 ** 31, 2 ** 53, 1e21, 5e-324, 1 / 3, -1, -1.5, -2.2250738585072014e-308];
  const number = fc.oneof(fc.constantFrom(...edges), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat());
  const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('', '\u2028', '"\\', '\ud800', 'ü😀'));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.option(text), number), { maxLength: 20 }), async (values) => {
      const rows = values.map(([client, bytes_read]) => ({ ...sampleRow({ client }), bytes_read, error_rate: bytes_read / 7 }));
      await assertSame(sampleResult('clients', ['client'], rows), null);
    }),
  );
});

test('when a key is longer than a piece, then it is whole', async () => {
  const rows = ['x', '\u2028', 'ü'].map((char) => sampleRow({ client: char.repeat(300_000) }));
  await assertSame(sampleResult('clients', ['client'], rows), null);
});
