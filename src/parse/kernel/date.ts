// HAProxy's accept date, DD/Mon/YYYY:hh:mm:ss with or without .mmm, to epoch milliseconds.
//
// Lines of a log share their second with their neighbours, so the last second seen is kept with its result and the
// comparison of twenty bytes does for decoding. The zone of the dates is the host's business: it is asked once per
// quarter of an hour, for no zone changes its offset within one.

import { isDigit } from './bytes';
import { MISMATCH } from './failure';

// @ts-ignore: decorator
@external("env", "zoneOffset")
declare function zoneOffset(civil: f64): f64;

/** The 20 bytes of the last second, and, 32 bytes behind their first, its epoch ms: read by the usual line's code too. */
const lastSecond: usize = memory.data(48, 16);
const EPOCH: usize = 32;

export function lastSecondAddress(): usize {
  return lastSecond;
}

const QUARTER: f64 = 900000;
let quarterFrom: f64 = 1;
let quarterTo: f64 = 0;
let offset: f64 = 0;

/** Epoch ms of the date that `readDate` read last. */
export let dateValue: f64 = 0;

/** Reads a date at `p`. Out: the address past it, or MISMATCH. */
// @ts-ignore: decorator
@inline
export function readDate(p: usize, end: usize): usize {
  if (end < p + 20) return MISMATCH;
  const same = i8x16.eq(v128.load(p), v128.load(lastSecond));
  if (i8x16.bitmask(same) != 0xffff || load<u32>(p, 16) != load<u32>(lastSecond, 16)) {
    if (!decodeSecond(p)) return MISMATCH;
  }
  if (end >= p + 24) {
    const fraction = load<u32>(p, 20) ^ 0x3030302e;
    const a = (fraction >> 8) & 0xff;
    const b = (fraction >> 16) & 0xff;
    const c = fraction >> 24;
    if ((fraction & 0xff) == 0 && a < 10 && b < 10 && c < 10) {
      dateValue = load<f64>(lastSecond, EPOCH) + f64(a * 100 + b * 10 + c);
      return p + 24;
    }
  }
  dateValue = load<f64>(lastSecond, EPOCH);
  return p + 20;
}

// @ts-ignore: decorator
@inline
function two(p: usize, at: usize): i32 {
  const a = load<u8>(p + at);
  const b = load<u8>(p + at + 1);
  return isDigit(a) && isDigit(b) ? i32(a - 0x30) * 10 + i32(b - 0x30) : -1;
}

/** Month 0 to 11 of three letters, -1 for anything else. */
function month(p: usize): i32 {
  const name = load<u32>(p) & 0xffffff;
  if (name == 0x6e614a) return 0;
  if (name == 0x626546) return 1;
  if (name == 0x72614d) return 2;
  if (name == 0x727041) return 3;
  if (name == 0x79614d) return 4;
  if (name == 0x6e754a) return 5;
  if (name == 0x6c754a) return 6;
  if (name == 0x677541) return 7;
  if (name == 0x706553) return 8;
  if (name == 0x74634f) return 9;
  if (name == 0x766f4e) return 10;
  if (name == 0x636544) return 11;
  return -1;
}

function daysIn(year: i32, month: i32): i32 {
  if (month == 1) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
  return month == 3 || month == 5 || month == 8 || month == 10 ? 30 : 31;
}

/** Days from 1970-01-01 of a civil date: years counted from March, so that the leap day ends one (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil). */
function daysFromCivil(year: i32, month: i32, day: i32): i32 {
  const y = month < 2 ? year - 1 : year;
  const era = (y >= 0 ? y : y - 399) / 400;
  const yearOfEra = y - era * 400;
  const dayOfYear = (153 * ((month + 10) % 12) + 2) / 5 + day - 1;
  return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
}

/** The twelve bytes `DD/Mon/YYYY:` of the last second's day, and its civil midnight in ms: most seconds differ in their last eight bytes only. */
const lastDay: usize = memory.data(16, 16);
let midnight: f64 = 0;

const ZERO_TIME: u64 = 0x30303a30303a3030; // "00:00:00"

/** Decodes the 20 bytes at `p` into the last second. Out: whether they are a date. */
export function decodeSecond(p: usize): bool {
  if (load<u64>(p) != load<u64>(lastDay) || load<u32>(p, 8) != load<u32>(lastDay, 8)) {
    if (!decodeDay(p)) return false;
  }
  // Digits become 0 to 9 and the colons 0; six more overflow the low half of a byte that is anything else.
  const time = load<u64>(p, 12) ^ ZERO_TIME;
  if (((time | (time + 0x0606000606000606)) & 0xf0f0fff0f0fff0f0) != 0) return false;
  const hour = u32(time & 15) * 10 + u32((time >> 8) & 15);
  const minute = u32((time >> 24) & 15) * 10 + u32((time >> 32) & 15);
  const second = u32((time >> 48) & 15) * 10 + u32(time >> 56);
  if (hour > 23 || minute > 59 || second > 60) return false;
  const civil = midnight + f64((hour * 60 + minute) * 60 + second) * 1000;
  if (civil < quarterFrom || civil >= quarterTo) {
    quarterFrom = floor(civil / QUARTER) * QUARTER;
    quarterTo = quarterFrom + QUARTER;
    offset = zoneOffset(quarterFrom);
  }
  v128.store(lastSecond, v128.load(p));
  store<u32>(lastSecond, load<u32>(p, 16), 16);
  store<f64>(lastSecond, civil - offset, EPOCH);
  return true;
}

function decodeDay(p: usize): bool {
  const day = two(p, 0);
  const monthOfYear = month(p + 3);
  const century = two(p, 7);
  const yearOfCentury = two(p, 9);
  if (load<u8>(p, 2) != 0x2f || load<u8>(p, 6) != 0x2f || load<u8>(p, 11) != 0x3a) return false;
  if (monthOfYear < 0 || century < 0 || yearOfCentury < 0) return false;
  const year = century * 100 + yearOfCentury;
  if (day < 1 || day > daysIn(year, monthOfYear)) return false;
  midnight = f64(daysFromCivil(year, monthOfYear, day)) * 86400000;
  store<u64>(lastDay, load<u64>(p));
  store<u32>(lastDay, load<u32>(p, 8), 8);
  return true;
}
