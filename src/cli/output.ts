/**
 * Writing to a standard stream: at once and in order, so that a slow reader holds the work back instead of filling
 * memory, and a reader that went away is noticed at the next write.
 */

import { writeSync } from 'node:fs';
import { HalogenError } from '../errors.ts';

/** Thrown when whoever read stdout has gone (`| head`): the rest is not wanted, and that is success. */
export class ReaderGone extends Error {
  constructor() {
    super('the reader of the output has gone');
    this.name = 'ReaderGone';
  }
}

/** Milliseconds to wait for a reader when another program has made the shared stream non-blocking. */
const RETRY_MS = 5;
const pause = new Int32Array(new SharedArrayBuffer(4));

/** A function that writes all of its text (as UTF-8) or bytes to the file descriptor before it returns. Throws ReaderGone, or HalogenError OUTPUT_FAILED. */
export function writer(descriptor: number): (data: string | Uint8Array) => void {
  return (data) => {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    for (let at = 0; at < bytes.length; ) {
      try {
        at += writeSync(descriptor, bytes, at);
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code === 'EPIPE') throw new ReaderGone();
        if (code !== 'EAGAIN') throw HalogenError.because(error, 'OUTPUT_FAILED', message);
        Atomics.wait(pause, 0, 0, RETRY_MS);
      }
    }
  };
}
