/** Puts texts read from the store into a region of a batch's memory, where its span columns point. */

import { STORE_SCRATCH_BYTES } from '../limits.ts';
import type { SpanColumn } from '../model/columns.ts';
import type { ColumnMemory } from '../model/log-batch.ts';

/** UTF-8 takes at most three bytes per unit of a string. */
const BYTES_PER_UNIT = 3;

export class SpanScratch {
  readonly #memory: ColumnMemory;
  readonly #columns: readonly SpanColumn[];
  readonly #address: number;

  constructor(memory: ColumnMemory, columns: readonly SpanColumn[]) {
    this.#memory = memory;
    this.#columns = columns;
    this.#address = columns.length === 0 ? 0 : memory.reserve(STORE_SCRATCH_BYTES);
  }

  /**
   * Fills the span columns of a new batch with `texts[from]` and on, one row of texts per row. Out: how many rows had
   * room, at least one; a text that alone exceeds the region is cut.
   */
  fill(texts: readonly (readonly (string | null)[])[], from: number): number {
    const bytes = Buffer.from(this.#memory.memory.buffer, this.#address, STORE_SCRATCH_BYTES);
    const starts = this.#columns.map((column) => this.#memory.starts(column));
    const ends = this.#columns.map((column) => this.#memory.ends(column));
    let used = 0;
    let row = 0;
    for (; from + row < texts.length; row += 1) {
      const cells = texts[from + row] as readonly (string | null)[];
      if (row > 0 && used + roomFor(cells) > STORE_SCRATCH_BYTES) break;
      for (let i = 0; i < starts.length; i += 1) {
        const text = cells[i] ?? null;
        const start = used;
        if (text !== null) used += bytes.write(text, used);
        (starts[i] as Int32Array)[row] = text === null ? -1 : this.#address + start;
        (ends[i] as Int32Array)[row] = text === null ? -1 : this.#address + used;
      }
    }
    return row;
  }
}

function roomFor(cells: readonly (string | null)[]): number {
  let room = 0;
  for (const text of cells) room += (text?.length ?? 0) * BYTES_PER_UNIT;
  return room;
}
