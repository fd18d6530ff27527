/**
 * Files into the store. A regular file is known by its content, whatever its name and whether it is compressed, and is
 * gone on with where the last ingest left it; what comes through a pipe is always new.
 */

import type { HalogenError } from '../errors.ts';
import { closeInput, type InputFile, readRange, STDIN_NAME } from '../input/file.ts';
import { contentHead, endOfLines, lineAt, sizeNow } from '../input/growing-file.ts';
import { readCompressed } from '../input/gzip.ts';
import { CHUNK_BYTES, CONTENT_HEAD_BYTES, INGEST_COMMIT_ROWS } from '../limits.ts';
import { addLedger, emptyLedger, type Ledger } from '../model/ledger.ts';
import { StoreWriter } from '../store/writer.ts';
import { FileIntake } from './file-intake.ts';
import { openAll, type ReadingOptions, readWhole, unreadable } from './reading.ts';
import { StoreFeed } from './store-feed.ts';

export interface IngestRequest {
  /** `-` is stdin. */
  readonly files: readonly string[];
  readonly db: string;
  readonly reading: ReadingOptions;
}

export interface IngestOutcome {
  /** Lines that were in the store already count as duplicates. */
  readonly ledger: Ledger;
  readonly failures: readonly HalogenError[];
  /** Files whose last line has no end yet, which is left to the next ingest. */
  readonly unfinished: readonly string[];
}

/** Throws HalogenError for a store that cannot be written; what is wrong with single files is in `failures`. Without a file that can be opened no store is made. */
export async function runIngest({ files: names, db, reading }: IngestRequest): Promise<IngestOutcome> {
  const { files, failures } = openAll(names);
  const outcome: OpenOutcome = { ledger: emptyLedger(), failures, unfinished: [] };
  if (files.length === 0) return outcome;
  const writer = new StoreWriter(db);
  try {
    const ingest = new Ingest(writer, reading, outcome);
    for (const file of files) await ingest.take(file);
  } finally {
    writer.close();
  }
  return outcome;
}

/** An outcome that grows. */
type OpenOutcome = { readonly ledger: Ledger; readonly failures: HalogenError[]; readonly unfinished: string[] };

class Ingest {
  readonly #writer: StoreWriter;
  readonly #reading: ReadingOptions;
  readonly #outcome: OpenOutcome;
  readonly #buffer = new Uint8Array(CHUNK_BYTES);

  constructor(writer: StoreWriter, reading: ReadingOptions, outcome: OpenOutcome) {
    this.#writer = writer;
    this.#reading = reading;
    this.#outcome = outcome;
  }

  /** Takes one file, whatever it is, and closes it. */
  async take(file: InputFile): Promise<void> {
    if (file.range === null || file.name === STDIN_NAME) return this.#takeStream(file);
    try {
      const head = await contentHead(file, CONTENT_HEAD_BYTES);
      if (head.length === 0) return;
      if (file.compression === null) await this.#takeContent(file, head, () => sizeNow(file));
      else await this.#takeContent(file, head, () => Number.POSITIVE_INFINITY);
    } catch (error) {
      this.#outcome.failures.push(unreadable(file, error));
    } finally {
      closeInput(file);
    }
  }

  /** `size`: bytes of the content, Infinity before it was decompressed. */
  async #takeContent(file: InputFile, head: Uint8Array, size: () => number): Promise<void> {
    const intake = new FileIntake(this.#writer, this.#writer.file(file.name, head, size), this.#reading);
    try {
      if (file.compression === null) this.#readPlain(file, intake);
      else await readCompressed(file, (chunk) => intake.take(chunk));
    } catch (error) {
      this.#outcome.failures.push(unreadable(file, error));
      intake.leave();
      addLedger(this.#outcome.ledger, intake.ledger);
      return;
    }
    // Less than was taken of the content that begins so: it is another one.
    if (file.compression !== null && intake.at < intake.position) return this.#takeContent(file, head, () => intake.at);
    intake.finish();
    addLedger(this.#outcome.ledger, intake.ledger);
  }

  #readPlain(file: InputFile, intake: FileIntake): void {
    const size = sizeNow(file);
    const from = lineAt(file, intake.position);
    const end = endOfLines(file, from, size, Date.now());
    intake.startAt(from);
    readRange(file, from, end, { room: () => this.#buffer, filled: (length) => intake.take(this.#buffer.subarray(0, length)) });
    if (end < size) this.#outcome.unfinished.push(file.name);
  }

  async #takeStream(file: InputFile): Promise<void> {
    const source = this.#writer.source(file.name === STDIN_NAME ? 'stdin' : file.name, 'stdin');
    const feed = new StoreFeed(this.#writer, source, this.#reading);
    const commit = (): void => {
      addLedger(this.#outcome.ledger, feed.settle());
      this.#writer.commit();
    };
    const failure = await readWhole(file, feed.parser, (batch) => {
      feed.sink(batch);
      if (feed.rows >= INGEST_COMMIT_ROWS) commit();
    });
    commit();
    if (failure !== null) this.#outcome.failures.push(failure);
  }
}
