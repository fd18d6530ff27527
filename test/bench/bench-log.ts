/** The log that is timed: generated once, kept in the system's temporary folder, and found again there. */

import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, renameSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogGenerator } from './log-generator.ts';

const ROOM = 1 << 20;
const SEED = 1;

/** Out: path of a log of `lines` lines. Its name tells what the generator writes, so that a changed generator is not taken for this one. */
export function benchLog(lines: number): string {
  const options = { lines, seed: SEED };
  const room = Buffer.allocUnsafe(ROOM);
  const generator = new LogGenerator(options);
  let size = generator.fill(room);
  const kind = createHash('sha256').update(room.subarray(0, size)).digest('hex').slice(0, 12);
  const path = join(tmpdir(), `halogen-bench-${lines}-${kind}.log`);
  if (existsSync(path)) return path;
  const unfinished = `${path}.${process.pid}`;
  const file = openSync(unfinished, 'w');
  for (; size > 0; size = generator.fill(room)) {
    for (let done = 0; done < size; ) done += writeSync(file, room, done, size - done);
  }
  closeSync(file);
  renameSync(unfinished, path);
  return path;
}
