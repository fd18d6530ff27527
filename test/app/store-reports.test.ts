/** A report from a store is the report from the file that was ingested, whatever is asked. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import type { FilterSpec, Key, ReportResult } from '../../src/analyze/plan.ts';
import { REPORTS } from '../../src/analyze/reports.ts';
import { runIngest } from '../../src/app/ingest.ts';
import { runReport, type Source } from '../../src/app/report.ts';
import { KINDS } from '../../src/model/columns.ts';
import { TIMERS } from '../../src/model/timers.ts';
import { writeReport } from '../../src/report/write-report.ts';
import { generateLog } from '../bench/log-generator.ts';
import { capturedLogs } from '../fixtures/captured.ts';

const folder = mkdtempSync(join(tmpdir(), 'halogen-store-reports-'));
after(() => rmSync(folder, { recursive: true }));

const RUNS = 60;
const TIMEZONE = 'UTC';
const captured = capturedLogs().map(({ file }) => file);
const generated = join(folder, 'generated.log');
writeFileSync(generated, generateLog({ lines: 10_000, seed: 11 }));

interface Pair {
  readonly name: string;
  readonly files: Source;
  readonly store: Source;
}

async function pairOf(name: string, files: readonly string[]): Promise<Pair> {
  const db = join(folder, `${name}.db`);
  await runIngest({ files, db, reading: { timezone: TIMEZONE, keepQuery: false } });
  return { name, files: { from: 'files', files }, store: { from: 'store', db } };
}

interface Question {
  readonly keys: readonly Key[];
  readonly filter: FilterSpec;
  readonly keepQuery: boolean;
  readonly every: number;
}

async function answer(source: Source, { keys, filter, keepQuery, every }: Question): Promise<ReportResult> {
  const { result, failures } = await runReport({
    plan: { report: 'report', keys, timers: TIMERS, filter, every },
    shape: { sort: { by: 'requests', descending: true }, limit: 0, percentiles: [50, 95, 99] },
    source,
    reading: { timezone: TIMEZONE, keepQuery },
  });
  assert.deepEqual(failures, []);
  return result;
}

/** The whole report as JSON has it. */
async function json(source: Source, question: Question): Promise<unknown> {
  let text = '';
  const view = { format: 'json', columns: null, width: null, colour: false, note: () => {} } as const;
  await writeReport(await answer(source, question), view, (piece) => {
    text += piece;
  });
  return JSON.parse(text);
}

async function assertSame({ files, store }: Pair, question: Question): Promise<void> {
  assert.deepEqual(await json(store, question), await json(files, question));
}

/** From the earliest to the latest accept date of the log, and somewhat beyond. */
function dates({ from, to }: ReportResult): fc.Arbitrary<number> {
  return fc.integer({ min: (from ?? 0) - 1_000, max: (to ?? 0) + 1_000 });
}

const some = <T>(...choices: readonly T[]) => fc.uniqueArray(fc.constantFrom(...choices), { minLength: 1, maxLength: 2 });

const questions = (whole: ReportResult): fc.Arbitrary<Question> =>
  fc.record({
    keys: fc.oneof(
      fc.constantFrom(...REPORTS.map(({ keys }) => keys).filter((keys) => keys.length > 0)),
      some<Key>('frontend', 'path', 'status_class', 'termination', 'client', 'minute', 'header:1'),
    ),
    filter: fc.record(
      {
        since: dates(whole),
        until: dates(whole),
        backend: some('*a*', '*', 'bk_*', '?x'),
        server: some('*1', '<*>', '*'),
        path: some('/*', '*a*', '/'),
        method: some('GET', 'POST'),
        status: some({ from: 200, to: 299 }, { from: -1, to: -1 }, { from: 500, to: 599 }),
        client: some('10.0.0.0/8', '::/0', '127.0.0.1'),
        termination: some('--', 'S', 'C'),
        errors: fc.boolean(),
        queued: fc.boolean(),
        slower: some({ timer: 'response' as const, ms: 5 }, { timer: 'queue' as const, ms: 1 }, { timer: 'data' as const, ms: 0 }),
        kind: some(...KINDS),
        invert: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
    keepQuery: fc.boolean(),
    every: fc.constantFrom(0, 1_000, 60_000),
  });

for (const [name, files] of [
  ['captured', captured],
  ['generated', [generated]],
] as const) {
  const pair = await pairOf(name, files);

  for (const { name: report, keys } of REPORTS.filter(({ keys }) => keys.length > 0)) {
    test(`when ${report} is asked of the ${name} logs, then the store answers as the files do`, () =>
      assertSame(pair, { keys, filter: {}, keepQuery: false, every: 0 }));
  }

  test(`when anything is asked of the ${name} logs, then the store answers as the files do`, async () => {
    const whole = await answer(pair.files, { keys: ['backend'], filter: {}, keepQuery: false, every: 0 });
    await fc.assert(
      fc.asyncProperty(questions(whole), (question) => assertSame(pair, question)),
      { numRuns: RUNS },
    );
  });
}
