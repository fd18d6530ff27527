/** A finished report: its groups in order, made into rows only as they are read. */

import type { Ledger } from '../model/ledger.ts';
import type { Dictionaries } from '../model/log-batch.ts';
import { type KeyValue, OTHER, rowKeys } from './group-keys.ts';
import { address } from './kernel-instance.ts';
import type { AccumulatorState } from './merge.ts';
import { inOrder, type Keyed, type KeyOrder } from './ordering.ts';
import type { NumberRow, ReportPlan, ReportResult, ReportRow, Shape } from './plan.ts';
import { RowReader } from './row-reader.ts';

/** In: `mostGroups`, the bound that the note names if it was reached. Throws RangeError for a sort key of another plan. */
export function resultOf(
  state: AccumulatorState,
  plan: ReportPlan,
  mostGroups: number,
  dictionaries: Dictionaries,
  ledger: Ledger,
  shape: Shape,
): ReportResult {
  const { kernel, earliest, latest } = state;
  const total = kernel.groupCount();
  const note = `only ${mostGroups} keys, or what memory allowed, have a row of their own; the rest is counted in "${OTHER}"`;
  return {
    report: plan.report,
    keys: plan.keys,
    from: Number.isFinite(earliest) ? earliest : null,
    to: Number.isFinite(latest) ? latest : null,
    ledger,
    total,
    percentiles: shape.percentiles,
    rows: { [Symbol.iterator]: () => rows(state, plan, dictionaries, shape) },
    numberRows: (measures) => numberRows(state, plan, dictionaries, shape, measures),
    notes: kernel.otherGroup() < 0 ? [] : [note],
  };
}

function* rows(state: AccumulatorState, plan: ReportPlan, dictionaries: Dictionaries, shape: Shape): Generator<ReportRow> {
  const names = rowKeys(plan.keys);
  const groups = orderedGroups(state, plan, dictionaries, shape);
  const reader = new RowReader(state.kernel, state.columns.memory, plan.timers, shape.percentiles);
  for (const { group, key } of groups) {
    const keys: Record<string, KeyValue> = {};
    for (let i = 0; i < names.length; i++) keys[names[i] as string] = key[i] as KeyValue;
    yield reader.row(group, keys);
  }
}

function* numberRows(
  state: AccumulatorState,
  plan: ReportPlan,
  dictionaries: Dictionaries,
  shape: Shape,
  measures: readonly string[],
): Generator<NumberRow> {
  const groups = orderedGroups(state, plan, dictionaries, shape);
  const numbers = new RowReader(state.kernel, state.columns.memory, plan.timers, shape.percentiles).numbers(measures);
  for (const { group, key } of groups) yield { keys: key, numbers: numbers(group) };
}

/** Sorts by a row reader of its own, so the reader of the rows is to be opened after this. */
function orderedGroups(state: AccumulatorState, plan: ReportPlan, dictionaries: Dictionaries, shape: Shape): Iterable<Keyed<KeyValue[]>> {
  const numbers = sortNumbers(state, plan, shape);
  return inOrder(numbers, shape.limit, keyOrder(rowKeys(plan.keys), keyReader(state, dictionaries), shape));
}

/** Reads the key of a group: one value per JSON key. */
function keyReader({ kernel, columns, keys, width }: AccumulatorState, dictionaries: Dictionaries): (group: number) => KeyValue[] {
  const { memory } = columns;
  let words = new Int32Array(memory.buffer);
  return (group) => {
    if (words.buffer !== memory.buffer) words = new Int32Array(memory.buffer);
    const at = address(kernel.keyOf(group)) >>> 2;
    const [only] = keys;
    if (only !== undefined && keys.length === 1) return only.values(words, at, width, dictionaries);
    return keys.flatMap((part) => part.values(words, at, width, dictionaries));
  };
}

/** One number per group, the smallest first to be shown; what nothing was measured of comes last. All 0 where a key sorts. */
function sortNumbers(state: AccumulatorState, plan: ReportPlan, shape: Shape): Float64Array {
  const { by, descending } = shape.sort;
  const numbers = new Float64Array(state.kernel.groupCount());
  if (rowKeys(plan.keys).includes(by)) return numbers;
  const percentile = /\.p([\d.]+)$/.exec(by)?.[1];
  const reader = new RowReader(state.kernel, state.columns.memory, plan.timers, percentile === undefined ? [] : [Number(percentile)]);
  const measure = reader.measure(by);
  if (measure === null) throw new RangeError(`report ${plan.report} cannot be sorted by "${by}"`);
  for (let group = 0; group < numbers.length; group++) {
    const number = measure(group);
    numbers[group] = Number.isNaN(number) ? Infinity : descending ? -number : number;
  }
  return numbers;
}

/** The order of groups by key: the key that sorts first, in its direction, then all as they are shown, ascending. */
function keyOrder(names: readonly string[], keyOf: (group: number) => KeyValue[], shape: Shape): KeyOrder<KeyValue[]> {
  const first = names.indexOf(shape.sort.by);
  const descending = first >= 0 && shape.sort.descending;
  const sign = descending ? -1 : 1;
  const by = Math.max(first, 0);
  return {
    key: keyOf,
    text: (key) => (typeof key[by] === 'string' ? key[by] : ''),
    descending,
    compare: (one, other) => sign * compareValues(one[by] as KeyValue, other[by] as KeyValue) || compareAll(one, other),
  };
}

function compareAll(one: readonly KeyValue[], other: readonly KeyValue[]): number {
  for (let i = 0; i < one.length; i++) {
    const order = compareValues(one[i] as KeyValue, other[i] as KeyValue);
    if (order !== 0) return order;
  }
  return 0;
}

/** Null, then numbers, then texts by their code units. */
function compareValues(one: KeyValue, other: KeyValue): number {
  if (typeof one === 'string' && typeof other === 'string') {
    if (one < other) return -1;
    return one === other ? 0 : 1;
  }
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? -1 : 1;
  if (typeof one !== typeof other) return typeof one === 'number' ? -1 : 1;
  return one < other ? -1 : 1;
}
