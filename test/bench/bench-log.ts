/** The log that is timed: generated once, kept in the system's temporary folder, and found again there. */

import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateLog } from './log-generator.ts';
import { writeLog } from './write-log.ts';

const SEED = 1;
const SAMPLE_LINES = 1_000;

/** Out: path of a log of `lines` lines. Its name tells what the generator writes, so that what an earlier one wrote is not taken for it. */
export function benchLog(lines: number): string {
  const sample = generateLog({ lines: SAMPLE_LINES, seed: SEED });
  const kind = createHash('sha256').update(sample).digest('hex').slice(0, 12);
  const path = join(tmpdir(), `halogen-bench-${lines}-${kind}.log`);
  if (existsSync(path)) return path;
  const unfinished = `${path}.${process.pid}`;
  const file = openSync(unfinished, 'w');
  writeLog(file, { lines, seed: SEED });
  closeSync(file);
  renameSync(unfinished, path);
  return path;
}
