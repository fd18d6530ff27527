/** A generated log to a file descriptor: a megabyte at a time, so that its size is no matter. */

import { writeSync } from 'node:fs';
import { LogGenerator } from './log-generator.ts';
import type { LogOptions } from './log-options.ts';

const ROOM = 1 << 20;

/** Throws what writing throws, EPIPE among it. */
export function writeLog(file: number, options: Partial<LogOptions>): void {
  const generator = new LogGenerator(options);
  const room = Buffer.allocUnsafe(ROOM);
  for (let size = generator.fill(room); size > 0; size = generator.fill(room)) {
    for (let done = 0; done < size; ) done += writeSync(file, room, done, size - done);
  }
}
