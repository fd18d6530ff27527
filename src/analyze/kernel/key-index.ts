// From a key (a tuple of 32-bit words) to its group: an array for a single word that is a small number, as dictionary
// ids and statuses are, else a hash table.

import { exhausted, giveBack, take, takeZeroed } from './arena';
import { groupColumn, wordColumns, words } from './layout';
import { groups, keyOf, makeOther, newGroup } from './groups';

/** What `locate` answers for a key that may not have a group while `strict`. */
const NONE = -1;

/** Direct table: group + 1 of the single key word -1, 0, 1, …; 0 = none yet. */
let direct: usize = 0;
let directSlots: u32 = 0;
/** Hash table of u64: hash, group + 1; 0 = free. At most half full. */
let table: usize = 0;
let slots: usize = 0;
let taken: i32 = 0;

const HASH_SEED: u32 = 0x9e37_79b9;

let ceiling: i32 = 0;
let strict: bool = false;

/** At most `most` groups: past them keys share one more, or, if `stop`, `locate` stops. */
export function setCeiling(most: i32, stop: bool): void {
  ceiling = most;
  strict = stop;
}

/** Room for `rows` new keys; `numbers`: how many values from -1 the direct table of a single word shall take, 0 = none. */
export function prepareIndex(rows: i32, numbers: u32): void {
  if (numbers > directSlots) growDirect(numbers);
  const wanted = <usize>(taken + rows) << 1;
  if (wanted > slots) growTable(wanted);
}

/** Finds or makes the groups of the rows whose group is not -1. Out: rows done, fewer than given where the ceiling stops. */
export function locate(rows: i32): i32 {
  if (words === 2) return locatePairs(rows);
  const first = words === 1 ? <usize>load<u32>(wordColumns) : 0;
  const numbers = words === 1 ? directSlots : 0;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const at = groupColumn + (row << 2);
    if (load<i32>(at) < 0) continue;
    let group = NONE;
    if (numbers !== 0) {
      const slot = u32(load<i32>(first + (row << 2)) + 1);
      if (slot < numbers) group = find1(slot, row);
      else group = find(row);
    } else group = find(row);
    if (group === NONE) return i32(row);
    store<i32>(at, group);
  }
  return rows;
}

/** The same for keys of two words, which most are: without a loop over the words, and without a call where all goes well. */
function locatePairs(rows: i32): i32 {
  const groups = groupColumn;
  const first = <usize>load<u32>(wordColumns);
  const second = <usize>load<u32>(wordColumns, 4);
  const mask = slots - 1;
  const entries = table;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const at = row << 2;
    if (load<i32>(groups + at) < 0) continue;
    const one = load<u32>(first + at);
    const other = load<u32>(second + at);
    const hash = finishHash(mixWord(mixWord(HASH_SEED, one), other));
    const entry = load<u64>(entries + ((<usize>hash & mask) << 3));
    let group = i32(entry >> 32) - 1;
    if (u32(entry) !== hash || group < 0 || load<u64>(keyOf(group)) !== (<u64>one | (<u64>other << 32))) {
      group = find(row);
      if (group === NONE) return i32(row);
    }
    store<i32>(groups + at, group);
  }
  return rows;
}

function find1(slot: u32, row: usize): i32 {
  const entry = direct + (<usize>slot << 2);
  const known = load<i32>(entry) - 1;
  if (known >= 0) return known;
  if (groups >= ceiling || exhausted()) return strict ? NONE : makeOther();
  const group = create(row);
  store<i32>(entry, group + 1);
  return group;
}

/** The group of the key words that stand in row `row` of the word columns; NONE where there can be none. */
export function find(row: usize): i32 {
  const hash = hashOf(row);
  const mask = slots - 1;
  let at = <usize>hash & mask;
  let entry = load<u64>(table + (at << 3));
  while (entry !== 0) {
    const group = i32(entry >> 32) - 1;
    if (u32(entry) === hash && isKey(keyOf(group), row)) return group;
    at = (at + 1) & mask;
    entry = load<u64>(table + (at << 3));
  }
  if (groups >= ceiling || exhausted()) return strict ? NONE : makeOther();
  const group = create(row);
  store<u64>(table + (at << 3), <u64>hash | (<u64>(group + 1) << 32));
  taken++;
  return group;
}

/** Empties the index; groups are found anew by `find`. */
export function forgetKeys(): void {
  memory.fill(table, 0, slots << 3);
  taken = 0;
  if (direct !== 0) memory.fill(direct, 0, <usize>directSlots << 2);
}

function create(row: usize): i32 {
  const group = newGroup();
  const key = keyOf(group);
  for (let w = 0; w < words; w++) store<i32>(key + (<usize>w << 2), wordAt(w, row));
  return group;
}

function wordAt(word: i32, row: usize): i32 {
  return load<i32>(<usize>load<u32>(wordColumns + (<usize>word << 2)) + (row << 2));
}

function isKey(key: usize, row: usize): bool {
  for (let w = 0; w < words; w++) if (load<i32>(key + (<usize>w << 2)) !== wordAt(w, row)) return false;
  return true;
}

function hashOf(row: usize): u32 {
  let hash = HASH_SEED;
  for (let w = 0; w < words; w++) hash = mixWord(hash, u32(wordAt(w, row)));
  return finishHash(hash);
}

@inline
function mixWord(hash: u32, word: u32): u32 {
  const mixed = (hash ^ word) * 0x85eb_ca6b;
  return mixed ^ (mixed >> 15);
}

@inline
function finishHash(hash: u32): u32 {
  const mixed = hash * 0xc2b2_ae35;
  return mixed ^ (mixed >> 16);
}

function growDirect(numbers: u32): void {
  const larger = max<u32>(numbers, directSlots << 1);
  const at = takeZeroed(<usize>larger << 2);
  if (direct !== 0) {
    memory.copy(at, direct, <usize>directSlots << 2);
    giveBack(direct, <usize>directSlots << 2);
  }
  direct = at;
  directSlots = larger;
}

function growTable(wanted: usize): void {
  let larger: usize = max<usize>(slots, 1_024);
  while (larger < wanted) larger <<= 1;
  const at = takeZeroed(larger << 3);
  for (let old: usize = 0; old < slots; old++) {
    const entry = load<u64>(table + (old << 3));
    if (entry === 0) continue;
    let to = <usize>u32(entry) & (larger - 1);
    while (load<u64>(at + (to << 3)) !== 0) to = (to + 1) & (larger - 1);
    store<u64>(at + (to << 3), entry);
  }
  if (slots !== 0) giveBack(table, slots << 3);
  table = at;
  slots = larger;
}
