/**
 * Which records of a batch count. A condition on a field that a record lacks does not hold, so that events pass only
 * where nothing, or their kind, is asked. An empty list asks for nothing. What concerns a dictionary's text is decided once per text.
 */

import { BATCH_ROWS } from '../limits.ts';
import { COLUMN_NAMES, type ColumnName, type IdColumn, KINDS } from '../model/columns.ts';
import type { ColumnMemory, Dictionary, LogBatch } from '../model/log-batch.ts';
import { ABSENT } from '../model/timers.ts';
import { compileCidr } from './cidr.ts';
import { compileGlob } from './glob.ts';
import type { FilterSpec } from './plan.ts';

/** Clears `keep[row]` for the rows of the batch for which the condition does not hold. */
type Condition = (batch: LogBatch, keep: Uint8Array) => void;

/** The columns a filter reads. */
export function columnsOfFilter(spec: FilterSpec): ColumnName[] {
  const columns = new Set<ColumnName>();
  if (spec.since !== undefined || spec.until !== undefined) columns.add('accept_date');
  for (const [column, tests] of textTests(spec)) if (tests.length > 0) columns.add(column);
  if (spec.status?.length || spec.errors) columns.add('status_code');
  if (spec.queued) for (const column of QUEUE_COLUMNS) columns.add(column);
  for (const { timer } of spec.slower ?? []) columns.add(`time_${timer}`);
  if (spec.kind?.length) columns.add('kind');
  return COLUMN_NAMES.filter((column) => columns.has(column));
}

const QUEUE_COLUMNS = ['time_queue', 'srv_queue', 'backend_queue'] as const;

/** A filter over the batches of one producer: dictionaries may only grow. */
export class RecordFilter {
  readonly #conditions: readonly Condition[];
  readonly #invert: boolean;
  readonly #keep = new Uint8Array(BATCH_ROWS);

  constructor(spec: FilterSpec, columns: ColumnMemory) {
    this.#conditions = conditionsOf(spec, columns);
    this.#invert = spec.invert === true;
  }

  /** Out: one byte per row, 1 = keep, valid until the next call; null where every row is kept. */
  select(batch: LogBatch): Uint8Array | null {
    if (this.#conditions.length === 0 && !this.#invert) return null;
    const keep = this.#keep.fill(1, 0, batch.rows);
    for (const condition of this.#conditions) condition(batch, keep);
    if (this.#invert) for (let row = 0; row < batch.rows; row++) keep[row] = 1 - (keep[row] as number);
    return keep.subarray(0, batch.rows);
  }
}

function conditionsOf(spec: FilterSpec, columns: ColumnMemory): Condition[] {
  const conditions: Condition[] = [];
  const { since = -Infinity, until = Infinity } = spec;
  if (spec.since !== undefined || spec.until !== undefined) conditions.push(dateBetween(columns, since, until));
  for (const [column, tests] of textTests(spec)) if (tests.length > 0) conditions.push(anyText(columns, column, tests));
  const { status = [], kind = [] } = spec;
  if (status.length > 0) {
    conditions.push(intIs(columns, 'status_code', (code) => code !== ABSENT && status.some((s) => code >= s.from && code <= s.to)));
  }
  if (spec.errors) conditions.push(intIs(columns, 'status_code', (code) => code === -1 || (code >= 500 && code <= 599)));
  if (spec.queued) conditions.push(isQueued(columns));
  for (const { timer, ms } of spec.slower ?? []) {
    conditions.push(intIs(columns, `time_${timer}`, (time) => time >= 0 && time >= ms));
  }
  if (kind.length > 0) {
    const wanted = KINDS.map((name) => kind.includes(name));
    conditions.push(intIs(columns, 'kind', (given) => wanted[given] === true));
  }
  return conditions;
}

/** Per dictionary column the tests of which one must hold for its text. */
function textTests(spec: FilterSpec): [IdColumn, ((text: string) => boolean)[]][] {
  const globs = (patterns: readonly string[] | undefined) => (patterns ?? []).map(compileGlob);
  return [
    ['frontend_name', globs(spec.frontend)],
    ['backend_name', globs(spec.backend)],
    ['server_name', globs(spec.server)],
    ['path', globs(spec.path)],
    ['method', (spec.method ?? []).map((method) => (text) => text === method)],
    ['client_ip', (spec.client ?? []).map(compileCidr)],
    ['termination_state', (spec.termination ?? []).map((prefix) => (text) => text.startsWith(prefix))],
  ];
}

function anyText(columns: ColumnMemory, column: IdColumn, tests: readonly ((text: string) => boolean)[]): Condition {
  let verdicts = new Uint8Array(256);
  let known = 0;
  const learn = (dictionary: Dictionary): void => {
    if (dictionary.size > verdicts.length) {
      const larger = new Uint8Array(Math.max(dictionary.size, 2 * verdicts.length));
      larger.set(verdicts);
      verdicts = larger;
    }
    for (; known < dictionary.size; known++) {
      const text = dictionary.text(known);
      verdicts[known] = tests.some((test) => test(text)) ? 1 : 0;
    }
  };
  return (batch, keep) => {
    learn(batch.dictionaries[column]);
    const ids = columns.int(column);
    for (let row = 0; row < batch.rows; row++) {
      const id = ids[row] as number;
      if (id < 0 || verdicts[id] === 0) keep[row] = 0;
    }
  };
}

function intIs(columns: ColumnMemory, column: Parameters<ColumnMemory['int']>[0], holds: (value: number) => boolean): Condition {
  return (batch, keep) => {
    const values = columns.int(column);
    for (let row = 0; row < batch.rows; row++) if (!holds(values[row] as number)) keep[row] = 0;
  };
}

function dateBetween(columns: ColumnMemory, since: number, until: number): Condition {
  return (batch, keep) => {
    const dates = columns.float('accept_date');
    for (let row = 0; row < batch.rows; row++) {
      const date = dates[row] as number;
      if (!(date >= since && date < until)) keep[row] = 0;
    }
  };
}

function isQueued(columns: ColumnMemory): Condition {
  return (batch, keep) => {
    const [time, server, backend] = QUEUE_COLUMNS.map((column) => columns.int(column)) as [Int32Array, Int32Array, Int32Array];
    for (let row = 0; row < batch.rows; row++) {
      const waited = (time[row] as number) > 0 || (server[row] as number) > 0 || (backend[row] as number) > 0;
      if (!waited) keep[row] = 0;
    }
  };
}
