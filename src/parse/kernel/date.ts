// HAProxy's accept date, DD/Mon/YYYY:hh:mm:ss with or without .mmm, to epoch milliseconds.
//
// Lines share their day with their neighbours, and their quarter of an hour too, within which no zone changes its
// offset: both are kept decoded, so that a date costs the arithmetic of its last digits and no branch that depends on
// them. The zone is the host's business: it is asked once per quarter of an hour.

import { isDigit } from './bytes';
import { MISMATCH } from './failure';

// @ts-ignore: decorator
@external("env", "zoneOffset")
declare function zoneOffset(civil: f64): f64;

/** What is kept, for the usual line's code to read too: the twelve bytes `DD/Mon/YYYY:` of the day … */
const known: usize = memory.data(32, 16);
/** … the second of the day with which the quarter of an hour begins, and its epoch ms. */
const QUARTER_START: usize = 16;
const QUARTER_EPOCH: usize = 24;

export function knownDateAddress(): usize {
  return known;
}

const QUARTER_SECONDS: i32 = 900;

/** Civil midnight of the day, in ms as if UTC. */
let midnight: f64 = 0;

/** Epoch ms of the date that `readDate` read last. */
export let dateValue: f64 = 0;

/** Reads a date at `p`. Out: the address past it, or MISMATCH. */
// @ts-ignore: decorator
@inline
export function readDate(p: usize, end: usize): usize {
  if (end < p + 20) return MISMATCH;
  if (!knowDate(p)) return MISMATCH;
  const seconds = secondOfDay(p + 12) - load<i32>(known, QUARTER_START);
  dateValue = load<f64>(known, QUARTER_EPOCH) + f64(seconds) * 1000;
  if (end >= p + 24) {
    const fraction = load<u32>(p, 20) ^ 0x3030302e;
    const a = (fraction >> 8) & 0xff;
    const b = (fraction >> 16) & 0xff;
    const c = fraction >> 24;
    if ((fraction & 0xff) == 0 && a < 10 && b < 10 && c < 10) {
      dateValue += f64(a * 100 + b * 10 + c);
      return p + 24;
    }
  }
  return p + 20;
}

const ZERO_TIME: u64 = 0x30303a30303a3030; // "00:00:00"

/** The second of the day of `hh:mm:ss` at `p`, -1 for anything else. */
function secondOfDay(p: usize): i32 {
  // Digits become 0 to 9 and the colons 0; six more overflow the low half of a byte that is anything else.
  const time = load<u64>(p) ^ ZERO_TIME;
  if (((time | (time + 0x0606000606000606)) & 0xf0f0fff0f0fff0f0) != 0) return -1;
  const hour = i32(time & 15) * 10 + i32((time >> 8) & 15);
  const minute = i32((time >> 24) & 15) * 10 + i32((time >> 32) & 15);
  const second = i32((time >> 48) & 15) * 10 + i32(time >> 56);
  return hour > 23 || minute > 59 || second > 60 ? -1 : (hour * 60 + minute) * 60 + second;
}

/** Makes the day and the quarter of the 20 bytes at `p` the known ones. Out: whether they are a date. */
export function knowDate(p: usize): bool {
  const seconds = secondOfDay(p + 12);
  if (seconds < 0) return false;
  const sameDay = load<u64>(p) == load<u64>(known) && load<u32>(p, 8) == load<u32>(known, 8);
  if (sameDay && u32(seconds - load<i32>(known, QUARTER_START)) < u32(QUARTER_SECONDS)) return true;
  if (!sameDay && !decodeDay(p)) return false;
  const start = seconds - (seconds % QUARTER_SECONDS);
  const civil = midnight + f64(start) * 1000;
  store<i32>(known, start, QUARTER_START);
  store<f64>(known, civil - zoneOffset(civil), QUARTER_EPOCH);
  return true;
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

/** Makes the day of the twelve bytes at `p` the known one. Out: whether they are a day. */
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
  store<u64>(known, load<u64>(p));
  store<u32>(known, load<u32>(p, 8), 8);
  return true;
}
