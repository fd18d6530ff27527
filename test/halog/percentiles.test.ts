/** The percentiles of a million generated lines against those of an obvious sort. */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { TIMERS } from '../../src/model/timers.ts';
import { jsonReport } from '../fixtures/run-halogen.ts';
import { generateLog } from './inputs.ts';

const LINES = 1_000_000;
const PERCENTILES = [50, 95, 99] as const;
const folder = mkdtempSync(join(tmpdir(), 'halogen-percentiles-'));
const file = join(folder, 'generated.log');
after(() => rmSync(folder, { recursive: true }));

/** backend/server → for each timer, in the order of TIMERS, its values without those never reached. */
function timesByServer(): Map<string, number[][]> {
  const servers = new Map<string, number[][]>();
  for (const [, name, ...words] of readFileSync(file, 'latin1').matchAll(/ (\S+\/\S+) (-?\d+)\/(-?\d+)\/(-?\d+)\/(-?\d+)\/(\d+) /g)) {
    const [request, queue, connect, response, total] = words.map(Number) as [number, number, number, number, number];
    const reached = [request, queue, connect, response].every((time) => time >= 0);
    const data = reached ? Math.max(0, total - request - queue - connect - response) : -1;
    let times = servers.get(name as string);
    if (times === undefined) {
      times = TIMERS.map(() => []);
      servers.set(name as string, times);
    }
    for (const [i, time] of [request, queue, connect, response, data, total].entries()) {
      if (time >= 0) times[i]?.push(time);
    }
  }
  return servers;
}

test('when a million lines are reported, then percentiles are exact below 128 ms and else within 1 %', () => {
  generateLog(file, '--lines', String(LINES), '--seed', '11');
  const { rows, ledger } = jsonReport('servers', file, '--percentiles', PERCENTILES.join(','));
  assert.equal(ledger.requests, LINES);
  const servers = timesByServer();
  assert.equal(rows.length, servers.size);
  for (const row of rows) {
    for (const [i, timer] of TIMERS.entries()) {
      const times = Float64Array.from(servers.get(`${row.backend}/${row.server}`)?.[i] as number[]).sort();
      for (const percentile of PERCENTILES) {
        const exact = times[Math.ceil((percentile / 100) * times.length) - 1] ?? null;
        const got = row.timers[timer][`p${percentile}`] as number | null;
        const where = `${row.backend}/${row.server} ${timer} p${percentile}: exactly ${exact}, reported ${got}`;
        if (exact === null || exact < 128) assert.equal(got, exact, where);
        else assert.ok(Math.abs((got as number) - exact) <= exact / 100, where);
      }
    }
  }
});
