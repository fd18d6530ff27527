/**
 * A log as rows that can be compared, once as the parser reads it and once as the reference does. A row holds the
 * wanted columns by name: texts of span columns byte for byte (latin1), of id columns as the dictionary gives them
 * (UTF-8), absent values as null.
 */

import assert from 'node:assert/strict';
import {
  COLUMN_NAMES,
  COLUMNS,
  type ColumnName,
  FLAG_TRUNCATED,
  type FloatColumn,
  type IdColumn,
  KIND_ERROR,
  type SpanColumn,
} from '../../src/model/columns.ts';
import { emptyLedger, type Ledger } from '../../src/model/ledger.ts';
import type { LogBatch } from '../../src/model/log-batch.ts';
import { ABSENT } from '../../src/model/timers.ts';
import { loadKernelModule } from '../../src/parse/kernel-host.ts';
import { Parser } from '../../src/parse/parser.ts';
import { parseLine, splitLines } from '../reference/reference-parser.ts';
import type { ReferenceColumn } from '../reference/reference-record.ts';

export type Row = Partial<Record<ColumnName, string | number | null>>;

export interface ParsedLog {
  readonly rows: readonly Row[];
  readonly ledger: Ledger;
  /** Numbers of the lines without a record. */
  readonly rejected: readonly number[];
}

const module = loadKernelModule();
const utf8 = new TextDecoder();

function columnValue(batch: LogBatch, name: ColumnName, row: number): string | number | null {
  const { columns, dictionaries, bytes } = batch;
  switch (COLUMNS[name]) {
    case 'int': {
      const value = columns.int(name as IdColumn)[row] as number;
      return value === ABSENT ? null : value;
    }
    case 'float': {
      const value = columns.float(name as FloatColumn)[row] as number;
      return Number.isNaN(value) ? null : value;
    }
    case 'id': {
      const id = columns.int(name as IdColumn)[row] as number;
      return id < 0 ? null : dictionaries[name as IdColumn].text(id);
    }
    case 'span': {
      const start = columns.starts(name as SpanColumn)[row] as number;
      if (start < 0) return null;
      return Buffer.from(bytes.subarray(start, columns.ends(name as SpanColumn)[row])).toString('latin1');
    }
  }
}

/** In: chunks of a log, cut anywhere; dates are UTC. Read with the compiled reader of usual lines, and held to what is read without it. */
export function parsed(chunks: Iterable<Uint8Array>, wanted: readonly ColumnName[] = COLUMN_NAMES): ParsedLog {
  const list = [...chunks];
  const compiled = parsedWith(0, list, wanted);
  assert.deepEqual(compiled, parsedWith(Infinity, list, wanted), 'the compiled reader and the careful one differ');
  return compiled;
}

function parsedWith(compileAfter: number, chunks: readonly Uint8Array[], wanted: readonly ColumnName[]): ParsedLog {
  const rows: Row[] = [];
  const rejected: number[] = [];
  const parser = new Parser({
    columns: wanted,
    timezone: 'UTC',
    module,
    compileAfter,
    onUnparsed: (_line, number) => rejected.push(number),
  });
  const sink = (batch: LogBatch): void => {
    for (let row = 0; row < batch.rows; row++) {
      rows.push(Object.fromEntries(wanted.map((name) => [name, columnValue(batch, name, row)])));
    }
  };
  for (const chunk of chunks) parser.push(chunk, sink);
  parser.end(sink);
  return { rows, ledger: { ...parser.ledger }, rejected };
}

/** The same by the reference parser. */
export function expected(log: Uint8Array): ParsedLog {
  const rows: Row[] = [];
  const rejected: number[] = [];
  const ledger = emptyLedger();
  for (const line of splitLines(log)) {
    ledger.lines++;
    const result = parseLine(line, () => 0);
    if (result.outcome !== 'record') {
      ledger[result.outcome]++;
      rejected.push(ledger.lines);
      continue;
    }
    const { kind, flags } = result.record;
    if (((flags as number) & FLAG_TRUNCATED) !== 0) ledger.truncated++;
    else if ((kind as number) >= KIND_ERROR) ledger.events++;
    else ledger.requests++;
    rows.push(
      Object.fromEntries(
        COLUMN_NAMES.map((name) => {
          if (name === 'line_number') return [name, ledger.lines];
          const value = result.record[name as ReferenceColumn];
          return [name, COLUMNS[name] === 'id' && value !== null ? utf8.decode(Buffer.from(value as string, 'latin1')) : value];
        }),
      ),
    );
  }
  return { rows, ledger, rejected };
}

/** Chunks of `size` bytes, the last one shorter. */
export function* chunksOf(log: Uint8Array, size: number): Iterable<Uint8Array> {
  for (let at = 0; at < log.length; at += size) yield log.subarray(at, at + size);
}
