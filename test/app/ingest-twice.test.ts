/** An ingest that is killed, and two at once: the rows are those of one that was left alone. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeLog } from '../bench/write-log.ts';
import { runHalogen } from '../fixtures/run-halogen.ts';
import { storeContent } from './store-content.ts';

/** More than one transaction takes. */
const LINES = 80_000;
const folder = mkdtempSync(join(tmpdir(), 'halogen-ingest-'));
after(() => rmSync(folder, { recursive: true }));

const files = [1, 2].map((seed) => {
  const path = join(folder, `${seed}.log`);
  const file = openSync(path, 'w');
  writeLog(file, { lines: LINES / seed ** 2, seed });
  closeSync(file);
  return path;
});

function ingestTo(db: string): void {
  const { status, stderr } = runHalogen(['ingest', '--db', db, ...files]);
  assert.equal(status, 0, stderr);
}

function start(db: string) {
  return spawn(process.execPath, ['bin/halogen', 'ingest', '--db', db, ...files], { stdio: 'ignore' });
}

const undisturbed = join(folder, 'undisturbed.db');
ingestTo(undisturbed);
const expected = storeContent(undisturbed);

test('when an ingest is killed, then the next one completes its rows', async () => {
  const db = join(folder, 'killed.db');
  for (const afterMs of [120, 200, 350, 500, 650]) {
    const child = start(db);
    const ended = once(child, 'exit');
    await sleep(afterMs);
    child.kill('SIGKILL');
    await ended;
  }
  ingestTo(db);
  assert.deepEqual(storeContent(db), expected);
});

test('when two ingests take the same files at once, then each line is in the store once', async () => {
  const db = join(folder, 'both.db');
  const children = [start(db), start(db)];
  const statuses = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
  assert.deepEqual(statuses, [0, 0]);
  assert.deepEqual(storeContent(db), expected);
});
