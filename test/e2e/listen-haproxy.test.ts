/** A real HAProxy under load logs to `halogen listen`; what the store says must be what HAProxy's own counters say. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { Haproxy } from '../../fixtures/rig/haproxy.ts';
import { need } from '../fixtures/need.ts';
import { type JsonReport, runHalogen } from '../fixtures/run-halogen.ts';
import { Listener } from './listener.ts';

const SECONDS = 4;
const CONNECTIONS = 8;

function temporary(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'listen-test-'));
  context.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function wrk(url: string): Promise<void> {
  const child = spawn('wrk', ['-t', '1', '-c', String(CONNECTIONS), '-d', `${SECONDS}s`, url], { stdio: 'ignore' });
  const [status] = await once(child, 'exit');
  assert.equal(status, 0, 'wrk');
}

/** HAProxy's `show stat` (management guide, 9.1) by `proxy/server`; the names of its columns are the first row. */
async function statistics(haproxy: Haproxy): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const [head = '', ...rows] = (await haproxy.command('show stat')).replace(/^# /, '').trim().split('\n');
  const names = head.split(',');
  return new Map(
    rows.map((row) => {
      const cells = row.split(',');
      return [`${cells[0]}/${cells[1]}`, Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']))];
    }),
  );
}

/** The same once no connection is open any more, so that nothing is left to be counted or logged. */
async function finalStatistics(haproxy: Haproxy): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  while (true) {
    const counted = await statistics(haproxy);
    if (counted.get('web/FRONTEND')?.scur === '0') return counted;
    await setTimeout(20);
  }
}

test('when HAProxy is under load, then the store holds what it logged, server by server', {
  skip: need('haproxy') || need('wrk'),
}, async (context) => {
  const folder = temporary(context);
  const db = join(folder, 'halogen.db');
  const listener = await Listener.start(db);
  context.after(() => listener.stop('SIGKILL'));
  const haproxy = await Haproxy.start('test/e2e/listen.cfg', folder, { LOG_PORT: String(listener.port) });
  context.after(() => haproxy.stop());

  const web = `http://127.0.0.1:${haproxy.port('WEB_PORT')}`;
  await Promise.all([wrk(`${web}/app/page`), wrk(`${web}/api/stock`)]);
  const counted = await finalStatistics(haproxy);
  assert.match(await haproxy.command('show info'), /^DroppedLogs: 0$/m);
  const { status, stderr } = await listener.stop('SIGTERM');
  assert.equal(status, 0, stderr);

  const { stdout } = runHalogen(['servers', '--db', db, '--format', 'json']);
  const report = JSON.parse(stdout) as JsonReport;
  // Connections that wrk cuts at its end in the middle of a request are logged too, without a server.
  const served = report.rows.filter(({ server }) => server !== '<NOSRV>');
  const stored = served.map(({ backend, server, requests, status: classes }) => ({
    server: `${backend}/${server}`,
    requests,
    ok: classes['2xx'],
    failed: classes['5xx'],
  }));
  const expected = ['app/app1', 'app/app2', 'api/api1', 'api/api2'].map((server) => {
    const of = (name: string): number => Number(counted.get(server)?.[name]);
    return { server, requests: of('stot'), ok: of('hrsp_2xx'), failed: of('hrsp_5xx') };
  });
  const byName = (one: { server: string }, other: { server: string }): number => one.server.localeCompare(other.server);
  context.diagnostic(`${report.ledger.requests} requests in ${SECONDS} s`);
  assert.deepEqual(stored.sort(byName), expected.sort(byName));
  const { lines, requests } = report.ledger;
  const total = served.reduce((sum, row) => sum + row.requests, 0);
  assert.equal(lines, requests + report.ledger.events);
  assert.equal(total, Number(counted.get('app/BACKEND')?.req_tot) + Number(counted.get('api/BACKEND')?.req_tot));
  assert.ok(requests - total <= 2 * CONNECTIONS, `${requests - total} without a server`);
  assert.ok(total > 1_000);
});
