import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { DemoTraffic } from '../../src/app/demo-traffic.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { lineRenderer } from '../../src/format/render.ts';
import { envelope } from '../../src/format/render-envelope.ts';
import { openUdp } from '../../src/input/syslog-udp.ts';
import { type JsonReport, runHalogen } from '../fixtures/run-halogen.ts';
import { Listener } from './listener.ts';

function temporaryStore(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'listen-test-'));
  context.after(() => rmSync(folder, { recursive: true }));
  return join(folder, 'halogen.db');
}

async function listening(context: TestContext): Promise<{ listener: Listener; db: string }> {
  const db = temporaryStore(context);
  const listener = await Listener.start(db);
  context.after(() => listener.stop('SIGKILL'));
  return { listener, db };
}

async function sendAll(port: number, datagrams: readonly (string | Uint8Array)[]): Promise<void> {
  const socket = createSocket('udp4');
  for (const datagram of datagrams) await new Promise((resolve) => socket.send(datagram, port, '127.0.0.1', resolve));
  socket.close();
}

function serversOf(db: string): JsonReport {
  const { status, stdout, stderr } = runHalogen(['servers', '--db', db, '--format', 'json']);
  assert.ok(status === 0 || status === 1, stderr);
  return JSON.parse(stdout) as JsonReport;
}

const traffic = new DemoTraffic(1);
const render = lineRenderer(FORMATS[0]?.logFormat ?? '');
const NOW = Date.UTC(2026, 10, 1);
const line = (): string => `${envelope({ time: NOW, tag: 'haproxy', pid: 1 })}${render(traffic.nextRecord(NOW))}\n`;

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`when ${signal} comes right after the last datagram, then all of them are in the store and the exit is 0`, async (context) => {
    const { listener, db } = await listening(context);
    await sendAll(listener.port, Array.from({ length: 2_000 }, line));
    const { status, stderr } = await listener.stop(signal);
    assert.equal(status, 0, stderr);
    assert.equal(serversOf(db).ledger.requests, 2_000);
  });
}

test('when datagrams are no log lines, then they are counted as unparsed and the others are stored', async (context) => {
  const { listener, db } = await listening(context);
  const garbage = [Buffer.from([0xff, 0x00, 0xfe, 0x0a, 0x80]), 'hello', Buffer.alloc(60_000, 0x5b), '', '\n', '\x1b[2J\x07'];
  await sendAll(listener.port, [line(), ...garbage, line()]);
  const { status } = await listener.stop('SIGTERM');
  assert.equal(status, 0);
  const { ledger } = serversOf(db);
  assert.equal(ledger.requests, 2);
  assert.equal(ledger.unparsed, 4);
});

test('when the port is taken, then one line says so and the exit is 2', async (context) => {
  const other = await openUdp({ host: '127.0.0.1', port: 0 });
  context.after(() => other.close());
  const address = `127.0.0.1:${other.address.port}`;
  const { status, stdout, stderr } = runHalogen(['listen', '--udp', address, '--db', temporaryStore(context)]);
  assert.equal(status, 2);
  assert.equal(stdout, '');
  assert.match(stderr, new RegExp(`^halogen: .*${address}: already in use by another program\n$`));
});

test('when the address is not of this machine, then one line says so and the exit is 2', (context) => {
  const { status, stderr } = runHalogen(['listen', '--udp', '203.0.113.1:1514', '--db', temporaryStore(context)]);
  assert.equal(status, 2);
  assert.match(stderr, /^halogen: .*203\.0\.113\.1:1514: cannot listen there: .*\n$/);
});
