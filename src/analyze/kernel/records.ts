// A small group keeps its requests one by one, coded in about a dozen bytes, because a summary with its histograms takes
// some four thousand: that is what bounds the memory of a report with a million keys.
//
//   u16  lengths: two bits for each of bytes_read and the timers; 0, 1, 2, 3 = 0, 1, 2, 4 bytes
//   u8   facts: outcome (3 bits), aborted, redispatched, queued, has retries, has high bytes
//   …    bytes_read, then each timer as its value + 1 (0 = not measured), each in as many bytes as told
//   u32  retries, if there are any; u32 bytes_read / 2^32, if not 0

import { take } from './arena';
import { bytesColumn, factsColumn, retriesColumn, timerColumns, timers } from './layout';
import { addFacts, addTime, timerOf } from './summary';

/** Bits of coded facts beyond those of a summary. */
const HAS_RETRIES: u32 = 64;
const HAS_HIGH_BYTES: u32 = 128;

/** Bytes to keep free for one coded record, with what the last store of four bytes may overrun. */
export const LARGEST_RECORD: usize = 48;

/** Retries of a row; absent and negative are none. */
@inline
export function retriesOf(row: usize): u32 {
  return u32(max(load<i32>(retriesColumn + (row << 2)), 0));
}

/** bytes_read of a row; absent is none. */
@inline
export function bytesOf(row: usize): u64 {
  const size = load<f64>(bytesColumn + (row << 3));
  return size > 0 ? u64(size) : 0;
}

/** Codes a row at `out`, where LARGEST_RECORD bytes are free. Out: its bytes. */
export function encodeRow(row: usize, out: usize): usize {
  const size = bytesOf(row);
  const tries = retriesOf(row);
  let coded: u32 = load<u8>(factsColumn + row);
  let at = out + 3;
  let lengths: u32 = lengthCode(u32(size));
  store<u32>(at, u32(size));
  at += lengthOf(lengths);
  for (let t = 0; t < timers; t++) {
    const value = u32(max(load<i32>(<usize>load<u32>(timerColumns + (<usize>t << 2)) + (row << 2)), -1) + 1);
    const code = lengthCode(value);
    store<u32>(at, value);
    at += lengthOf(code);
    lengths |= code << ((t + 1) << 1);
  }
  if (tries !== 0) {
    coded |= HAS_RETRIES;
    store<u32>(at, tries);
    at += 4;
  }
  if (size >> 32 !== 0) {
    coded |= HAS_HIGH_BYTES;
    store<u32>(at, u32(size >> 32));
    at += 4;
  }
  store<u16>(out, u16(lengths));
  store<u8>(out, u8(coded), 2);
  return at - out;
}

/** The record decoded last: facts, retries, bytes_read; its times are in a table. */
export let facts: u32 = 0;
export let retries: u32 = 0;
export let bytes: u64 = 0;
let times: usize = 0;

export function openRecords(): void {
  times = take(<usize>timers << 2);
}

/** Time of a timer in the record decoded last, plus 1; 0 = not measured. */
@inline
export function timeOf(timer: i32): u32 {
  return load<u32>(times + (<usize>timer << 2));
}

/** Decodes the record at `at`. Out: address after it. */
export function decode(at: usize): usize {
  let lengths: u32 = load<u16>(at);
  const coded: u32 = load<u8>(at, 2);
  at += 3;
  bytes = <u64>valueAt(at, lengths & 3);
  at += lengthOf(lengths & 3);
  for (let t = 0; t < timers; t++) {
    lengths >>= 2;
    store<u32>(times + (<usize>t << 2), valueAt(at, lengths & 3));
    at += lengthOf(lengths & 3);
  }
  retries = 0;
  if (coded & HAS_RETRIES) {
    retries = load<u32>(at);
    at += 4;
  }
  if (coded & HAS_HIGH_BYTES) {
    bytes |= <u64>load<u32>(at) << 32;
    at += 4;
  }
  facts = coded & ~(HAS_RETRIES | HAS_HIGH_BYTES);
  return at;
}

/** Counts the coded records of `length` bytes into a summary, their times only if asked. */
export function addRecords(summary: usize, from: usize, length: usize, withTimes: bool): void {
  const end = from + length;
  for (let at = from; at < end; ) {
    at = decode(at);
    addFacts(summary, facts, retries, bytes);
    if (withTimes) for (let t = 0; t < timers; t++) if (timeOf(t) !== 0) addTime(timerOf(summary, t), timeOf(t) - 1);
  }
}

@inline
function lengthCode(value: u32): u32 {
  return u32(value > 0) + u32(value > 0xff) + u32(value > 0xffff);
}

@inline
function lengthOf(code: u32): usize {
  return (<usize>1 << code) >> 1;
}

@inline
function valueAt(at: usize, code: u32): u32 {
  return u32(load<u32>(at) & u32(((<u64>1 << (<u64>lengthOf(code) << 3)) - 1)));
}
