/**
 * Files as a store knows them: by their content, so that one that grew, was renamed, or was compressed is the same. A
 * content is known by the SHA-256 of its first CONTENT_HEAD_BYTES, or of as many as it had when it was last seen: it may
 * have grown since. Within a transaction that the caller holds.
 *
 * Two files that begin alike are one content; a log's first lines hold dates, ports and addresses enough to differ.
 */

import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import { CONTENT_HEAD_BYTES } from '../limits.ts';

/** How far a content was taken. */
export interface Progress {
  /** Bytes up to the end of the last line. */
  readonly position: number;
  /** Lines up to there. */
  readonly lines: number;
}

const hashOf = (head: Uint8Array, length: number): Buffer => createHash('sha256').update(head.subarray(0, length)).digest();

export class Contents {
  readonly #lengths: Database.Statement<[number], number>;
  readonly #find: Database.Statement<[number, Buffer, number], number>;
  readonly #addSource: Database.Statement<[string]>;
  readonly #add: Database.Statement<[number, number, Buffer]>;
  readonly #rename: Database.Statement<[string, number, string]>;
  readonly #setHead: Database.Statement<[number, Buffer, number]>;
  readonly #progress: Database.Statement<[number], Progress>;
  readonly #advance: Database.Statement<[number, number]>;

  constructor(database: Database.Database) {
    this.#lengths = database
      .prepare<[number], number>('SELECT DISTINCT head_bytes FROM content WHERE head_bytes <= ? ORDER BY head_bytes DESC')
      .pluck();
    this.#find = database
      .prepare<[number, Buffer, number], number>(
        'SELECT source FROM content WHERE head_bytes = ? AND head_hash = ? AND position <= ? ORDER BY position DESC LIMIT 1',
      )
      .pluck();
    this.#addSource = database.prepare("INSERT INTO source (name, kind) VALUES (?, 'file')");
    this.#add = database.prepare('INSERT INTO content (source, head_bytes, head_hash, position) VALUES (?, ?, ?, 0)');
    this.#rename = database.prepare('UPDATE source SET name = ? WHERE id = ? AND name <> ?');
    this.#setHead = database.prepare('UPDATE content SET head_bytes = ?, head_hash = ? WHERE source = ?');
    this.#progress = database.prepare('SELECT position, lines FROM content JOIN source ON source.id = source WHERE source = ?');
    this.#advance = database.prepare('UPDATE content SET position = ? WHERE source = ?');
  }

  /**
   * The source that the content is, entered at first sight. In: the file's name as of now; its first bytes,
   * CONTENT_HEAD_BYTES unless it has fewer, at least one; its length in bytes, Infinity if that is not known. A content
   * shorter than what was taken of it is another one.
   */
  source(name: string, head: Uint8Array, size: number): number {
    const length = Math.min(head.length, CONTENT_HEAD_BYTES);
    const hash = hashOf(head, length);
    for (const known of this.#lengths.all(length)) {
      const source = this.#find.get(known, known === length ? hash : hashOf(head, known), size);
      if (source === undefined) continue;
      this.#rename.run(name, source, name);
      if (known < length) this.#setHead.run(length, hash, source);
      return source;
    }
    const source = Number(this.#addSource.run(name).lastInsertRowid);
    this.#add.run(source, length, hash);
    return source;
  }

  progress(source: number): Progress {
    return this.#progress.get(source) as Progress;
  }

  /** To be called with the rows of the lines up to `position`, in one transaction. */
  advance(source: number, position: number): void {
    this.#advance.run(position, source);
  }
}
