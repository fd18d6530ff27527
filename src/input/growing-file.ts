/** Regular files that are read again after they grew: by what they are known, and where reading may begin and end. */

import { fstatSync } from 'node:fs';
import { UNFINISHED_LINE_MS } from '../limits.ts';
import { type InputFile, readRange } from './file.ts';
import { readCompressedHead } from './gzip.ts';

const STEP = 65_536;
const LF = 0x0a;

/** The first bytes of the content, decompressed: `most`, or all where there are fewer. Throws the system's error, or HalogenError FILE_UNREADABLE. */
export async function contentHead(file: InputFile, most: number): Promise<Uint8Array> {
  if (file.compression !== null) return readCompressedHead(file, most);
  return bytesAt(file, 0, Math.min(most, file.range?.to ?? 0));
}

/** Bytes the file has now. */
export function sizeNow(file: InputFile): number {
  return fstatSync(file.fd).size;
}

/** Where the line begins that comes after `position`: there, or behind the LF of a last line that had none when it was read. */
export function lineAt(file: InputFile, position: number): number {
  if (position === 0) return 0;
  const [before, next] = bytesAt(file, position - 1, position + 1);
  return before !== LF && next === LF ? position + 1 : position;
}

/**
 * The place up to which [from, to) of a regular file can be read: `to`, unless its last line has no LF and the file
 * was changed less than UNFINISHED_LINE_MS before `now` (epoch ms), so that the rest may be still to come. Then the end
 * of the line before, at least `from`. Throws the system's error.
 */
export function endOfLines(file: InputFile, from: number, to: number, now: number): number {
  const end = lastLineEnd(file, from, to);
  return end === to || now - fstatSync(file.fd).mtimeMs >= UNFINISHED_LINE_MS ? to : end;
}

function lastLineEnd(file: InputFile, from: number, to: number): number {
  for (let end = to; end > from; ) {
    const start = Math.max(from, end - STEP);
    const index = bytesAt(file, start, end).lastIndexOf(LF);
    if (index >= 0) return start + index + 1;
    end = start;
  }
  return from;
}

/** The bytes of [from, to) that are there. */
function bytesAt(file: InputFile, from: number, to: number): Uint8Array {
  const bytes = new Uint8Array(to - from);
  let length = 0;
  readRange(file, from, to, {
    room: () => bytes.subarray(length),
    filled: (more) => {
      length += more;
    },
  });
  return bytes.subarray(0, length);
}
