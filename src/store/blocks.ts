/**
 * Gives out the ids of requests, a block of STORE_BLOCK_ROWS at a time to one source, and keeps each block's earliest
 * and latest accept date, and how many of its requests were cut. A range of time is answered by reading the blocks that
 * it meets.
 */

import type Database from 'better-sqlite3';
import { STORE_BLOCK_ROWS } from '../limits.ts';
import { FLAG_TRUNCATED } from '../model/columns.ts';

interface OpenBlock {
  readonly id: number;
  readonly source: number;
  used: number;
  /** Epoch ms; Infinity and -Infinity before the first date. */
  first: number;
  last: number;
  truncated: number;
}

export class Blocks {
  readonly #newest: Database.Statement<[], number>;
  readonly #save: Database.Statement<[number, number, number | null, number | null, number]>;
  /** The block each source fills, by the source's id. */
  readonly #open = new Map<number, OpenBlock>();
  /** Those of them that got rows since the last flush. */
  readonly #changed = new Set<OpenBlock>();
  #next = 0;

  constructor(database: Database.Database) {
    this.#newest = database.prepare<[], number>('SELECT coalesce(max(id), 0) FROM block').pluck();
    this.#save = database.prepare(
      `INSERT INTO block (id, source, first_date, last_date, truncated) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET first_date = excluded.first_date, last_date = excluded.last_date, truncated = excluded.truncated`,
    );
  }

  /** Call when a transaction has begun: other writers may have taken blocks since the last. */
  begin(): void {
    this.#next = (this.#newest.get() as number) + 1;
  }

  /** The id of the source's next request, accepted at `date` (epoch ms, NaN if unknown), with its `flags`. */
  next(source: number, date: number, flags: number): number {
    let block = this.#open.get(source);
    if (block === undefined || block.used === STORE_BLOCK_ROWS) {
      block = { id: this.#next, source, used: 0, first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY, truncated: 0 };
      this.#next += 1;
      this.#open.set(source, block);
    }
    this.#changed.add(block);
    if (date < block.first) block.first = date;
    if (date > block.last) block.last = date;
    if ((flags & FLAG_TRUNCATED) !== 0) block.truncated += 1;
    block.used += 1;
    return block.id * STORE_BLOCK_ROWS + block.used - 1;
  }

  /** Writes the blocks that got rows. Call before the transaction ends. */
  flush(): void {
    for (const block of this.#changed) {
      const dated = block.first <= block.last;
      this.#save.run(block.id, block.source, dated ? block.first : null, dated ? block.last : null, block.truncated);
    }
    this.#changed.clear();
  }

  /** After a rollback: begins new blocks. */
  forget(): void {
    this.#open.clear();
    this.#changed.clear();
  }
}
