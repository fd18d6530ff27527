/**
 * npm run bench: times halogen and halog on the same log in turn, A B A B, and prints medians and ratios.
 *   --lines N    of the generated log (10,000,000; about 2.3 GB in the temporary folder, made once)
 *   --runs N     of each program after one warm-up (5)
 *   --only NAME  one report
 *   --save       keeps the medians in test/bench/results
 *   --smoke      20,000 lines, one run, and a look at what halogen answers; halog may be missing
 * What comes out is for people to judge: no number makes this fail.
 */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchLog } from './bench-log.ts';
import { CASES, type Case, SOURCES, type Source } from './cases.ts';
import { type Measurement, measure } from './measure.ts';
import { type Context, medians, type Result, save, table } from './results.ts';

const SMOKE_LINES = 20_000;
const LAUNCHER = fileURLToPath(new URL('../../../bin/halogen', import.meta.url));

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '10000000' },
    runs: { type: 'string', default: '5' },
    only: { type: 'string' },
    save: { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
  },
});

function count(option: 'lines' | 'runs'): number {
  const given = values[option];
  if (!/^[1-9]\d*$/.test(given)) throw new RangeError(`--${option}: expected a whole number of 1 or more, got "${given}"`);
  return Number(given);
}

function chosen(): readonly Case[] {
  if (values.only === undefined) return CASES;
  const cases = CASES.filter(({ name }) => name === values.only);
  if (cases.length === 0) throw new RangeError(`--only: expected one of ${CASES.map(({ name }) => name).join(', ')}, got "${values.only}"`);
  return cases;
}

const halogenCommand = ({ halogen }: Case, file: string, source: Source): readonly string[] => [
  process.execPath,
  LAUNCHER,
  ...halogen,
  source === 'file' ? file : '-',
];
const halogCommand = ({ halog }: Case): readonly string[] => ['halog', '-q', ...halog];

/** `warmUps` runs that do not count come first: they bring the file into the page cache. */
async function time(one: Case, file: string, source: Source, warmUps: number, runs: number, withHalog: boolean): Promise<Result> {
  const halogen: Measurement[] = [];
  const halog: Measurement[] = [];
  for (let run = -warmUps; run < runs; run++) {
    const a = await measure(halogenCommand(one, file, source), file, source);
    const b = withHalog ? await measure(halogCommand(one), file, source) : null;
    if (run < 0) continue;
    halogen.push(a);
    if (b !== null) halog.push(b);
  }
  return { name: one.name, source, halogen: medians(halogen), halog: withHalog ? medians(halog) : null };
}

/** Whether both programs answer at all, and halogen for every line. */
function look(one: Case, file: string, lines: number, withHalog: boolean): void {
  const [program = '', ...args] = halogenCommand(one, file, 'file');
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(status, 0, stderr);
  const report = JSON.parse(stdout) as { ledger: { lines: number; requests: number }; rows: readonly unknown[] };
  assert.deepEqual([report.ledger.lines, report.ledger.requests], [lines, lines], one.name);
  assert.ok(report.rows.length > 0, one.name);
  if (!withHalog) return;
  const [other = '', ...options] = halogCommand(one);
  const answer = spawnSync('bash', ['-c', 'exec "$@" < "$0"', file, other, ...options], { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(answer.status, 0, answer.stderr);
  assert.ok(answer.stdout.length > 0, one.name);
}

const cases = chosen();
const lines = values.smoke ? SMOKE_LINES : count('lines');
const runs = values.smoke ? 1 : count('runs');
const withHalog = spawnSync('halog', ['-h']).error === undefined;
const file = benchLog(lines);
const context: Context = {
  lines,
  bytes: statSync(file).size,
  runs,
  command: `npm run bench -- ${process.argv.slice(2).join(' ')}`.trimEnd(),
};

const results: Result[] = [];
for (const one of cases) {
  if (values.smoke) look(one, file, lines, withHalog);
  for (const source of SOURCES) results.push(await time(one, file, source, values.smoke ? 0 : 1, runs, withHalog));
}
console.log(`${lines} lines, ${context.bytes} bytes, medians of ${runs}${withHalog ? '' : '; halog is not installed'}`);
console.log(table(results));
if (values.save) console.log(`kept in ${save(results, context)}`);
