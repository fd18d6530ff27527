/** Records one by one, in the order of the input; or the lines that were none. */

import { countDropped, noneDropped, settleDropped } from '../analyze/dropped.ts';
import { columnsOfFilter, RecordFilter } from '../analyze/filter.ts';
import type { FilterSpec } from '../analyze/plan.ts';
import type { HalogenError } from '../errors.ts';
import type { ColumnName } from '../model/columns.ts';
import type { Ledger } from '../model/ledger.ts';
import { ColumnMemory, type LogBatch } from '../model/log-batch.ts';
import { Parser } from '../parse/parser.ts';
import { shiftLineNumbers } from './line-numbers.ts';
import { openAll, type ReadingOptions, readWhole, type Source } from './reading.ts';

/** Who takes the records: `keep` has a byte per row, 0 = dropped by the filter; null keeps all. */
export interface RecordSink {
  /** What it reads of a batch. */
  readonly columns: readonly ColumnName[];
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
export function runRecords(request: RecordsRequest, sink: RecordSink): Promise<RecordsOutcome> {
  const { source } = request;
  return source.from === 'store' ? recordsFromStore(request, source.db, sink) : recordsFromFiles(request, source.files, sink);
}

async function recordsFromStore({ reading, filter, unparsed }: RecordsRequest, db: string, sink: RecordSink): Promise<RecordsOutcome> {
  // The only part that needs SQLite, which takes its time to load.
  const { readStoreBatches, readUnparsed } = await import('./store-batches.ts');
  const columns = new ColumnMemory();
  const select = new Selection(filter, columns);
  const query = { db, columns: unparsed ? [] : columnsFor(sink, filter), filter: unparsed ? {} : filter, keepQuery: reading.keepQuery };
  const ledger = readStoreBatches(query, columns, (batch) => {
    if (!unparsed) sink.batch(batch, select.of(batch), db);
  });
  if (unparsed) readUnparsed(db, (...sample) => sink.unparsed(...sample));
  return { ledger: select.settle(ledger), failures: [] };
}

async function recordsFromFiles(
  { reading, filter, unparsed }: RecordsRequest,
  names: readonly string[],
  sink: RecordSink,
): Promise<RecordsOutcome> {
  const { files, failures } = openAll(names);
  const columns = unparsed ? [] : columnsFor(sink, filter);
  const numbered = columns.includes('line_number');
  let name = '';
  let linesBefore = 0;
  const parser = new Parser({
    columns,
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
      if (numbered) shiftLineNumbers(batch, -linesBefore);
      sink.batch(batch, keep, name);
    });
    if (failure !== null) failures.push(failure);
  }
  return { ledger: select.settle(parser.ledger), failures };
}

/** What the sink and the filter read; a parser leaves the rest undone. */
function columnsFor(sink: RecordSink, filter: FilterSpec): readonly ColumnName[] {
  return [...new Set([...sink.columns, ...columnsOfFilter(filter)])];
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
