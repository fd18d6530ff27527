/** Output on its way out, in pieces large enough to write at once and small enough that a million rows take no memory. */

import { PIECE_CHARS } from '../limits.ts';

/**
 * Where output goes: text, or bytes of UTF-8, which are overwritten once this has returned. A promise holds the writer
 * back until the reader has room.
 */
export type Sink = (piece: string | Uint8Array) => void | Promise<void>;

/** Gathers `parts` into pieces of about PIECE_CHARS and hands each to `sink`. */
export async function writePieces(parts: Iterable<string>, sink: Sink): Promise<void> {
  let piece = '';
  for (const part of parts) {
    piece += part;
    if (piece.length < PIECE_CHARS) continue;
    await sink(piece);
    piece = '';
  }
  if (piece !== '') await sink(piece);
}

/** Hands on what is gathered already. */
export async function writeBytes(pieces: Iterable<Uint8Array>, sink: Sink): Promise<void> {
  for (const piece of pieces) if (piece.length > 0) await sink(piece);
}
