// Interning: equal byte strings get equal dense ids. Open addressing with linear probing; a slot holds the hash and
// the address of the text's arena record, so that a hit costs one look at the slot and one at the record.
//
// Arena record: id u32, length u32, bytes, then zeros up to a multiple of 16. A dictionary never moves a record. Bytes are
// compared sixteen at a time, up to 15 of them behind the text on either side.

import { takeBlock } from './memory';

const SLOTS: usize = 0; // address of the slots, 8 bytes each: hash u32, record u32 (0 = free)
const MASK: usize = 4; // number of slots - 1
const COUNT: usize = 8;
const ENTRIES: usize = 12; // address of the records' addresses by id
const ENTRIES_ROOM: usize = 16;
const ARENA: usize = 20; // next free byte
const ARENA_END: usize = 24;
const BYTES: usize = 28; // of texts so far
const MAX_COUNT: usize = 32;
const MAX_BYTES: usize = 36;
const OTHER: usize = 40; // id of "(other)" plus 1 once a bound was reached, else 0
const NEXT_BLOCK: usize = 44; // bytes of the next arena block
const LAST: usize = 48; // record of the short text asked for last: neighbours in a log are often alike
const SEED: usize = 56;

export const DICTIONARY_BYTES: usize = 64;

const FIRST_SLOTS: u32 = 2048;
const FIRST_ENTRIES: u32 = 1024;
const FIRST_ARENA: usize = 32768;
const LARGEST_ARENA: usize = 4194304;

/** Prepares the 64 bytes at `d`. One block holds slots, entries and the first arena of a small dictionary. */
export function initDictionary(d: usize, maxCount: u32, maxBytes: u32, seed: u64): void {
  const slotsBytes = usize(FIRST_SLOTS) * 8;
  const entriesBytes = usize(FIRST_ENTRIES) * 4;
  const block = takeBlock(slotsBytes + entriesBytes + FIRST_ARENA);
  store<u32>(d, u32(block), SLOTS);
  store<u32>(d, FIRST_SLOTS - 1, MASK);
  store<u32>(d, 0, COUNT);
  store<u32>(d, u32(block + slotsBytes), ENTRIES);
  store<u32>(d, FIRST_ENTRIES, ENTRIES_ROOM);
  store<u32>(d, u32(block + slotsBytes + entriesBytes), ARENA);
  store<u32>(d, u32(block + slotsBytes + entriesBytes + FIRST_ARENA), ARENA_END);
  store<u32>(d, 0, BYTES);
  store<u32>(d, maxCount, MAX_COUNT);
  store<u32>(d, maxBytes, MAX_BYTES);
  store<u32>(d, 0, OTHER);
  store<u32>(d, 131072, NEXT_BLOCK);
  store<u64>(d, seed, SEED);
  // A record that no text equals, to begin with.
  const none = newBytes(d, 32);
  store<u32>(none, u32(-1), 4);
  store<u32>(d, u32(none), LAST);
}

const K1: u64 = 0x9e3779b97f4a7c15;
const K2: u64 = 0xd6e8feb86659fd93;

// @ts-ignore: decorator
@inline
function hashOf(p: usize, length: u32, seed: u64): u32 {
  return length <= 16 ? hashShort(p, length, seed) : hashLong(p, length, seed);
}

/** No branch on the length: names of a log differ in it from line to line, and a mispredicted branch costs more than the hash. */
// @ts-ignore: decorator
@inline
function hashShort(p: usize, length: u32, seed: u64): u32 {
  const places = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const text = v128.and(v128.load(p), i8x16.lt_u(places, i8x16.splat(u8(length))));
  const h = (i64x2.extract_lane(text, 0) ^ seed) * K1;
  return mixed(((h ^ (h >>> 32)) + i64x2.extract_lane(text, 1) + u64(length)) * K2);
}

function hashLong(p: usize, length: u32, seed: u64): u32 {
  let h = seed ^ (u64(length) * K1);
  const end = p + usize(length);
  for (; p + 8 < end; p += 8) {
    h = (h ^ load<u64>(p)) * K2;
    h ^= h >>> 29;
  }
  // The last eight bytes, whatever of them was read before.
  return mixed((h ^ load<u64>(end - 8)) * K2);
}

// @ts-ignore: decorator
@inline
function mixed(h: u64): u32 {
  return u32(((h ^ (h >>> 29)) * K1) >>> 32);
}

/** Whether the `length` bytes at `a` and at `b` are the same; both may be read up to 16 bytes further. */
// @ts-ignore: decorator
@inline
function sameBytes(a: usize, b: usize, length: u32): bool {
  let left = i32(length);
  while (left > 16) {
    if (v128.any_true(v128.xor(v128.load(a), v128.load(b)))) return false;
    a += 16;
    b += 16;
    left -= 16;
  }
  const different = i8x16.bitmask(i8x16.ne(v128.load(a), v128.load(b)));
  return (different & ((1 << left) - 1)) == 0;
}

/** The id of the `length` bytes at `p`, given out anew at first sight. */
export function intern(d: usize, p: usize, length: u32): i32 {
  const last = usize(load<u32>(d, LAST));
  if (load<u32>(last, 4) == length && sameBytes(last + 8, p, length)) return load<i32>(last);
  return lookUp(d, p, length, hashOf(p, length, load<u64>(d, SEED)));
}

function lookUp(d: usize, p: usize, length: u32, hash: u32): i32 {
  const slots = usize(load<u32>(d, SLOTS));
  const mask = load<u32>(d, MASK);
  let index = hash & mask;
  while (true) {
    const slot = slots + (usize(index) << 3);
    const record = usize(load<u32>(slot, 4));
    if (record == 0) return add(d, p, length, hash, slot);
    if (load<u32>(slot) == hash && load<u32>(record, 4) == length && sameBytes(record + 8, p, length)) {
      if (length <= 16) store<u32>(d, u32(record), LAST);
      return load<i32>(record);
    }
    index = (index + 1) & mask;
  }
}

/** In the lengths of a deferred column: the row has its id (or none) already. */
export const SETTLED: i32 = -1;

/** Rows looked up together: as many as the processor can fetch lines of memory for at once, and some. */
const TOGETHER: usize = 32;
const hashes: usize = memory.data(128, 16);

/**
 * Gives `rows` rows of an id column their ids, where until now `starts` (the column itself) has the address of each
 * row's text, and `lengths` its length, or SETTLED.
 *
 * The texts of such a column, addresses and paths, are so many that slots and records lie in far memory. Looked up one
 * after the other, as lines are read, each would be waited for; here the memory of many is on its way at once.
 */
export function internDeferred(d: usize, starts: usize, lengths: usize, rows: usize): void {
  for (let first: usize = 0; first < rows; first += TOGETHER) {
    const end = min(first + TOGETHER, rows);
    fetch(d, starts, lengths, first, end);
    for (let row = first; row < end; row++) {
      const length = load<i32>(lengths + (row << 2));
      if (length == SETTLED) continue;
      const p = usize(load<u32>(starts + (row << 2)));
      store<i32>(starts + (row << 2), lookUp(d, p, u32(length), load<u32>(hashes + ((row - first) << 2))));
    }
  }
}

/** Keeps the compiler from leaving out loads whose only purpose is to be made. */
let fetched: u32 = 0;

/** Hashes the texts of the rows, and touches their slots, then the records these name. */
function fetch(d: usize, starts: usize, lengths: usize, first: usize, end: usize): void {
  const seed = load<u64>(d, SEED);
  const slots = usize(load<u32>(d, SLOTS));
  const mask = load<u32>(d, MASK);
  let touched: u32 = 0;
  for (let row = first; row < end; row++) {
    const length = load<i32>(lengths + (row << 2));
    if (length == SETTLED) continue;
    const hash = hashOf(usize(load<u32>(starts + (row << 2))), u32(length), seed);
    store<u32>(hashes + ((row - first) << 2), hash);
    touched += load<u32>(slots + (usize(hash & mask) << 3), 4);
  }
  for (let row = first; row < end; row++) {
    if (load<i32>(lengths + (row << 2)) == SETTLED) continue;
    const record = usize(load<u32>(slots + (usize(load<u32>(hashes + ((row - first) << 2)) & mask) << 3), 4));
    if (record != 0) touched += load<u32>(record);
  }
  fetched = touched;
}

function add(d: usize, p: usize, length: u32, hash: u32, slot: usize): i32 {
  const other = load<u32>(d, OTHER);
  if (other != 0) return i32(other - 1);
  const count = load<u32>(d, COUNT);
  if (count + 1 >= load<u32>(d, MAX_COUNT) || load<u32>(d, BYTES) + length + 64 >= load<u32>(d, MAX_BYTES)) {
    return addOther(d, count);
  }
  const record = newRecord(d, count, length);
  memory.copy(record + 8, p, usize(length));
  store<u32>(slot, hash);
  store<u32>(slot, u32(record), 4);
  if (count + 1 > (load<u32>(d, MASK) >> 1)) growSlots(d);
  return i32(count);
}

/** "(other)" has an id but no slot: a text that happens to read so keeps an id of its own. */
function addOther(d: usize, count: u32): i32 {
  const record = newRecord(d, count, 7);
  store<u8>(record, 0x28, 8);
  store<u8>(record, 0x6f, 9);
  store<u8>(record, 0x74, 10);
  store<u8>(record, 0x68, 11);
  store<u8>(record, 0x65, 12);
  store<u8>(record, 0x72, 13);
  store<u8>(record, 0x29, 14);
  store<u32>(d, count + 1, OTHER);
  return i32(count);
}

function newRecord(d: usize, id: u32, length: u32): usize {
  const at = newBytes(d, (usize(length) + 8 + 31) & ~15);
  store<u32>(at, id);
  store<u32>(at, length, 4);
  if (id >= load<u32>(d, ENTRIES_ROOM)) growEntries(d);
  store<u32>(usize(load<u32>(d, ENTRIES)) + (usize(id) << 2), u32(at));
  store<u32>(d, id + 1, COUNT);
  store<u32>(d, load<u32>(d, BYTES) + length, BYTES);
  return at;
}

/** Fresh zeros from the arena; at least 16 readable bytes follow them. */
function newBytes(d: usize, room: usize): usize {
  let at = usize(load<u32>(d, ARENA));
  if (at + room + 16 > usize(load<u32>(d, ARENA_END))) {
    const next = usize(load<u32>(d, NEXT_BLOCK));
    const bytes = max(next, room + 16);
    at = takeBlock(bytes);
    store<u32>(d, u32(at + bytes), ARENA_END);
    store<u32>(d, u32(min(next * 2, LARGEST_ARENA)), NEXT_BLOCK);
  }
  store<u32>(d, u32(at + room), ARENA);
  return at;
}

function growEntries(d: usize): void {
  const room = load<u32>(d, ENTRIES_ROOM);
  const block = takeBlock(usize(room) * 8);
  memory.copy(block, usize(load<u32>(d, ENTRIES)), usize(room) * 4);
  store<u32>(d, u32(block), ENTRIES);
  store<u32>(d, room * 2, ENTRIES_ROOM);
}

function growSlots(d: usize): void {
  const old = usize(load<u32>(d, SLOTS));
  const oldCount = load<u32>(d, MASK) + 1;
  const mask = oldCount * 4 - 1;
  const slots = takeBlock(usize(mask + 1) * 8);
  for (let i: u32 = 0; i < oldCount; i++) {
    const from = old + (usize(i) << 3);
    if (load<u32>(from, 4) == 0) continue;
    let index = load<u32>(from) & mask;
    while (load<u32>(slots + (usize(index) << 3), 4) != 0) index = (index + 1) & mask;
    store<u64>(slots + (usize(index) << 3), load<u64>(from));
  }
  store<u32>(d, u32(slots), SLOTS);
  store<u32>(d, mask, MASK);
}

export function dictionarySize(d: usize): u32 {
  return load<u32>(d, COUNT);
}

/** Address of the arena record of an id: id u32, length u32, bytes. */
export function dictionaryRecord(d: usize, id: u32): usize {
  return usize(load<u32>(usize(load<u32>(d, ENTRIES)) + (usize(id) << 2)));
}

export function dictionaryOverflowed(d: usize): bool {
  return load<u32>(d, OTHER) != 0;
}
