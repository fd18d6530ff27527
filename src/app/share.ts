/**
 * One thread's share of a report over regular files: takes segments off a common counter until none is left. The main
 * thread and the workers run the same code on memory of their own; partial results travel at the end.
 */

import { Accumulator, columnsOf } from '../analyze/accumulator.ts';
import type { PartialReport } from '../analyze/partial-report.ts';
import type { ReportPlan } from '../analyze/plan.ts';
import { type InputFile, reasonOf } from '../input/file.ts';
import { readSegment, type Segment } from '../input/segments.ts';
import { ID_COLUMNS, type IdColumn } from '../model/columns.ts';
import type { Ledger } from '../model/ledger.ts';
import type { LogBatch } from '../model/log-batch.ts';
import type { DictionaryTexts } from '../parse/kernel-dictionary.ts';
import { Parser } from '../parse/parser.ts';
import type { ReadingOptions } from './reading.ts';

/** All that a thread needs, in a form that can be sent to it. */
export interface ShareInput {
  readonly plan: ReportPlan;
  readonly reading: ReadingOptions;
  readonly files: readonly InputFile[];
  readonly segments: readonly Segment[];
  /** Index of the next segment nobody took. */
  readonly next: Int32Array;
  readonly parserModule: WebAssembly.Module;
  readonly accumulatorModule: WebAssembly.Module;
}

/** A part of a file that could not be read: index of the file, and why. */
export interface Unread {
  readonly file: number;
  readonly reason: string;
}

/** What a worker sends back. */
export interface ShareResult {
  readonly partial: PartialReport;
  readonly texts: Readonly<Partial<Record<IdColumn, DictionaryTexts>>>;
  readonly ledger: Ledger;
  readonly failures: readonly Unread[];
  /** Columns whose texts reached a bound of limits.ts. */
  readonly full: readonly IdColumn[];
}

export interface Share {
  readonly parser: Parser;
  readonly accumulator: Accumulator;
}

export function startShare(input: Pick<ShareInput, 'plan' | 'reading' | 'parserModule' | 'accumulatorModule'>): Share {
  const parser = new Parser({ columns: columnsOf(input.plan), ...input.reading, module: input.parserModule });
  return { parser, accumulator: new Accumulator(parser.columns, input.plan, input.accumulatorModule) };
}

/** Works until no segment is left. Out: what could not be read. */
export function workOff({ parser, accumulator }: Share, input: ShareInput, progress?: (done: number) => void): readonly Unread[] {
  const failures: Unread[] = [];
  const sink = (batch: LogBatch): void => accumulator.add(batch);
  const target = { room: () => parser.room(), filled: (length: number) => parser.filled(length, sink) };
  while (true) {
    const index = Atomics.add(input.next, 0, 1);
    const segment = input.segments[index];
    if (segment === undefined) return failures;
    try {
      readSegment(input.files[segment.file] as InputFile, segment, target);
    } catch (error) {
      failures.push({ file: segment.file, reason: reasonOf(error) });
    }
    parser.end(sink);
    progress?.(index + 1);
  }
}

/** The share as it travels to the thread that merges. */
export function packShare({ parser, accumulator }: Share, failures: readonly Unread[]): ShareResult {
  const texts: Partial<Record<IdColumn, DictionaryTexts>> = {};
  for (const column of ID_COLUMNS) if (parser.dictionaries[column].size > 0) texts[column] = parser.dictionaries[column].export();
  return { partial: accumulator.partial(), texts, ledger: parser.ledger, failures, full: fullColumns(parser) };
}

export function fullColumns({ dictionaries }: Parser): readonly IdColumn[] {
  return ID_COLUMNS.filter((column) => dictionaries[column].overflowed);
}
