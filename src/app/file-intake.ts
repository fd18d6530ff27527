/**
 * The content of one file into the store, from where it was left. Position, rows and account of the lines are committed
 * together, every INGEST_COMMIT_ROWS, so that whatever stops an ingest, the next one goes on with the first line that
 * is not there.
 *
 * The store is asked for the position anew in each transaction, under its lock: of two ingests of one file each takes
 * what the other has not taken yet.
 */

import { INGEST_COMMIT_ROWS, MAX_LINE_BYTES } from '../limits.ts';
import { addLedger, emptyLedger, type Ledger } from '../model/ledger.ts';
import type { KnownFile, SourceHandle, StoreWriter } from '../store/writer.ts';
import type { ReadingOptions } from './reading.ts';
import { StoreFeed } from './store-feed.ts';

const LF = 0x0a;
/** Milliseconds between two transactions in which another writer, which looks every 2 ms, gets its turn. */
const TURN_MS = 4;
const pause = new Int32Array(new SharedArrayBuffer(4));

export class FileIntake {
  /** What this intake did: lines it took by their class, lines that were there already as duplicates. */
  readonly ledger: Ledger = emptyLedger();
  readonly #writer: StoreWriter;
  readonly #source: SourceHandle;
  readonly #reading: ReadingOptions;
  #feed: StoreFeed;
  /** Place of the next byte to come. */
  #at = 0;
  /** Bytes up to the end of the last line that was taken, by this intake or another, and lines up to there. */
  #position: number;
  #lines: number;
  /** Bytes before it are not taken. */
  #from: number;
  /** Between the first change and the commit. */
  #open = false;

  /** In: a file of the store's, how far that is, and how lines are read. */
  constructor(writer: StoreWriter, { source, progress }: KnownFile, reading: ReadingOptions) {
    this.#writer = writer;
    this.#source = source;
    this.#reading = reading;
    this.#position = progress.position;
    this.#from = progress.position;
    this.#lines = progress.lines;
    this.#countDuplicates(progress.lines);
    this.#feed = new StoreFeed(writer, source, reading, progress.lines);
  }

  /** Bytes of the content that need not be given. */
  get position(): number {
    return this.#position;
  }

  /** Place of the next byte to come. */
  get at(): number {
    return this.#at;
  }

  /** Says that the next bytes to come are those at `place`. Call it before the first of them. */
  startAt(place: number): void {
    this.#at = place;
  }

  /** Takes the next bytes, as many as are new. */
  take(chunk: Uint8Array): void {
    const start = this.#at;
    this.#at += chunk.length;
    // What is passed over is no reason to hold the lock.
    if (this.#at <= this.#from) return;
    this.#begin(start);
    if (this.#at <= this.#from) {
      this.#commit();
      return;
    }
    const fresh = chunk.subarray(Math.max(0, this.#from - start));
    this.#feed.parser.push(fresh, this.#feed.sink);
    const lineFeed = fresh.lastIndexOf(LF);
    if (lineFeed >= 0) this.#position = this.#at - fresh.length + lineFeed + 1;
    // A longer rest is counted already, as a line over the limit, and its end is not there yet.
    if (this.#feed.rows < INGEST_COMMIT_ROWS || this.#at - this.#position > MAX_LINE_BYTES) return;
    this.#commit();
    Atomics.wait(pause, 0, 0, TURN_MS);
  }

  /** The content ends here: what follows the last line's end is a line too. */
  finish(): void {
    if (this.#at > this.#position && this.#at > this.#from) {
      this.#begin(this.#at);
      if (this.#at > this.#from) {
        this.#feed.parser.end(this.#feed.sink);
        this.#position = this.#at;
      }
    }
    this.#commit();
  }

  /** Nothing more can be read: what was taken of a last line is left to the next ingest. */
  leave(): void {
    this.#commit();
  }

  /** Takes the lock. Where another ingest has gone on with this content meanwhile, so does this one, from there; `at`: bytes that were given so far. */
  #begin(at: number): void {
    if (this.#open) return;
    this.#open = true;
    const { position, lines } = this.#writer.progress(this.#source);
    if (position === this.#position) return;
    this.#countDuplicates(lines - this.#lines);
    // One that left off within the line at hand saw the file before that line was whole: the rest is the next ingest's.
    this.#from = position < at ? Number.POSITIVE_INFINITY : position;
    this.#position = position;
    this.#lines = lines;
    this.#feed = new StoreFeed(this.#writer, this.#source, this.#reading, lines);
  }

  #commit(): void {
    if (!this.#open) return;
    const counts = this.#feed.settle();
    this.#writer.advance(this.#source, this.#position);
    this.#writer.commit();
    this.#open = false;
    this.#lines += counts.lines;
    addLedger(this.ledger, counts);
  }

  #countDuplicates(lines: number): void {
    this.ledger.lines += lines;
    this.ledger.duplicate += lines;
  }
}
