/**
 * A report over files, stdin or a store. Regular files are shared among all cores; pipes and compressed files are read
 * by one; a store is turned back into batches. The accumulators are the same in all three.
 */

import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Accumulator, columnsOf } from '../analyze/accumulator.ts';
import { settleDropped } from '../analyze/dropped.ts';
import { compileKernel } from '../analyze/kernel-instance.ts';
import type { ReportPlan, ReportResult, Shape } from '../analyze/plan.ts';
import { HalogenError } from '../errors.ts';
import { closeInput } from '../input/file.ts';
import { segmentsOf } from '../input/segments.ts';
import { SEGMENT_BYTES } from '../limits.ts';
import type { IdColumn } from '../model/columns.ts';
import { addLedger, type Ledger } from '../model/ledger.ts';
import { ColumnMemory, type Dictionaries } from '../model/log-batch.ts';
import { loadKernelModule } from '../parse/kernel-host.ts';
import { openAll, type ReadingOptions, readWhole, type Source } from './reading.ts';
import { fullColumns, type Share, type ShareInput, type ShareResult, startShare, workOff } from './share.ts';

export type { ReadingOptions, Source } from './reading.ts';

export interface ReportRequest {
  readonly plan: ReportPlan;
  readonly shape: Shape;
  readonly source: Source;
  readonly reading: ReadingOptions;
  /** Told how far the reading is, 0 to 1. */
  readonly progress?: ((share: number) => void) | undefined;
}

export interface ReportOutcome {
  readonly result: ReportResult;
  readonly failures: readonly HalogenError[];
}

/** Throws HalogenError for a store that cannot be read; what is wrong with single files is in `failures`. */
export function runReport(request: ReportRequest): Promise<ReportOutcome> {
  const { source } = request;
  return source.from === 'store' ? reportFromStore(request, source.db) : reportFromFiles(request, source.files);
}

async function reportFromFiles({ plan, shape, reading, progress }: ReportRequest, names: readonly string[]): Promise<ReportOutcome> {
  const { files, failures } = openAll(names);
  const plain = files.filter((file) => file.range !== null && file.compression === null);
  const others = files.filter((file) => !plain.includes(file));
  const input: ShareInput = {
    plan,
    reading,
    files: plain,
    segments: segmentsOf(plain, SEGMENT_BYTES),
    next: new Int32Array(new SharedArrayBuffer(4)),
    parserModule: loadKernelModule(),
    accumulatorModule: compileKernel(),
  };
  const workers = startWorkers(input);
  const share = startShare(input);
  const { parser, accumulator } = share;
  const unread = [...workOff(share, input, progress && ((done) => progress(done / input.segments.length)))];
  for (const file of others) {
    const failure = await readWhole(file, parser, (batch) => accumulator.add(batch));
    if (failure !== null) failures.push(failure);
  }
  const full = new Set(fullColumns(parser));
  for (const worker of workers) {
    const result = await worker;
    unread.push(...result.failures);
    for (const column of result.full) full.add(column);
    mergeShare(share, result);
  }
  for (const [index, file] of plain.entries()) {
    closeInput(file);
    // Several segments of one file fail alike: one sentence is enough.
    const failed = unread.find((one) => one.file === index);
    if (failed !== undefined) failures.push(HalogenError.of('FILE_UNREADABLE', file.name, failed.reason));
  }
  const result = finish(accumulator, parser.dictionaries, parser.ledger, shape);
  const notes = [...full].map((column) => `${column} has more distinct texts than memory is given; the rest is counted as "(other)"`);
  return { result: { ...result, notes: [...result.notes, ...notes] }, failures };
}

/** A thread takes some 40 ms to start: as long as another takes to read this much. */
const BYTES_WORTH_A_THREAD = 33_554_432;

/** One thread per core, this one included, as far as there is enough to read. */
function startWorkers(input: ShareInput): Promise<ShareResult>[] {
  const bytes = input.segments.reduce((sum, segment) => sum + segment.to - segment.from, 0);
  const count = Math.min(availableParallelism(), Math.ceil(bytes / BYTES_WORTH_A_THREAD)) - 1;
  return Array.from({ length: Math.max(0, count) }, async () => {
    const worker = new Worker(new URL('./share-worker.js', import.meta.url), { workerData: input });
    const [result] = (await once(worker, 'message')) as [ShareResult];
    await worker.terminate();
    return result;
  });
}

function mergeShare({ parser, accumulator }: Share, { partial, texts, ledger }: ShareResult): void {
  const maps: Partial<Record<IdColumn, Int32Array>> = {};
  for (const [column, list] of Object.entries(texts)) maps[column as IdColumn] = parser.importTexts(column as IdColumn, list);
  accumulator.merge(partial, maps);
  addLedger(parser.ledger, ledger);
}

async function reportFromStore({ plan, shape, reading }: ReportRequest, db: string): Promise<ReportOutcome> {
  // The only part that needs SQLite, which takes its time to load.
  const { readStoreBatches } = await import('./store-batches.ts');
  const columns = new ColumnMemory();
  const accumulator = new Accumulator(columns, plan);
  let dictionaries: Dictionaries | undefined;
  const ledger = readStoreBatches({ db, columns: columnsOf(plan), filter: plan.filter, keepQuery: reading.keepQuery }, columns, (batch) => {
    dictionaries = batch.dictionaries;
    accumulator.add(batch);
  });
  return { result: finish(accumulator, dictionaries, ledger, shape), failures: [] };
}

/** Moves the records that the filter dropped to their own class of the ledger, and orders the rows. */
function finish(accumulator: Accumulator, dictionaries: Dictionaries | undefined, ledger: Ledger, shape: Shape): ReportResult {
  settleDropped(ledger, accumulator.filtered);
  return accumulator.result(dictionaries ?? ({} as Dictionaries), ledger, shape);
}
