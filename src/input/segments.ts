/**
 * Cuts regular files into segments that several threads take one after the other. A line belongs to the segment in
 * which its first byte lies, so every line is read once, whole, by one thread.
 */

import { type ByteTarget, type InputFile, readRange, readSome } from './file.ts';

export interface Segment {
  /** Index of the file in the list given. */
  readonly file: number;
  /** Bytes of the file; not yet moved to line starts. */
  readonly from: number;
  readonly to: number;
}

const LF = 0x0a;

/** In: regular files, and how many bytes a segment has. Out: the segments, in order. */
export function segmentsOf(files: readonly InputFile[], bytes: number): readonly Segment[] {
  return files.flatMap(({ range }, file) => {
    if (range === null) return [];
    const segments: Segment[] = [];
    for (let from = range.from; from < range.to; from += bytes) segments.push({ file, from, to: Math.min(range.to, from + bytes) });
    return segments;
  });
}

/** Reads the lines that begin in the segment into `target`, the last one to its end. */
export function readSegment(file: InputFile, { from, to }: Segment, target: ByteTarget): void {
  const range = file.range ?? { from: 0, to: 0 };
  const start = from === range.from ? from : lineStart(file, from, to);
  if (start >= to) return;
  readRange(file, start, to === range.to ? to : lineStart(file, to, range.to), target);
}

/** The first line start at or after `at`; `limit` if there is none before it. */
function lineStart(file: InputFile, at: number, limit: number): number {
  const bytes = new Uint8Array(STEP);
  for (let from = at - 1; from < limit; ) {
    const length = readSome(file, bytes, from);
    if (length === 0) return limit;
    const index = bytes.subarray(0, length).indexOf(LF);
    if (index >= 0) return Math.min(limit, from + index + 1);
    from += length;
  }
  return limit;
}

/** Bytes looked at in one step for the next line's start; a few lines. */
const STEP = 4096;
