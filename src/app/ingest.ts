/** Files into the store. */

import type { HalogenError } from '../errors.ts';
import { emptyLedger, type Ledger, ledgerSince } from '../model/ledger.ts';
import type { LogBatch } from '../model/log-batch.ts';
import { Parser } from '../parse/parser.ts';
import { STORED_COLUMNS } from '../store/batch-input.ts';
import { type SourceHandle, StoreWriter } from '../store/writer.ts';
import { openAll, type ReadingOptions, readWhole } from './reading.ts';

export interface IngestRequest {
  /** `-` is stdin. */
  readonly files: readonly string[];
  readonly db: string;
  readonly reading: ReadingOptions;
}

export interface IngestOutcome {
  readonly ledger: Ledger;
  readonly failures: readonly HalogenError[];
}

/** Throws HalogenError for a store that cannot be written; what is wrong with single files is in `failures`. */
export async function runIngest({ files: names, db, reading }: IngestRequest): Promise<IngestOutcome> {
  const { files, failures } = openAll(names);
  const writer = new StoreWriter(db);
  try {
    let source: SourceHandle | undefined;
    let linesBefore = 0;
    const parser = new Parser({
      columns: STORED_COLUMNS,
      ...reading,
      onUnparsed: (bytes, number, reason) => {
        if (source !== undefined) writer.unparsed(source, { bytes, lineNumber: number - linesBefore, reason });
      },
    });
    for (const file of files) {
      const before = { ...parser.ledger };
      linesBefore = before.lines;
      const into = writer.source(file.name, file.fd === 0 ? 'stdin' : 'file');
      source = into;
      const failure = await readWhole(file, parser, (batch: LogBatch) => writer.add(into, batch, null));
      writer.ledger(into, ledgerSince(parser.ledger, before));
      writer.commit();
      if (failure !== null) failures.push(failure);
    }
    return { ledger: files.length === 0 ? emptyLedger() : parser.ledger, failures };
  } finally {
    writer.close();
  }
}
