/**
 * By hand: node dist/test/analyze/microbench.js [GROUPS [MILLIONS OF RECORDS [CASE]]]. Prints ns of processor time per record of the accumulator
 * alone, on batches that are made once, with the groups of their rows drawn anew for each batch.
 */

import { Accumulator } from '../../src/analyze/accumulator.ts';
import type { Key, ReportPlan } from '../../src/analyze/plan.ts';
import { BATCH_ROWS } from '../../src/limits.ts';
import { emptyLedger } from '../../src/model/ledger.ts';
import { TIMERS } from '../../src/model/timers.ts';
import { BatchMaker, type TestRecord } from './batches.ts';

const groups = Number(process.argv[2] ?? 40);
const millions = Number(process.argv[3] ?? 10);

let state = 1;
/** A number in [0, 1), the same in every run. */
function random(): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
}

function plausible(row: number): TestRecord {
  const response = Math.round(Math.exp(3 + 1.5 * (random() + random() + random() - 1.5) * 1.5));
  const data = Math.floor(random() * 5);
  return {
    accept_date: 1_793_500_000_000 + row,
    status_code: random() < 0.9 ? 200 : 404,
    termination_state: '--',
    bytes_read: Math.floor(random() * 20_000),
    retries: 0,
    srv_queue: 0,
    backend_queue: 0,
    time_request: 0,
    time_queue: 0,
    time_connect: random() < 0.5 ? 0 : 1,
    time_response: response,
    time_data: data,
    time_total: response + data + 1,
    backend_name: `b${row % 5}`,
    server_name: `s${row % 8}`,
  };
}

/** Fills a dictionary column of ready batches: a skewed draw as URLs are, or an even one as clients are. */
function measure(keys: readonly Key[], column: 'path' | 'client_ip' | 'server_name', skewed: boolean): void {
  const maker = new BatchMaker();
  const batch = maker.batch(Array.from({ length: BATCH_ROWS }, (_, row) => plausible(row)));
  for (let id = 0; id < groups; id++) maker.dictionaries[column].intern(`${id}`);
  const known = maker.dictionaries[column].size;
  const plan: ReportPlan = { report: 'bench', keys, timers: TIMERS, filter: {}, every: 0 };
  const accumulator = new Accumulator(maker.columns, plan);
  let spent = 0;
  let records = 0;
  while (records < millions * 1e6) {
    const ids = maker.columns.int(column);
    for (let row = 0; row < BATCH_ROWS; row++) ids[row] = Math.floor((skewed ? random() ** 3 : random()) * known);
    const start = process.cpuUsage();
    accumulator.add(batch);
    const used = process.cpuUsage(start);
    spent += (used.user + used.system) * 1e3;
    records += BATCH_ROWS;
  }
  const memory = Math.round(maker.columns.memory.buffer.byteLength / 1e6);
  const start = performance.now();
  const shape = { sort: { by: 'requests', descending: true }, limit: 20, percentiles: [50, 95, 99] };
  const result = accumulator.result(maker.dictionaries, emptyLedger(), shape);
  const shown = [...result.rows].length;
  const rows = Math.round(performance.now() - start);
  const handed = performance.now();
  const partial = accumulator.partial();
  const bytes = partial.chunks.reduce((sum, chunk) => sum + chunk.packed.byteLength + chunk.words.byteLength, 0);
  const packing = Math.round(performance.now() - handed);
  const merged = performance.now();
  new Accumulator(new BatchMaker().columns, plan).merge(partial, {});
  const merging = Math.round(performance.now() - merged);
  console.log(
    `${keys.join(',')}: ${result.total} groups, ${(spent / records).toFixed(1)} ns/record, ${memory} MB, ${((memory * 1e6) / records).toFixed(1)} B/record; ` +
      `${shown} rows ${rows} ms; partial ${Math.round(bytes / 1e6)} MB ${packing} ms, merge ${merging} ms`,
  );
}

const CASES = {
  servers: () => measure(['backend', 'server'], 'server_name', false),
  clients: () => measure(['client'], 'client_ip', false),
  urls: () => measure(['method', 'path'], 'path', true),
} as const;
for (const [name, run] of Object.entries(CASES)) if ((process.argv[4] ?? name) === name) run();
