/** Lines a real HAProxy wrote: the store gives back every column as the parser read it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { COLUMN_NAMES, KIND_TCP } from '../../src/model/columns.ts';
import { ColumnMemory, type LogBatch } from '../../src/model/log-batch.ts';
import { Parser } from '../../src/parse/parser.ts';
import { readStore } from '../../src/store/reader.ts';
import { StoreWriter } from '../../src/store/writer.ts';
import { recordsOf, type TestRecord } from './batches.ts';
import { temporaryFile } from './temporary.ts';

const FOLDER = join(process.cwd(), 'fixtures', 'captured');

/** The line of a request is not stored. */
const asStored = (record: TestRecord): TestRecord => (Number(record.kind) > KIND_TCP ? record : { ...record, line: null });

/** Requests first, as the reader hands them on. */
const inOrder = (records: readonly TestRecord[]): TestRecord[] => [
  ...records.filter(({ kind }) => Number(kind) <= KIND_TCP),
  ...records.filter(({ kind }) => Number(kind) > KIND_TCP),
];

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.log'))) {
  test(`when ${file} is stored, then each of its records comes back as it was parsed`, (t) => {
    const path = temporaryFile(t);
    const parsed: TestRecord[] = [];
    const stored: TestRecord[] = [];
    const writer = new StoreWriter(path);
    const source = writer.source(file, 'stdin');
    const parser = new Parser({ columns: COLUMN_NAMES });
    const sink = (batch: LogBatch): void => {
      writer.add(source, batch, null);
      parsed.push(...recordsOf(batch, COLUMN_NAMES));
    };
    parser.push(readFileSync(join(FOLDER, file)), sink);
    parser.end(sink);
    writer.ledger(source, parser.ledger);
    writer.commit();
    writer.close();
    const { ledger } = readStore(path, COLUMN_NAMES, {}, new ColumnMemory(), (batch) => stored.push(...recordsOf(batch, COLUMN_NAMES)));
    assert.deepEqual(stored, inOrder(parsed.map(asStored)));
    assert.deepEqual(ledger, parser.ledger);
  });
}
