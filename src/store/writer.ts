/**
 * Takes batches into a store. Rows, texts and ledgers given between two commits are in the file together or not at
 * all, whenever the process dies. One StoreWriter holds the store's write lock from its first change to commit().
 *
 * Memory is bounded by MAX_STORE_CACHE_* of limits.ts and by eight bytes per text of each producer. Refuses, as
 * STORE_UNUSABLE, a file that SQLite cannot write; what was added since the last commit is then gone, and the caller
 * may add it again.
 */

import type Database from 'better-sqlite3';
import { STORE_BUSY_MS } from '../limits.ts';
import { KIND_TCP } from '../model/columns.ts';
import { LEDGER_CLASSES, type Ledger } from '../model/ledger.ts';
import type { Dictionary, LogBatch } from '../model/log-batch.ts';
import { BatchInput } from './batch-input.ts';
import { Blocks } from './blocks.ts';
import { Contents, type Progress } from './contents.ts';
import { EventRows, type UnparsedLine } from './event-rows.ts';
import { isBusy, storeFailure } from './failure.ts';
import { openForWriting } from './open.ts';
import { RequestRows } from './request-rows.ts';
import { ProducerTexts, Texts } from './texts.ts';

/** Sources that are known by their name; a file is known by its content. */
export type NamedKind = 'stdin' | 'udp';

/** A source as the store knows it. */
export interface SourceHandle {
  readonly id: number;
  readonly kind: NamedKind | 'file';
}

/** A file, and how far it was taken before. */
export interface KnownFile {
  readonly source: SourceHandle;
  readonly progress: Progress;
}

/** Milliseconds between two looks at a lock that another program holds. */
const LOCK_POLL_MS = 2;
const pause = new Int32Array(new SharedArrayBuffer(4));

const COUNTS = ['lines', ...LEDGER_CLASSES] as const;

export class StoreWriter {
  readonly #path: string;
  readonly #database: Database.Database;
  readonly #texts: Texts;
  readonly #requests: RequestRows;
  readonly #events: EventRows;
  readonly #blocks: Blocks;
  readonly #contents: Contents;
  readonly #busyMs: number;
  readonly #findSource: Database.Statement<[string, NamedKind], number>;
  readonly #addCounts: Database.Statement<number[]>;
  #producers = new WeakMap<Dictionary, ProducerTexts>();

  /** In: the store's file, made if missing; how long to wait for another program's lock, in ms. */
  constructor(path: string, busyMs: number = STORE_BUSY_MS) {
    this.#path = path;
    this.#busyMs = busyMs;
    this.#database = openForWriting(path, busyMs);
    const database = this.#database;
    // SQLite's own waiting looks ten times a second: another writer that never rests would never be found at rest.
    database.pragma('busy_timeout = 0');
    this.#texts = new Texts(database);
    this.#requests = new RequestRows(database, this.#texts);
    this.#events = new EventRows(database);
    this.#blocks = new Blocks(database);
    this.#contents = new Contents(database);
    this.#findSource = database
      .prepare<[string, NamedKind], number>(
        "INSERT INTO source (name, kind) VALUES (?, ?) ON CONFLICT (name, kind) WHERE kind <> 'file' DO UPDATE SET kind = excluded.kind RETURNING id",
      )
      .pluck();
    this.#addCounts = database.prepare(`UPDATE source SET ${COUNTS.map((name) => `${name} = ${name} + ?`).join(', ')} WHERE id = ?`);
  }

  /** The source of that name and kind, entered at first sight. Commits, also what was added before. */
  source(name: string, kind: NamedKind): SourceHandle {
    const id = this.#change(() => this.#findSource.get(name, kind) as number);
    this.commit();
    return { id, kind };
  }

  /**
   * The file that has this content, entered at first sight: see Contents.source. `size` is asked under the write lock:
   * what another writer has taken of a file that grows cannot be more than the file has then. Commits, also what was
   * added before.
   */
  file(name: string, head: Uint8Array, size: () => number): KnownFile {
    const known = this.#change((): KnownFile => {
      const id = this.#contents.source(name, head, size());
      return { source: { id, kind: 'file' }, progress: this.#contents.progress(id) };
    });
    this.commit();
    return known;
  }

  /** How far a file was taken, by whomever; holds from now to the next commit(), as this takes the write lock. */
  progress(file: SourceHandle): Progress {
    return this.#change(() => this.#contents.progress(file.id));
  }

  /** Says that a file is taken up to `position`, in bytes. */
  advance(file: SourceHandle, position: number): void {
    this.#change(() => this.#contents.advance(file.id, position));
  }

  /** Takes the rows of a batch whose byte in `keep` is not 0; all rows if it is null. STORED_COLUMNS must be filled. */
  add(source: SourceHandle, batch: LogBatch, keep: Uint8Array | null): void {
    this.#change(() => {
      const input = new BatchInput(batch, (column) => this.#producer(batch.dictionaries[column]));
      const { kind, flags } = input.int;
      const { accept_date: date } = input.float;
      const appendRequest = this.#requests.appender(input);
      const received = source.kind === 'udp' ? Date.now() : null;
      for (let row = 0; row < input.rows; row += 1) {
        if (keep !== null && keep[row] === 0) continue;
        if ((kind[row] as number) > KIND_TCP) this.#events.append(input, row, source.id, received);
        else appendRequest(row, this.#blocks.next(source.id, date[row] as number, flags[row] as number));
      }
    });
  }

  /** Keeps a line that no format matched as a sample, the first MAX_UNPARSED_SAMPLES of each source. */
  unparsed(source: SourceHandle, line: UnparsedLine): void {
    this.#change(() => this.#events.keep(source.id, line));
  }

  /** Adds to the source's counts. */
  ledger(source: SourceHandle, counts: Readonly<Ledger>): void {
    this.#change(() => this.#addCounts.run(...COUNTS.map((name) => counts[name]), source.id));
  }

  /** Makes all that was given since the last commit part of the store. */
  commit(): void {
    if (!this.#database.inTransaction) return;
    this.#guard(() => {
      this.#requests.flush();
      this.#blocks.flush();
      this.#database.exec('COMMIT');
    });
  }

  /** Closes. What was not committed is not kept: whoever leaves early leaves no rows without their counts. */
  close(): void {
    this.#database.close();
  }

  #producer(dictionary: Dictionary): ProducerTexts {
    let texts = this.#producers.get(dictionary);
    if (texts === undefined) {
      texts = new ProducerTexts(this.#texts, dictionary);
      this.#producers.set(dictionary, texts);
    }
    texts.prepare();
    return texts;
  }

  #change<T>(work: () => T): T {
    return this.#guard(() => {
      if (!this.#database.inTransaction) {
        this.#begin();
        this.#blocks.begin();
      }
      return work();
    });
  }

  /** Takes the write lock, waiting for it up to the given time. */
  #begin(): void {
    const deadline = performance.now() + this.#busyMs;
    while (true) {
      try {
        this.#database.exec('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() >= deadline) throw error;
        Atomics.wait(pause, 0, 0, LOCK_POLL_MS);
      }
    }
  }

  /** Runs work on the database. After a failure nothing of the open transaction is left, on disk or in memory. */
  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      this.#texts.forget();
      this.#requests.forget();
      this.#blocks.forget();
      this.#producers = new WeakMap();
      throw storeFailure(this.#path, error);
    }
  }
}
