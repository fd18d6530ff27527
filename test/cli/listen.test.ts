/** What `listen` says at its start and its end, and that a flood does not keep it from hearing. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { LEDGER_CLASSES } from '../../src/model/ledger.ts';
import { type JsonReport, runHalogen } from '../fixtures/run-halogen.ts';

const folder = mkdtempSync(join(tmpdir(), 'halogen-listen-'));
after(() => rmSync(folder, { recursive: true }));

/** `halogen listen` on a free port, and its stderr as it comes. */
class Listen {
  readonly child: ChildProcess;
  stderr = '';

  constructor(db: string) {
    this.child = spawn(process.execPath, ['bin/halogen', 'listen', '--udp', '127.0.0.1:0', '--db', db], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
  }

  /** Out: milliseconds until it was said. */
  async says(expected: RegExp): Promise<number> {
    const start = performance.now();
    while (!expected.test(this.stderr)) {
      if (this.child.exitCode !== null) throw new Error(`it ended and said: ${this.stderr}`);
      await sleep(5);
    }
    return performance.now() - start;
  }
}

/** A thread that sends one line over and over, as fast as it can. */
const FLOOD = `
  const { workerData } = require('node:worker_threads');
  const socket = require('node:dgram').createSocket('udp4');
  const line = Buffer.from(workerData.line);
  const send = () => socket.send(line, workerData.port, '127.0.0.1', send);
  for (let i = 0; i < 64; i++) send();
`;
const LINE =
  '<134>Nov 20 10:00:00 haproxy[1]: 127.0.0.1:40000 [20/Nov/2026:10:00:00.000] web app/app1 0/0/0/1/1 200 135 - - ---- 1/1/0/0/0 0/0 "GET / HTTP/1.1"';

test('when SIGTERM comes in a flood, then it is heard within a second, and what was received is stored', async (context) => {
  const db = join(folder, 'flood.db');
  const listen = new Listen(db);
  context.after(() => listen.child.kill('SIGKILL'));
  await listen.says(/listening on UDP 127\.0\.0\.1:\d+, into .*flood\.db; receive buffer \d/);
  const port = Number(/127\.0\.0\.1:(\d+)/.exec(listen.stderr)?.[1]);
  const flood = new Worker(FLOOD, { eval: true, workerData: { port, line: LINE } });
  context.after(() => flood.terminate());
  await sleep(1_500);
  const ended = once(listen.child, 'close');
  listen.child.kill('SIGTERM');
  const heard = await listen.says(/^stopping; what was received is stored first$/m);
  assert.ok(heard < 1_000, `${heard} ms`);
  const [status] = await ended;
  await flood.terminate();
  assert.equal(status, 0, listen.stderr);
  const { ledger } = JSON.parse(runHalogen(['servers', '--format', 'json', '--db', db]).stdout) as JsonReport;
  const said = Number(/^([\d,]+) lines: /m.exec(listen.stderr)?.[1]?.replaceAll(',', ''));
  assert.equal(ledger.lines, said);
  assert.equal(ledger.requests, said);
  assert.equal(
    LEDGER_CLASSES.reduce((sum, name) => sum + ledger[name], 0),
    said,
  );
});

test('when the store cannot be used, then one line says so, before anything is received: exit 2', () => {
  const noStore = join(folder, 'no-store.db');
  writeFileSync(noStore, 'this is no database, and long enough to be taken for something else than an empty one');
  for (const [db, reason] of [
    [folder, 'it is a directory'],
    [noStore, 'it is no SQLite database'],
    [join(folder, 'missing', 'halogen.db'), 'there is no folder .*missing'],
  ] as const) {
    const { status, stderr } = runHalogen(['listen', '--udp', '127.0.0.1:0', '--db', db]);
    assert.equal(status, 2);
    assert.match(stderr, new RegExp(`^halogen: .*: cannot be used as a store: ${reason}\n$`));
  }
});
