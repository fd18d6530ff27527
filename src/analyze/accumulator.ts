/**
 * The accumulator of one report: takes batches, groups their requests, keeps what the report needs of each group, and
 * merges with others of the same plan. All numbers are integers that add up, so a result does not depend on how the
 * records were divided or in which order they came.
 *
 * Memory is bounded by MAX_GROUPS and MAX_GROUP_BYTES: past them requests are counted in one row "(other)".
 */

import { BATCH_ROWS, MAX_GROUP_BYTES, MAX_GROUPS } from '../limits.ts';
import { COLUMN_NAMES, type ColumnName } from '../model/columns.ts';
import type { Ledger } from '../model/ledger.ts';
import type { ColumnMemory, Dictionaries, Dictionary, LogBatch } from '../model/log-batch.ts';
import { isClientAbort } from '../model/termination-states.ts';
import { countDropped, type Dropped, noneDropped, RECORD_CLASSES } from './dropped.ts';
import { columnsOfFilter, RecordFilter } from './filter.ts';
import { columnOfKey, sourceOf } from './group-keys.ts';
import { address, compileKernel, type Kernel, startKernel } from './kernel-instance.ts';
import { KeyColumn } from './key-column.ts';
import { type IdMaps, mergePartial, takePartial } from './merge.ts';
import type { PartialReport } from './partial-report.ts';
import type { ReportPlan, ReportResult, Shape } from './plan.ts';
import { resultOf } from './result.ts';
import { FINEST_WIDTH, MOST_BUCKETS, widerThan } from './time-ladder.ts';

/** What every report counts, whatever its keys; the kernel takes their addresses in this order. */
const COUNTED = [
  'kind',
  'flags',
  'accept_date',
  'status_code',
  'bytes_read',
  'termination_state',
  'retries',
  'time_queue',
  'srv_queue',
  'backend_queue',
] as const satisfies readonly ColumnName[];

/** The columns a plan reads: what the parser is to decode. */
export function columnsOf(plan: ReportPlan): readonly ColumnName[] {
  const columns = new Set<ColumnName>([...COUNTED, ...columnsOfFilter(plan.filter)]);
  for (const key of plan.keys) columns.add(columnOfKey(sourceOf(key)));
  for (const timer of plan.timers) columns.add(`time_${timer}`);
  return COLUMN_NAMES.filter((column) => columns.has(column));
}

/** Most groups, and most bytes kept of them. */
export interface Bounds {
  readonly groups: number;
  readonly bytes: number;
}

const BOUNDS: Bounds = { groups: MAX_GROUPS, bytes: MAX_GROUP_BYTES };

export class Accumulator {
  /** Records the filter dropped, by the class of the ledger in which the parser counted them. */
  readonly filtered: Dropped = noneDropped();
  readonly #columns: ColumnMemory;
  readonly #plan: ReportPlan;
  readonly #bounds: Bounds;
  readonly #kernel: Kernel;
  readonly #filter: RecordFilter;
  readonly #keys: readonly KeyColumn[];
  readonly #groups: number;
  #terminations = 0;
  #width: number;
  #earliest = Infinity;
  #latest = -Infinity;

  /** In: the memory in which the batches will come, what to count, and the kernel if it is compiled already. */
  constructor(columns: ColumnMemory, plan: ReportPlan, module: WebAssembly.Module = compileKernel(), bounds: Bounds = BOUNDS) {
    this.#columns = columns;
    this.#plan = plan;
    this.#bounds = bounds;
    this.#kernel = startKernel(columns, module);
    this.#filter = new RecordFilter(plan.filter, columns);
    const words = plan.keys.reduce((sum, key) => sum + (sourceOf(key).from === 'date' ? 2 : 1), 0);
    this.#kernel.open(words, plan.timers.length, BATCH_ROWS, bounds.groups, bounds.bytes);
    this.#kernel.setColumns(...COUNTED.map((column) => columns.addresses[column]));
    plan.timers.forEach((timer, i) => {
      this.#kernel.setTimerColumn(i, columns.addresses[`time_${timer}`]);
    });
    this.#keys = keyColumns(plan, this.#kernel, columns);
    this.#groups = address(this.#kernel.groupColumnAddress());
    this.#width = plan.every === 0 ? FINEST_WIDTH : plan.every;
    this.#setCeiling();
  }

  /** Counts the records of a batch. */
  add(batch: LogBatch): void {
    const kernel = this.#kernel;
    const keep = this.#filter.select(batch);
    if (keep !== null) {
      countDropped(this.filtered, batch, keep);
      new Uint8Array(this.#columns.memory.buffer, address(kernel.keepColumnAddress()), batch.rows).set(keep);
    }
    kernel.choose(batch.rows, keep !== null);
    this.#learnTerminations(batch.dictionaries.termination_state);
    for (const key of this.#keys) key.fill(batch, this.#groups, this.#width);
    kernel.prepareIndex(batch.rows, this.#directNumbers(batch.dictionaries));
    while (kernel.locate(batch.rows) < batch.rows) {
      this.#coarsen();
      for (const key of this.#keys) if (key.isTimeline) key.fill(batch, this.#groups, this.#width);
    }
    kernel.accumulate(batch.rows);
  }

  /** What another accumulator of the same plan needs to count the same requests. */
  partial(): PartialReport {
    return takePartial(this.#state());
  }

  /**
   * Adds what another accumulator of the same plan counted, and empties `partial`. In: for each id column among the keys
   * the map from its ids to those of this accumulator's dictionaries. Not between `add` and the end of its batch.
   */
  merge(partial: PartialReport, idMaps: IdMaps): void {
    while (this.#width < partial.width && this.#isAutomatic) this.#coarsen();
    mergePartial(this.#state(), partial, idMaps, () => {
      this.#coarsen();
      return this.#width;
    });
    this.#earliest = Math.min(this.#earliest, partial.earliest);
    this.#latest = Math.max(this.#latest, partial.latest);
    for (const name of RECORD_CLASSES) this.filtered[name] += partial.filtered[name];
  }

  /** The report as of now; its rows are to be read before the next call of any method. In: `ledger` as it shall be shown. */
  result(dictionaries: Dictionaries, ledger: Ledger, shape: Shape): ReportResult {
    return resultOf(this.#state(), this.#plan, this.#bounds.groups, dictionaries, ledger, shape);
  }

  get #isAutomatic(): boolean {
    return this.#plan.every === 0 && this.#keys.some((key) => key.isTimeline);
  }

  #state() {
    return {
      kernel: this.#kernel,
      columns: this.#columns,
      keys: this.#keys,
      width: this.#width,
      earliest: Math.min(this.#earliest, this.#kernel.earliestDate()),
      latest: Math.max(this.#latest, this.#kernel.latestDate()),
      filtered: this.filtered,
    };
  }

  /** Only a single key is found without hashing. */
  #directNumbers(dictionaries: Dictionaries): number {
    const [key] = this.#keys;
    if (key === undefined || this.#keys.length > 1) return 0;
    return key.directNumbers(key.idColumn === null ? 0 : dictionaries[key.idColumn].size);
  }

  /** A timeline of automatic width stops the kernel at each bucket too many, as long as there is a wider width. */
  #setCeiling(): void {
    const stops = this.#isAutomatic && widerThan(this.#width) !== null;
    this.#kernel.setCeiling(stops ? MOST_BUCKETS : this.#bounds.groups, stops);
  }

  #coarsen(): void {
    const width = widerThan(this.#width);
    if (width === null) return;
    for (const key of this.#keys) key.readOwn();
    for (const key of this.#keys) if (key.isTimeline) this.#kernel.coarsen(key.word, BigInt(width / this.#width));
    for (const key of this.#keys) key.readBatch();
    this.#width = width;
    this.#setCeiling();
  }

  #learnTerminations(dictionary: Dictionary): void {
    if (this.#terminations === dictionary.size && this.#terminations > 0) return;
    const table = address(this.#kernel.terminationTable(dictionary.size));
    const aborts = new Uint8Array(this.#columns.memory.buffer, table, dictionary.size);
    for (; this.#terminations < dictionary.size; this.#terminations++) {
      aborts[this.#terminations] = isClientAbort(dictionary.text(this.#terminations)) ? 1 : 0;
    }
  }
}

function keyColumns(plan: ReportPlan, kernel: Kernel, columns: ColumnMemory): KeyColumn[] {
  let word = 0;
  return plan.keys.map((key) => {
    const column = new KeyColumn(key, word, kernel, columns);
    word += column.words;
    return column;
  });
}
