import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type DemoRequest, runDemo } from '../../src/app/demo.ts';
import { openUdp } from '../../src/input/syslog-udp.ts';

const usual = process.env.TMPDIR;
let folder = '';

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-test-'));
  process.env.TMPDIR = folder;
});

after(() => {
  if (usual === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = usual;
  rmSync(folder, { recursive: true });
});

interface Said {
  stdout: string;
  stderr: string;
}

async function demo(request: Partial<DemoRequest>, width: number | null, signal = new AbortController().signal): Promise<Said> {
  const said: Said = { stdout: '', stderr: '' };
  const output = {
    stdout: (text: string): void => {
      said.stdout += text;
    },
    stderr: (line: string): void => {
      said.stderr += `${line}\n`;
    },
    width,
    colour: false,
  };
  await runDemo({ seconds: null, plain: false, port: 0, ...request }, output, signal);
  return said;
}

test('when it runs plainly for a second, then it ends by itself with one table and everything sent is received', async () => {
  const { stdout, stderr } = await demo({ seconds: 1, plain: true }, 120);
  for (const server of ['app1', 'app2', 'app3', 'api1', 'api2', 'search1', 'search2']) assert.ok(stdout.includes(server), stdout);
  assert.equal(stdout.includes('\x1b'), false);
  const [, sent, received] = stderr.match(/sent ([\d,]+); received ([\d,]+) lines: \2 requests\n$/) ?? [];
  assert.ok(Number(sent) >= 100, stderr);
  assert.equal(received, sent);
  assert.deepEqual(readdirSync(folder), []);
});

test('when there is a terminal, then the table is redrawn on a screen of its own until the signal, and the totals stay', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 1_500);
  const { stdout } = await demo({}, 120, stop.signal);
  const [live = '', totals = ''] = stdout.split('\x1b[?25h\x1b[?1049l');
  assert.ok(live.startsWith('\x1b[?1049h\x1b[?25l'));
  assert.ok(live.split('\x1b[H').length >= 3, 'drawn at once and after a second');
  assert.ok(totals.includes('search2'), totals);
  assert.deepEqual(readdirSync(folder), []);
});

test('when the signal has aborted already, then it ends at once and cleans up', async () => {
  await demo({ plain: true }, null, AbortSignal.abort());
  assert.deepEqual(readdirSync(folder), []);
});

test('when the port is taken, then it is ADDRESS_IN_USE and nothing is left behind', async () => {
  const other = await openUdp({ host: '127.0.0.1', port: 0 });
  try {
    await assert.rejects(demo({ port: other.address.port, seconds: 5 }, null), { code: 'ADDRESS_IN_USE' });
  } finally {
    await other.close();
  }
  assert.deepEqual(readdirSync(folder), []);
});
