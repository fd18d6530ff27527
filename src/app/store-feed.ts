/** One source's bytes through a parser into the store: rows, samples of what was none, and the account of the lines. */

import { type Ledger, ledgerSince } from '../model/ledger.ts';
import { Parser, type Sink } from '../parse/parser.ts';
import { STORED_COLUMNS } from '../store/batch-input.ts';
import type { SourceHandle, StoreWriter } from '../store/writer.ts';
import { shiftLineNumbers } from './line-numbers.ts';
import type { ReadingOptions } from './reading.ts';

export class StoreFeed {
  readonly parser: Parser;
  /** For the parser: puts what it found into the store. */
  readonly sink: Sink;
  readonly #writer: StoreWriter;
  readonly #source: SourceHandle;
  #rows = 0;
  #settled: Ledger;

  /** In: the lines of the source that came before, by which the numbers of these go on. */
  constructor(writer: StoreWriter, source: SourceHandle, reading: ReadingOptions, linesBefore = 0) {
    this.#writer = writer;
    this.#source = source;
    this.parser = new Parser({
      columns: STORED_COLUMNS,
      ...reading,
      onUnparsed: (bytes, number, reason) => writer.unparsed(source, { bytes, lineNumber: linesBefore + number, reason }),
    });
    this.sink = (batch) => {
      shiftLineNumbers(batch, linesBefore);
      writer.add(source, batch, null);
      this.#rows += batch.rows;
    };
    this.#settled = { ...this.parser.ledger };
  }

  /** Rows given to the store since they were last settled. */
  get rows(): number {
    return this.#rows;
  }

  /** Adds the account of these rows to them: the next commit makes both part of the store. Out: that account. */
  settle(): Ledger {
    const counts = ledgerSince(this.parser.ledger, this.#settled);
    this.#writer.ledger(this.#source, counts);
    this.#settled = { ...this.parser.ledger };
    this.#rows = 0;
    return counts;
  }
}
