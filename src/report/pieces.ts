/** Text on its way out, in pieces large enough to write at once and small enough that a million rows take no memory. */

import { PIECE_CHARS } from '../limits.ts';

/** Where text goes. A promise holds the writer back until the reader has room. */
export type TextSink = (text: string) => void | Promise<void>;

/** Gathers `parts` into pieces of about PIECE_CHARS and hands each to `sink`. */
export async function writePieces(parts: Iterable<string>, sink: TextSink): Promise<void> {
  let piece = '';
  for (const part of parts) {
    piece += part;
    if (piece.length < PIECE_CHARS) continue;
    await sink(piece);
    piece = '';
  }
  if (piece !== '') await sink(piece);
}
