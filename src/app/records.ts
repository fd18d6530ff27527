/** Records one by one, in the order of the input; or the lines that were none. */

import { countDropped, noneDropped, settleDropped } from '../analyze/dropped.ts';
import { RecordFilter } from '../analyze/filter.ts';
import type { FilterSpec } from '../analyze/plan.ts';
import type { HalogenError } from '../errors.ts';
import { COLUMN_NAMES } from '../model/columns.ts';
import type { Ledger } from '../model/ledger.ts';
import { ColumnMemory, type LogBatch } from '../model/log-batch.ts';
import { Parser } from '../parse/parser.ts';
import { shiftLineNumbers } from './line-numbers.ts';
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
    const ledger = readStoreBatches({ db: source.db, columns: COLUMN_NAMES, filter, keepQuery: reading.keepQuery }, columns, (batch) => {
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
      shiftLineNumbers(batch, -linesBefore);
      sink.batch(batch, keep, name);
    });
    if (failure !== null) failures.push(failure);
  }
  return { ledger: select.settle(parser.ledger), failures };
}

/** A filter that keeps account of what it drops. */
class Selection {
  readonly #filter: RecordFilter;
  readonly #dropped = noneDropped();

  constructor(spec: FilterSpec, columns: ColumnMemory) {
    this.#filter = new RecordFilter(spec, columns);
  }

  of(batch: LogBatch): Uint8Array | null {
    const keep = this.#filter.select(batch);
    if (keep !== null) countDropped(this.#dropped, batch, keep);
    return keep;
  }

  /** Moves the dropped to their own class. */
  settle(ledger: Ledger): Ledger {
    settleDropped(ledger, this.#dropped);
    return ledger;
  }
}
