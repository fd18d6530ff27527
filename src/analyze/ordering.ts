/**
 * The order of a report's groups: by one number each, ties by key. Numbers are sorted as typed arrays, and keys are only
 * read for groups that tie and can still be shown, so that the first twenty of a million cost a pass and no texts.
 */

import { textOrder } from './text-order.ts';

/** Compares two groups by their keys. */
export interface KeyOrder<Key> {
  key(group: number): Key;
  compare(one: Key, other: Key): number;
  /** What `compare` looks at first: by code units, the last first where `descending`; '' for what comes before any text. */
  text(key: Key): string;
  readonly descending: boolean;
}

/** A tie longer than what is needed of it is not sorted whole up to this need. */
const MOST_SELECTED = 1_000;

/** A group and its key, which is read once. */
export interface Keyed<Key> {
  readonly group: number;
  readonly key: Key;
}

/**
 * Yields the groups with the smallest numbers, smallest first. In: a number per group (none NaN), how many groups are
 * wanted (0 = all), the order of ties.
 */
export function* inOrder<Key>(numbers: Float64Array, limit: number, ties: KeyOrder<Key>): Generator<Keyed<Key>> {
  const sorted = numbers.slice().sort();
  const wanted = limit === 0 ? sorted.length : Math.min(limit, sorted.length);
  if (wanted === 0) return;
  const end = firstAbove(sorted, sorted[wanted - 1] as number);
  const groups = arrange(numbers, sorted, end);
  for (let from = 0; from < wanted; ) {
    const until = firstAbove(sorted, sorted[from] as number);
    yield* inKeyOrder(groups.subarray(from, until), wanted - from, ties);
    from = until;
  }
}

/** Puts the groups whose number is among the first `end` of `sorted` where their number first stands there. */
function arrange(numbers: Float64Array, sorted: Float64Array, end: number): Uint32Array {
  const groups = new Uint32Array(end);
  const placed = new Uint32Array(end);
  const last = sorted[end - 1] as number;
  for (let group = 0; group < numbers.length; group++) {
    const number = numbers[group] as number;
    if (number > last) continue;
    const first = firstFrom(sorted, end, number);
    groups[first + (placed[first] as number)] = group;
    placed[first] = (placed[first] as number) + 1;
  }
  return groups;
}

function* inKeyOrder<Key>(tied: Uint32Array, wanted: number, ties: KeyOrder<Key>): Generator<Keyed<Key>> {
  if (wanted <= MOST_SELECTED && wanted < tied.length) {
    yield* selectFirst(tied, wanted, ties);
    return;
  }
  const keys: Key[] = [];
  for (const group of tied) keys.push(ties.key(group));
  const texts = keys.map((key) => ties.text(key));
  const order = textOrder(texts, ties.descending, (one, other) => ties.compare(keys[one] as Key, keys[other] as Key));
  for (const place of order.subarray(0, wanted)) yield { group: tied[place] as number, key: keys[place] as Key };
}

/** The first `wanted` of a long tie, without keeping more keys than that. */
function selectFirst<Key>(tied: Uint32Array, wanted: number, ties: KeyOrder<Key>): Keyed<Key>[] {
  const best: Keyed<Key>[] = [];
  for (const group of tied) {
    const key = ties.key(group);
    const worst = best.at(-1);
    if (worst !== undefined && best.length === wanted && ties.compare(key, worst.key) >= 0) continue;
    let at = best.length;
    while (at > 0 && ties.compare(key, (best[at - 1] as Keyed<Key>).key) < 0) at--;
    best.splice(at, 0, { group, key });
    if (best.length > wanted) best.pop();
  }
  return best;
}

function firstFrom(sorted: Float64Array, end: number, number: number): number {
  let low = 0;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstAbove(sorted: Float64Array, number: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}
