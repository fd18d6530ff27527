/** What an accumulator hands to another one, in another thread or not: compact, and made of buffers that can be transferred. */

import type { Dropped } from './dropped.ts';

/** Some of the groups. */
export interface GroupChunk {
  readonly groups: number;
  /** First word of each group's key, then the second of each, …. */
  readonly words: Int32Array;
  /** What is kept of their requests, as the kernel packs it. */
  readonly packed: Uint8Array;
}

export interface PartialReport {
  /** Emptied by the merge, chunk by chunk, so that memory falls as it goes. */
  readonly chunks: GroupChunk[];
  /** Index, counted over all chunks, of the group past a bound; -1 without one. */
  readonly other: number;
  /** Width in ms of the plan's time buckets. */
  readonly width: number;
  /** Earliest and latest accept date, epoch ms; Infinity and -Infinity if none. */
  readonly earliest: number;
  readonly latest: number;
  readonly filtered: Readonly<Dropped>;
  /** Per header key its texts, by id. */
  readonly headers: readonly (readonly string[])[];
}

/** The buffers to name in postMessage's transfer list. */
export function buffersOf(partial: PartialReport): ArrayBuffer[] {
  return partial.chunks.flatMap((chunk) => [chunk.words.buffer as ArrayBuffer, chunk.packed.buffer as ArrayBuffer]);
}
