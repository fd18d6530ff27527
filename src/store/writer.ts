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
import { EventRows, type UnparsedLine } from './event-rows.ts';
import { storeFailure } from './failure.ts';
import { openForWriting } from './open.ts';
import { RequestRows } from './request-rows.ts';
import { ProducerTexts, Texts } from './texts.ts';

export type SourceKind = 'file' | 'stdin' | 'udp';

/** A source as the store knows it. */
export interface SourceHandle {
  readonly id: number;
  readonly kind: SourceKind;
}

const COUNTS = ['lines', ...LEDGER_CLASSES] as const;

export class StoreWriter {
  readonly #path: string;
  readonly #database: Database.Database;
  readonly #texts: Texts;
  readonly #requests: RequestRows;
  readonly #events: EventRows;
  readonly #blocks: Blocks;
  readonly #findSource: Database.Statement<[string, SourceKind], number>;
  readonly #addCounts: Database.Statement<number[]>;
  #producers = new WeakMap<Dictionary, ProducerTexts>();

  /** In: the store's file, made if missing; how long to wait for another program's lock, in ms. */
  constructor(path: string, busyMs: number = STORE_BUSY_MS) {
    this.#path = path;
    this.#database = openForWriting(path, busyMs);
    const database = this.#database;
    this.#texts = new Texts(database);
    this.#requests = new RequestRows(database, this.#texts);
    this.#events = new EventRows(database);
    this.#blocks = new Blocks(database);
    this.#findSource = database
      .prepare<[string, SourceKind], number>(
        'INSERT INTO source (name, kind) VALUES (?, ?) ON CONFLICT DO UPDATE SET kind = excluded.kind RETURNING id',
      )
      .pluck();
    this.#addCounts = database.prepare(`UPDATE source SET ${COUNTS.map((name) => `${name} = ${name} + ?`).join(', ')} WHERE id = ?`);
  }

  /** The source of that name and kind, entered at first sight. Commits what was added before. */
  source(name: string, kind: SourceKind): SourceHandle {
    this.commit();
    return this.#guard(() => ({ id: this.#findSource.get(name, kind) as number, kind }));
  }

  /** Takes the rows of a batch whose byte in `keep` is not 0; all rows if it is null. STORED_COLUMNS must be filled. */
  add(source: SourceHandle, batch: LogBatch, keep: Uint8Array | null): void {
    this.#change(() => {
      const input = new BatchInput(batch, (column) => this.#producer(batch.dictionaries[column]));
      const { kind } = input.int;
      const { accept_date: date } = input.float;
      const appendRequest = this.#requests.appender(input);
      const received = source.kind === 'udp' ? Date.now() : null;
      for (let row = 0; row < input.rows; row += 1) {
        if (keep !== null && keep[row] === 0) continue;
        if ((kind[row] as number) > KIND_TCP) this.#events.append(input, row, source.id, received);
        else appendRequest(row, this.#blocks.next(source.id, date[row] as number));
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

  #change(work: () => void): void {
    this.#guard(() => {
      if (!this.#database.inTransaction) {
        this.#database.exec('BEGIN IMMEDIATE');
        this.#blocks.begin();
      }
      work();
    });
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
