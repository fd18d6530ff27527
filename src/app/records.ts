/** Records one by one, in the order of the input; or the lines that were none. */

import { RecordFilter } from '../analyze/filter.ts';
import type { FilterSpec } from '../analyze/plan.ts';
import type { HalogenError } from '../errors.ts';
import { COLUMN_NAMES, FLAG_TRUNCATED, KIND_ERROR } from '../model/columns.ts';
import type { Ledger } from '../model/ledger.ts';
import { ColumnMemory, type LogBatch } from '../model/log-batch.ts';
import { Parser } from '../parse/parser.ts';
import { openAll, type ReadingOptions, readWhole, type Source } from './reading.ts';
import { readStoreBatches } from './store-batches.ts';

/** Who takes the records: `keep` has a byte per row, 0 = dropped by the filter; null keeps all. */
export interface RecordSink {
  batch(batch: LogBatch, keep: Uint8Array | null, file: string): void;
  unparsed(line: Uint8Array, file: string, lineNumber: number, reason: string): void;
}

export interface RecordsRequest {
  readonly source: Source;
  readonly reading: ReadingOptions;
  readonly filter: FilterSpec;
  /** Hand over only the lines without a record. */
  readonly unparsed: boolean;
}

export interface RecordsOutcome {
  readonly ledger: Ledger;
  readonly failures: readonly HalogenError[];
}

/** Throws HalogenError for a store that cannot be read. */
export async function runRecords({ source, reading, filter, unparsed }: RecordsRequest, sink: RecordSink): Promise<RecordsOutcome> {
  if (source.from === 'store') {
    const columns = new ColumnMemory();
    const select = new Selection(filter, columns);
    const ledger = readStoreBatches(source.db, COLUMN_NAMES, filter, columns, (batch) => {
      const keep = select.of(batch);
      if (!unparsed) sink.batch(batch, keep, source.db);
    });
    return { ledger: select.settle(ledger), failures: [] };
  }
  const { files, failures } = openAll(source.files);
  let name = '';
  let linesBefore = 0;
  const parser = new Parser({
    columns: unparsed ? [] : COLUMN_NAMES,
    ...reading,
    ...(unparsed && { onUnparsed: (line, number, reason) => sink.unparsed(line, name, number - linesBefore, reason) }),
  });
  const select = new Selection(filter, parser.columns);
  for (const file of files) {
    name = file.name;
    linesBefore = parser.ledger.lines;
    const failure = await readWhole(file, parser, (batch) => {
      if (unparsed) return;
      const keep = select.of(batch);
      countLinesFromFile(batch, linesBefore);
      sink.batch(batch, keep, name);
    });
    if (failure !== null) failures.push(failure);
  }
  return { ledger: select.settle(parser.ledger), failures };
}

/** The parser counts lines through all files; a reader of one file counts from its own first. */
function countLinesFromFile(batch: LogBatch, linesBefore: number): void {
  if (linesBefore === 0) return;
  const numbers = batch.columns.float('line_number');
  for (let row = 0; row < batch.rows; row++) numbers[row] = (numbers[row] as number) - linesBefore;
}

/** A filter that keeps account of what it drops. */
class Selection {
  readonly #filter: RecordFilter;
  readonly #dropped = { requests: 0, truncated: 0, events: 0 };

  constructor(spec: FilterSpec, columns: ColumnMemory) {
    this.#filter = new RecordFilter(spec, columns);
  }

  of(batch: LogBatch): Uint8Array | null {
    const keep = this.#filter.select(batch);
    if (keep === null) return null;
    const kinds = batch.columns.int('kind');
    const flags = batch.columns.int('flags');
    for (let row = 0; row < batch.rows; row++) {
      if (keep[row] !== 0) continue;
      if (((flags[row] as number) & FLAG_TRUNCATED) !== 0) this.#dropped.truncated++;
      else if ((kinds[row] as number) >= KIND_ERROR) this.#dropped.events++;
      else this.#dropped.requests++;
    }
    return keep;
  }

  /** Moves the dropped to their own class. */
  settle(ledger: Ledger): Ledger {
    const { requests, truncated, events } = this.#dropped;
    ledger.requests -= requests;
    ledger.truncated -= truncated;
    ledger.events -= events;
    ledger.filtered += requests + truncated + events;
    return ledger;
  }
}
