/** Groups from one accumulator to another: out of the kernel as chunks of buffers, and in again under the other's ids. */

import { BATCH_ROWS } from '../limits.ts';
import type { IdColumn } from '../model/columns.ts';
import type { ColumnMemory } from '../model/log-batch.ts';
import { ABSENT } from '../model/timers.ts';
import type { Dropped } from './dropped.ts';
import { bucketOf } from './group-keys.ts';
import { address, type Kernel } from './kernel-instance.ts';
import type { KeyColumn } from './key-column.ts';
import type { GroupChunk, PartialReport } from './partial-report.ts';

/** Per id column: their id → our id. */
export type IdMaps = Readonly<Partial<Record<IdColumn, Int32Array>>>;

/** What an accumulator is made of. */
export interface AccumulatorState {
  readonly kernel: Kernel;
  readonly columns: ColumnMemory;
  readonly keys: readonly KeyColumn[];
  readonly width: number;
  readonly earliest: number;
  readonly latest: number;
  readonly filtered: Readonly<Dropped>;
}

/** Bytes of a chunk: small beside the whole, so that merging needs little more than what is merged. */
const CHUNK_BYTES = 262_144;

export function takePartial(state: AccumulatorState): PartialReport {
  const { kernel } = state;
  const chunks: GroupChunk[] = [];
  const room = address(kernel.packRoom(CHUNK_BYTES));
  for (const key of state.keys) key.readOwn();
  for (let first = 0; first < kernel.groupCount(); ) {
    const next = kernel.packGroups(first, BATCH_ROWS);
    const groups = next - first;
    kernel.readKeys(first, groups);
    const words = state.keys.flatMap((key) => Array.from({ length: key.words }, (_, word) => key.own(word, groups)));
    const packed = new Uint8Array(state.columns.memory.buffer, room, kernel.packedBytes()).slice();
    chunks.push({ groups, words: joined(words, groups), packed });
    first = next;
  }
  for (const key of state.keys) key.readBatch();
  const headers = state.keys.flatMap((key) => (key.headers === null ? [] : [key.headers.texts]));
  const { width, earliest, latest } = state;
  return { chunks, other: kernel.otherGroup(), width, earliest, latest, filtered: { ...state.filtered }, headers };
}

function joined(words: readonly Int32Array[], groups: number): Int32Array {
  const all = new Int32Array(words.length * groups);
  words.forEach((word, i) => {
    all.set(word, i * groups);
  });
  return all;
}

/** In: `coarsen` makes the time buckets wider and tells their new width, ms. */
export function mergePartial(state: AccumulatorState, partial: PartialReport, idMaps: IdMaps, coarsen: () => number): void {
  const { kernel, columns, keys } = state;
  const maps = mapsOf(keys, partial, idMaps);
  let { width } = state;
  let first = 0;
  for (let chunk = partial.chunks.shift(); chunk !== undefined; chunk = partial.chunks.shift()) {
    const { groups, packed } = chunk;
    const other = partial.other - first;
    const room = address(kernel.packRoom(Math.max(CHUNK_BYTES, packed.length)));
    const groupColumn = address(kernel.groupColumnAddress());
    new Int32Array(columns.memory.buffer, groupColumn, groups).fill(0);
    const hasOther = other >= 0 && other < groups;
    if (hasOther) new Int32Array(columns.memory.buffer, groupColumn, groups)[other] = -1;
    for (;;) {
      writeKeys(keys, chunk, maps, partial.width, width);
      kernel.prepareIndex(groups, directNumbers(keys, groups));
      for (const key of keys) key.readOwn();
      const done = kernel.locate(groups);
      for (const key of keys) key.readBatch();
      if (done === groups) break;
      width = coarsen();
    }
    if (hasOther) {
      const shared = kernel.makeOther();
      new Int32Array(columns.memory.buffer, groupColumn, groups)[other] = shared;
    }
    new Uint8Array(columns.memory.buffer, room, packed.length).set(packed);
    kernel.unpackGroups(groups);
    first += groups;
  }
}

/** Per key the map of its ids, null where words are the same everywhere. */
function mapsOf(keys: readonly KeyColumn[], partial: PartialReport, idMaps: IdMaps): (Int32Array | null)[] {
  let header = 0;
  return keys.map((key) => {
    const { idColumn, headers } = key;
    if (headers !== null) return Int32Array.from(partial.headers[header++] ?? [], (text) => headers.intern(text));
    return idColumn === null ? null : (idMaps[idColumn] ?? null);
  });
}

/** Values from -1 up among which the words of a single id stay: the index must look for them where `add` does. */
function directNumbers(keys: readonly KeyColumn[], groups: number): number {
  const [key] = keys;
  if (key === undefined || keys.length > 1) return 0;
  return key.directNumbers(key.own(0, groups).reduce((most, id) => Math.max(most, id + 1), 0));
}

function writeKeys(keys: readonly KeyColumn[], chunk: GroupChunk, maps: readonly (Int32Array | null)[], from: number, to: number): void {
  const { groups, words } = chunk;
  keys.forEach((key, k) => {
    const given = words.subarray(key.word * groups, (key.word + key.words) * groups);
    const map = maps[k];
    if (key.isTimeline && from !== to) writeBuckets(key, given, groups, to / from);
    else if (map) {
      const own = key.own(0, groups);
      for (let i = 0; i < groups; i++) own[i] = (given[i] as number) < 0 ? (given[i] as number) : (map[given[i] as number] as number);
    } else for (let w = 0; w < key.words; w++) key.own(w, groups).set(given.subarray(w * groups, (w + 1) * groups));
  });
}

/** Writes the buckets of a timeline, each `divisor` times as wide as given. */
function writeBuckets(key: KeyColumn, given: Int32Array, groups: number, divisor: number): void {
  const high = key.own(0, groups);
  const low = key.own(1, groups);
  for (let i = 0; i < groups; i++) {
    const absent = given[i] === ABSENT;
    const bucket = Math.floor(bucketOf(given[i] as number, given[groups + i] as number) / divisor);
    high[i] = absent ? ABSENT : Math.floor(bucket / 2 ** 32);
    low[i] = absent ? ABSENT : (bucket % 2 ** 32) | 0;
  }
}
