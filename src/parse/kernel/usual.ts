// The usual line, read at full speed: one blank between fields, plain digits, names without control characters,
// everything where the program says. Anything else (a sign, a run of blanks, a cut, another format) gives 0 at once,
// and line.ts reads the line again with all the care it needs. What is accepted here, line.ts would accept with the
// same values; test/parse holds both to that.
//
// What costs time in reading fields one after the other is not the work but the waiting: each search starts where the
// last one ended. So a window of 64 bytes is compared at once, giving masks of its blanks, slashes and non-digits, and
// the fields' ends are then read off the masks, a few cycles from one to the next, with no branch on their lengths.
//
// No reader here knows the line's end: the input ends with LF, and no search passes over LF.

import {
  OP_ACCEPT,
  OP_BLOCKS,
  OP_DATA_TIME,
  OP_END,
  OP_HEAD,
  OP_INTS,
  OP_REQUEST,
  OP_SIZE,
  OP_SSL_ERRORS,
  OP_TEXT,
  OP_TEXT_UNTIL,
  OP_WINDOW,
  TEXT_DASH,
  TEXT_MAY_BE_EMPTY,
  TEXT_SPAN,
  TEXT_THEN_BLANKS,
  TEXT_TILDE,
} from '../opcodes';
import { BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, DASH, findOrLineEnd, LF, OPEN_BRACE, QUOTE, SLASH, SPACE, TILDE } from './bytes';
import { dateValue, readDate } from './date';
import { intern } from './dictionary';
import { digitsBefore } from './integers';
import { fill, readClient, readSslErrors, storeDataTime } from './line';
import { storeRequest, storeSpan } from './request';

const FLAG_SSL: i32 = 16;

/** Of the record read last. */
export let usualFormat: i32 = 0;
export let usualFlags: i32 = 0;

/** `p` if a space stands there with no blank, control character or line's end behind it, else 0. */
// @ts-ignore: decorator
@inline
function oneSpace(p: usize): bool {
  const pair = load<u16>(p);
  return u8(pair) == SPACE && pair > 0x20ff;
}

/** The masks of the window, one bit per byte from its beginning. */
let low: u64 = 0; // spaces and control characters not yet passed
let slashes: u64 = 0;
let others: u64 = 0; // all but digits

// @ts-ignore: decorator
@inline
function bits(v: v128): u64 {
  return u64(u32(i8x16.bitmask(v)));
}

// @ts-ignore: decorator
@inline
function openWindow(p: usize): void {
  const blank = i8x16.splat(0x21);
  const slash = i8x16.splat(SLASH);
  const zero = i8x16.splat(0x30);
  const nine = i8x16.splat(9);
  const a = v128.load(p);
  const b = v128.load(p, 16);
  const c = v128.load(p, 32);
  const d = v128.load(p, 48);
  low =
    bits(i8x16.lt_u(a, blank)) |
    (bits(i8x16.lt_u(b, blank)) << 16) |
    (bits(i8x16.lt_u(c, blank)) << 32) |
    (bits(i8x16.lt_u(d, blank)) << 48);
  slashes =
    bits(i8x16.eq(a, slash)) | (bits(i8x16.eq(b, slash)) << 16) | (bits(i8x16.eq(c, slash)) << 32) | (bits(i8x16.eq(d, slash)) << 48);
  others =
    bits(i8x16.gt_u(i8x16.sub(a, zero), nine)) |
    (bits(i8x16.gt_u(i8x16.sub(b, zero), nine)) << 16) |
    (bits(i8x16.gt_u(i8x16.sub(c, zero), nine)) << 32) |
    (bits(i8x16.gt_u(i8x16.sub(d, zero), nine)) << 48);
}

// @ts-ignore: decorator
@inline
function keep(flags: u32, column: usize, dictionary: usize, start: usize, end: usize, row: usize): void {
  const absent = (flags & TEXT_DASH) != 0 && end == start + 1 && load<u8>(start) == DASH;
  if ((flags & TEXT_SPAN) != 0) storeSpan(column, row, absent ? usize(-1) : start, absent ? usize(-1) : end);
  else store<i32>(column + (row << 2), absent ? -1 : intern(dictionary, start, u32(end - start)));
}

/**
 * Whether the bytes [from, to) of the window are `count` integers of 1 to 8 digits with `/` between: count - 1 slashes
 * and no other non-digit, none of them first, last or behind another, and no run of nine digits.
 */
// @ts-ignore: decorator
@inline
function areInts(from: u64, to: u64, count: u64): bool {
  const within = (u64(1) << to) - (u64(1) << from);
  const marks = others & within;
  const digits = within ^ marks;
  const two = digits & (digits >> 1);
  const four = two & (two >> 2);
  const nineInRow = four & (four >> 4) & (digits >> 8);
  const edges = (u64(1) << from) | (u64(1) << (to - 1));
  const misplaced = (marks & ((marks << 1) | edges)) | (marks ^ (slashes & within)) | nineInRow;
  return misplaced == 0 && popcnt(marks) == count - 1 && to > from;
}

/** Stores the wanted of the integers in [from, to) of the window at `base`. */
// @ts-ignore: decorator
@inline
function storeInts(base: usize, from: u64, to: u64, wanted: u32, addresses: usize, row: usize): void {
  let ends = (slashes & ((u64(1) << to) - (u64(1) << from))) | (u64(1) << to);
  while (wanted != 0) {
    const end = ctz(ends);
    if ((wanted & 1) != 0) {
      store<i32>(usize(load<u32>(addresses)) + (row << 2), digitsBefore(base + usize(end), i32(end - from)));
    }
    addresses += 4;
    wanted >>= 1;
    ends &= ends - 1;
    from = end + 1;
  }
}

/** Captures and the blanks around them; the address of the opening quote, or 0. */
// @ts-ignore: decorator
@inline
function usualBlocks(a: usize, p: usize, row: usize): usize {
  const request = load<u32>(a);
  const response = load<u32>(a, 4);
  if (request != 0) storeSpan(request, row, -1, -1);
  if (response != 0) storeSpan(response, row, -1, -1);
  if (load<u8>(p) != SPACE) return 0;
  p++;
  for (let block = 0; block < 2 && load<u8>(p) == OPEN_BRACE; block++) {
    const close = findOrLineEnd(p + 1, usize(-1), CLOSE_BRACE);
    if (load<u16>(close) != 0x207d) return 0; // `} `
    const column = block == 0 ? request : response;
    if (column != 0) storeSpan(column, row, p + 1, close);
    p = close + 2;
  }
  return load<u8>(p) == QUOTE ? p : 0;
}

/** Reads the line as `run` of line.ts does. Out: address of its LF with usualFormat and usualFlags set, or 0. */
export function runUsual(program: usize, anchor: usize, limit: usize, row: usize): usize {
  usualFormat = load<i32>(program, 4);
  let flags = 0;
  const fills = load<i32>(program, 8);
  let a = program + 12;
  if (fills != 0) {
    fill(a, fills, row);
    a += usize(fills) << 3;
  }
  let p = anchor;
  let base = p; // of the window
  while (true) {
    const op = load<i32>(a);
    if (op == OP_TEXT) {
      if (low == 0) return 0;
      const q = base + usize(ctz(low));
      const textFlags = load<u32>(a, 4);
      const longest = load<u32>(a, 8);
      if (q == p && (textFlags & TEXT_MAY_BE_EMPTY) == 0) return 0;
      if (longest != 0 && q - p > usize(longest)) return 0;
      let valueEnd = q;
      if ((textFlags & TEXT_TILDE) != 0 && load<u8>(q - 1) == TILDE && q - p > 1) {
        valueEnd--;
        flags |= FLAG_SSL;
      }
      const column = load<u32>(a, 12);
      if (column != 0) keep(textFlags, column, load<u32>(a, 16), p, valueEnd, row);
      if ((textFlags & TEXT_THEN_BLANKS) != 0) {
        if (!oneSpace(q)) return 0;
        p = q + 1;
        low &= low - 1;
      } else {
        p = q;
      }
      a += 20;
    } else if (op == OP_INTS) {
      if (low == 0) return 0;
      const from = u64(p - base);
      const to = ctz(low);
      const count = load<u32>(a, 4);
      if (!areInts(from, to, count)) return 0;
      const wanted = load<u32>(a, 16);
      if (wanted != 0) storeInts(base, from, to, wanted, a + 20, row);
      p = base + usize(to);
      if (load<u32>(a, 12) != 0) {
        if (!oneSpace(p)) return 0;
        p++;
        low &= low - 1;
      }
      a += 20 + (usize(count) << 2);
    } else if (op == OP_TEXT_UNTIL) {
      const ahead = slashes & (u64(-1) << u64(p - base));
      if (u8(load<u32>(a, 4)) != SLASH || ahead == 0 || ctz(ahead) > ctz(low)) return 0;
      const q = base + usize(ctz(ahead));
      if (q == p) return 0;
      const column = load<u32>(a, 12);
      if (column != 0) keep(load<u32>(a, 8), column, load<u32>(a, 16), p, q, row);
      p = q + 1;
      a += 20;
    } else if (op == OP_WINDOW) {
      openWindow(p);
      base = p;
      a += 4;
    } else if (op == OP_HEAD) {
      if (!readClient(a + 4, row)) return 0;
      const q = readDate(anchor + 1, limit);
      if (q == 0 || load<u8>(q) != CLOSE_BRACKET || !oneSpace(q + 1)) return 0;
      const column = load<u32>(a, 16);
      if (column != 0) store<f64>(usize(column) + (row << 3), dateValue);
      p = q + 2;
      a += 20;
    } else if (op == OP_SIZE) {
      if (low == 0) return 0;
      const from = u64(p - base);
      const to = ctz(low);
      if (!areInts(from, to, 1)) return 0;
      p = base + usize(to);
      const column = load<u32>(a, 8);
      if (column != 0) store<f64>(usize(column) + (row << 3), f64(digitsBefore(p, i32(to - from))));
      if (!oneSpace(p)) return 0;
      p++;
      low &= low - 1;
      a += 12;
    } else if (op == OP_DATA_TIME) {
      storeDataTime(a + 4, row, false);
      a += 28;
    } else if (op == OP_BLOCKS) {
      p = usualBlocks(a + 4, p, row);
      if (p == 0) return 0;
      a += 12;
    } else if (op == OP_REQUEST) {
      if (load<u8>(p) != QUOTE) return 0;
      const close = findOrLineEnd(p + 1, usize(-1), QUOTE);
      if (load<u8>(close) != QUOTE || load<u8>(close - 1) == BACKSLASH) return 0;
      storeRequest(a + 4, row, p + 1, close, false);
      p = close + 1;
      a += 44;
    } else if (op == OP_ACCEPT) {
      if (load<u8>(p) == LF) break;
      if (!oneSpace(p)) return 0;
      p++;
      // The blank is the next instruction's.
      a += 12;
      openWindow(p);
      base = p;
    } else if (op == OP_SSL_ERRORS) {
      p = readSslErrors(load<u32>(a, 4), p, limit, row);
      if (p <= 1) return 0;
      a += 8;
    } else if (op == OP_END) {
      if (load<u8>(p) != LF) return 0;
      usualFormat = load<i32>(a, 4);
      break;
    } else {
      return 0;
    }
  }
  usualFlags = flags;
  return p;
}
