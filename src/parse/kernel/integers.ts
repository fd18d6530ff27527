// Integers in text. The readers return the address past what they read, or MISMATCH or CUT; values go straight into
// their columns. Groups such as the five timers fit sixteen bytes as a rule: one comparison finds all their ends, and
// digits are turned into numbers eight at a time, without a branch on their count.

import { DASH, isBlank, isDigit, PLUS, SLASH } from './bytes';
import { CUT, MISMATCH } from './failure';

const ZEROS: u64 = 0x3030303030303030;
const MAX_INT: u64 = 2147483647;

/** The number in the `length` (1 to 8) digits that end at `end`. */
// @ts-ignore: decorator
@inline
export function digitsBefore(end: usize, length: i32): i32 {
  let x = (load<u64>(end - 8) ^ ZEROS) & (u64(-1) << u64(64 - (length << 3)));
  x = x * 10 + (x >> 8);
  x = ((x & 0x000000ff000000ff) * 0x000f424000000064 + ((x >> 16) & 0x000000ff000000ff) * 0x0000271000000001) >> 32;
  return i32(x);
}

/** Set when the last integer of a group, or a size, began with `+`. */
export let sawPlus: bool = false;

/**
 * Reads `count` integers with `/` between them at `p` into row `row` of the columns whose addresses stand at
 * `addresses` (0 = not wanted).
 */
// @ts-ignore: decorator
@inline
export function readInts(p: usize, end: usize, count: i32, mayPlus: bool, addresses: usize, row: usize): usize {
  const v = v128.load(p);
  const digits = i8x16.lt_u(i8x16.sub(v, i8x16.splat(0x30)), i8x16.splat(10));
  let others = ~i8x16.bitmask(digits) & 0xffff;
  const slashes = i8x16.bitmask(i8x16.eq(v, i8x16.splat(SLASH)));
  let from = 0;
  const last = count - 1;
  for (let i = 0; i <= last; i++) {
    const to = i32(ctz(others | 0x10000));
    const length = to - from;
    if (u32(length - 1) > 7 || to == 16) return readIntsSlowly(p, end, count, mayPlus, addresses, row);
    if (i < last && ((slashes >> to) & 1) == 0) return readIntsSlowly(p, end, count, mayPlus, addresses, row);
    const column = load<u32>(addresses + (usize(i) << 2));
    if (column != 0) store<i32>(usize(column) + row * 4, digitsBefore(p + usize(to), length));
    others &= others - 1;
    from = to + 1;
  }
  const stop = p + usize(from) - 1;
  if (stop > end || (stop < end && !isBlank(load<u8>(stop)))) {
    return readIntsSlowly(p, end, count, mayPlus, addresses, row);
  }
  sawPlus = false;
  return stop;
}

function readIntsSlowly(p: usize, end: usize, count: i32, mayPlus: bool, addresses: usize, row: usize): usize {
  sawPlus = false;
  for (let i = 0; i < count; i++) {
    if (p >= end) return CUT;
    let negative = false;
    if (load<u8>(p) == DASH) {
      negative = true;
      p++;
    } else if (mayPlus && i == count - 1 && load<u8>(p) == PLUS) {
      sawPlus = true;
      p++;
    }
    const first = p;
    let value: u64 = 0;
    while (p < end && isDigit(load<u8>(p)) && p - first < 11) value = value * 10 + (load<u8>(p++) - 0x30);
    if (p == first) return p >= end ? CUT : MISMATCH;
    if (p - first > 10 || value > MAX_INT) return MISMATCH;
    const column = load<u32>(addresses + (usize(i) << 2));
    if (column != 0) store<i32>(usize(column) + row * 4, negative ? -i32(value) : i32(value));
    if (i == count - 1) break;
    if (p >= end) return CUT;
    if (load<u8>(p) != SLASH) return MISMATCH;
    p++;
  }
  return p >= end || isBlank(load<u8>(p)) ? p : MISMATCH;
}

/** Reads a size (1 to 15 digits, `+` allowed before them) at `p` into row `row` of a float column. */
// @ts-ignore: decorator
@inline
export function readSize(p: usize, end: usize, address: usize, row: usize): usize {
  if (p >= end) return CUT;
  sawPlus = load<u8>(p) == PLUS;
  if (sawPlus) p++;
  const v = v128.load(p);
  const digits = i8x16.lt_u(i8x16.sub(v, i8x16.splat(0x30)), i8x16.splat(10));
  let length = i32(ctz(~i8x16.bitmask(digits)));
  if (p + usize(length) > end) length = i32(end - p);
  if (length == 0) return p >= end ? CUT : MISMATCH;
  if (length > 15) return MISMATCH;
  const stop = p + usize(length);
  if (stop < end && !isBlank(load<u8>(stop))) return MISMATCH;
  if (address != 0) {
    let value: f64;
    if (length <= 8) value = f64(digitsBefore(stop, length));
    else value = f64(digitsBefore(stop - 8, length - 8)) * 100000000 + f64(digitsBefore(stop, 8));
    store<f64>(address + row * 8, value);
  }
  return stop;
}
