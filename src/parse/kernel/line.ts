// One line: finds its message by the accept date, then runs the format programs on it until one fits.
// A program (opcodes.ts) reads left to right and writes straight into row `row` of the wanted columns; a row counts
// only once the caller moves on from it, so a program that fails half-way leaves nothing behind.

import {
  FILL_ABSENT,
  FILL_MINUS_ONE,
  OP_ACCEPT,
  OP_BLANKS,
  OP_BLOCKS,
  OP_BYTE,
  OP_DATA_TIME,
  OP_END,
  OP_ERROR_TEXT,
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
import {
  CLOSE_BRACE,
  COLON,
  DASH,
  CLOSE_BRACKET,
  findLineEnd,
  findOrLineEnd,
  findTextEnd,
  GREATER,
  isBlank,
  isDigit,
  isLineEnd,
  LESS,
  LF,
  matches64,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SLASH,
  skipBlanks,
  TILDE,
} from './bytes';
import { dateValue, readDate } from './date';
import { intern } from './dictionary';
import { CUT, MISMATCH, noteFailure } from './failure';
import { readInts, readSize, sawPlus } from './integers';
import { absentRequest, closingQuote, storeRequest, storeSpan } from './request';

/** What became of a line. */
export const NO_RECORD: i32 = 0;
export const RECORD: i32 = 1;
/** The line ends where the format goes on, before the queues were complete. */
export const CUT_SHORT: i32 = 2;

const ABSENT: i32 = -2147483648;
const FLAG_TRUNCATED: i32 = 1;
const FLAG_PARTIAL_TIME: i32 = 2;
const FLAG_SSL: i32 = 16;

/** Of the record read last. */
export let recordKind: i32 = 0;
export let recordFormat: i32 = 0;
export let recordFlags: i32 = 0;

/** The client's token, set by findClient. */
export let clientStart: usize = 0;
export let clientEnd: usize = 0;

/** The first `[DD/` that follows a blank or begins the line; 0 if there is none before the line's end. */
// @ts-ignore: decorator
@inline
export function findAnchor(start: usize, end: usize): usize {
  let p = start;
  while (true) {
    let mask = matches64(p, OPEN_BRACKET);
    while (mask != 0) {
      const at = p + usize(ctz(mask));
      const four = load<u32>(at);
      // `[`, two digits, `/`, as one comparison: digits differ from '0' by at most 9 in their low nibble.
      if (((four & 0xfff0f0ff) == 0x2f30305b) && (((four + 0x00060600) & 0x00f0f000) == 0x00303000)) {
        if ((at == start || isBlank(load<u8>(at - 1))) && at + 4 <= end) return at;
      }
      if (load<u8>(at) == LF || at >= end) return 0;
      mask &= mask - 1;
    }
    p += 64;
    if (p >= end) return 0;
  }
}

/** One bit per blank among the 32 bytes before `p`; the highest is the nearest. */
// @ts-ignore: decorator
@inline
function blanksBefore(p: usize): u32 {
  const space = i8x16.splat(0x20);
  const tab = i8x16.splat(0x09);
  const far = v128.load(p - 32);
  const near = v128.load(p - 16);
  const low = u32(i8x16.bitmask(v128.or(i8x16.eq(far, space), i8x16.eq(far, tab))));
  return low | (u32(i8x16.bitmask(v128.or(i8x16.eq(near, space), i8x16.eq(near, tab)))) << 16);
}

/** Finds the client's token in front of the anchor. Out: whether there is one. */
// @ts-ignore: decorator
@inline
export function findClient(start: usize, anchor: usize): bool {
  let e = anchor - 1;
  while (e > start && isBlank(load<u8>(e - 1))) e--;
  if (e <= start) return false;
  let s = e;
  while (s > start) {
    const blanks = blanksBefore(s);
    if (blanks != 0) {
      s -= usize(clz(blanks));
      break;
    }
    s -= 32;
  }
  if (s <= start) {
    s = start;
    if (load<u8>(s) == LESS) s = afterPri(s, e);
  }
  clientStart = s;
  clientEnd = e;
  return s < e;
}

/** Past `<` 1 to 3 digits `>` at `p`, else `p`. */
export function afterPri(p: usize, end: usize): usize {
  let q = p + 1;
  while (q < end && q < p + 4 && isDigit(load<u8>(q))) q++;
  return q > p + 1 && q < end && load<u8>(q) == GREATER ? q + 1 : p;
}

/** Splits the client's token at its last `:` into address and port. Out: whether it has that form. */
// @ts-ignore: decorator
@inline
function readClient(a: usize, row: usize): bool {
  const e = clientEnd;
  const v = v128.load(e - 16);
  const digits = i8x16.lt_u(i8x16.sub(v, i8x16.splat(0x30)), i8x16.splat(10));
  const others = ~i8x16.bitmask(digits) & 0xffff;
  if (others == 0) return false;
  const colonIndex = 31 - i32(clz(others));
  let colon = e - 16 + usize(colonIndex);
  let port = ABSENT;
  if (colonIndex == 15) {
    if (load<u8>(colon) != DASH) return false;
    colon--;
  } else {
    if (colonIndex < 10) return false;
    if (load<u32>(a, 8) != 0) port = portBefore(e, 15 - colonIndex);
  }
  if (colon <= clientStart || load<u8>(colon) != COLON) return false;
  const ip = load<u32>(a);
  if (ip != 0) store<i32>(usize(ip) + row * 4, intern(load<u32>(a, 4), clientStart, u32(colon - clientStart)));
  const portColumn = load<u32>(a, 8);
  if (portColumn != 0) store<i32>(usize(portColumn) + row * 4, port);
  return true;
}

function portBefore(end: usize, length: i32): i32 {
  let value = 0;
  for (let p = end - usize(length); p < end; p++) value = value * 10 + i32(load<u8>(p) - 0x30);
  return value;
}

function fill(a: usize, count: i32, row: usize): void {
  for (let i = 0; i < count; i++) {
    const address = usize(load<u32>(a));
    const kind = load<u32>(a, 4);
    if (kind == FILL_ABSENT) store<i32>(address + row * 4, ABSENT);
    else if (kind == FILL_MINUS_ONE) store<i32>(address + row * 4, -1);
    else store<f64>(address + row * 8, NaN);
    a += 8;
  }
}

/** Past the blanks at `p`, of which there must be one. */
// @ts-ignore: decorator
@inline
function blanks(p: usize, end: usize): usize {
  if (isLineEnd(p, end)) return CUT;
  if (!isBlank(load<u8>(p))) return MISMATCH;
  p++;
  return p < end && isBlank(load<u8>(p)) ? skipBlanks(p, end) : p;
}

/** OP_TEXT; arguments at `a`. Out: the address past it, MISMATCH or CUT. */
// @ts-ignore: decorator
@inline
function readText(a: usize, p: usize, end: usize, row: usize): usize {
  const flags = load<u32>(a);
  const longest = load<u32>(a, 4);
  const q = findTextEnd(p, end, 0x20);
  if (q == p && (flags & TEXT_MAY_BE_EMPTY) == 0) return isLineEnd(p, end) ? CUT : MISMATCH;
  if (longest != 0 && q - p > usize(longest)) return MISMATCH;
  let valueEnd = q;
  if ((flags & TEXT_TILDE) != 0 && load<u8>(q - 1) == TILDE && q - p > 1) {
    valueEnd--;
    recordFlags |= FLAG_SSL;
  }
  const address = load<u32>(a, 8);
  if (address != 0) storeText(flags, address, load<u32>(a, 12), p, valueEnd, row);
  return (flags & TEXT_THEN_BLANKS) != 0 ? blanks(q, end) : q;
}

/** OP_TEXT_UNTIL, likewise. */
// @ts-ignore: decorator
@inline
function readTextUntil(a: usize, p: usize, end: usize, row: usize): usize {
  const stop = u8(load<u32>(a));
  const q = findTextEnd(p, end, stop);
  if (isLineEnd(q, end)) return CUT;
  if (load<u8>(q) != stop || q == p) return MISMATCH;
  const address = load<u32>(a, 8);
  if (address != 0) storeText(load<u32>(a, 4), address, load<u32>(a, 12), p, q, row);
  return q + 1;
}

// @ts-ignore: decorator
@inline
function storeText(flags: u32, address: usize, dictionary: usize, start: usize, end: usize, row: usize): void {
  const absent = (flags & TEXT_DASH) != 0 && end == start + 1 && load<u8>(start) == DASH;
  if ((flags & TEXT_SPAN) != 0) {
    if (absent) storeSpan(address, row, -1, -1);
    else storeSpan(address, row, start, end);
  } else {
    store<i32>(address + row * 4, absent ? -1 : intern(dictionary, start, u32(end - start)));
  }
}

/** Reads the captures; sets FLAG_TRUNCATED when the line ends before the request. Out: address of what follows, or MISMATCH. */
// @ts-ignore: decorator
@inline
function readBlocks(a: usize, p: usize, end: usize, row: usize): usize {
  const request = load<u32>(a);
  const response = load<u32>(a, 4);
  if (request != 0) storeSpan(request, row, -1, -1);
  if (response != 0) storeSpan(response, row, -1, -1);
  if (!isBlank(load<u8>(p)) && !isLineEnd(p, end)) return MISMATCH;
  p = skipBlanks(p, end);
  for (let block = 0; block < 2 && p < end && load<u8>(p) == OPEN_BRACE; block++) {
    const close = findOrLineEnd(p + 1, end, CLOSE_BRACE);
    const column = block == 0 ? request : response;
    if (column != 0) storeSpan(column, row, p + 1, close);
    if (close == end || load<u8>(close) != CLOSE_BRACE) {
      recordFlags |= FLAG_TRUNCATED;
      return close;
    }
    p = close + 1;
    if (!isBlank(load<u8>(p)) && !isLineEnd(p, end)) return MISMATCH;
    p = skipBlanks(p, end);
  }
  if (isLineEnd(p, end)) recordFlags |= FLAG_TRUNCATED;
  return p;
}

/** `I/H/I/I/I` of httpslog, each digits (H: hex digits) or `-`. */
export function readSslErrors(address: usize, p: usize, end: usize, row: usize): usize {
  const start = p;
  for (let i = 0; i < 5; i++) {
    const first = p;
    if (p < end && load<u8>(p) == DASH) {
      p++;
    } else {
      while (p < end && (isDigit(load<u8>(p)) || (i == 1 && u8((load<u8>(p) | 0x20) - 0x61) < 6))) p++;
    }
    if (p == first) return MISMATCH;
    if (i < 4) {
      if (p >= end || load<u8>(p) != SLASH) return MISMATCH;
      p++;
    }
  }
  if (p >= end || !isBlank(load<u8>(p))) return MISMATCH;
  if (address != 0) storeSpan(address, row, start, p);
  return skipBlanks(p, end);
}

/** `FRONTEND/BIND: TEXT`: the colon that ends the bind's name is the last of its word. */
function readErrorText(a: usize, p: usize, end: usize, row: usize): usize {
  const word = findTextEnd(p, end, 0x20);
  const slash = findTextEnd(p, word, SLASH);
  if (slash == p || slash >= word || word < slash + 2 || load<u8>(word - 1) != COLON) return MISMATCH;
  if (isLineEnd(skipBlanks(word, end), end)) return MISMATCH;
  let nameEnd = slash;
  if (load<u8>(nameEnd - 1) == TILDE && nameEnd - p > 1) {
    nameEnd--;
    recordFlags |= FLAG_SSL;
  }
  const address = load<u32>(a);
  if (address != 0) store<i32>(usize(address) + row * 4, intern(load<u32>(a, 4), p, u32(nameEnd - p)));
  return findLineEnd(word, end);
}

// @ts-ignore: decorator
@inline
function column(a: usize, at: usize, row: usize): i32 {
  const address = load<u32>(a + at);
  return address == 0 ? ABSENT : load<i32>(usize(address) + row * 4);
}

/** Td = Ta - (TR + Tw + Tc + Tr); see dataTime in src/model/timers.ts, whose rule this is. */
// @ts-ignore: decorator
@inline
function storeDataTime(a: usize, row: usize): void {
  const request = column(a, 4, row);
  const queue = column(a, 8, row);
  const connect = column(a, 12, row);
  const response = column(a, 16, row);
  const total = column(a, 20, row);
  let data = -1;
  if (
    (recordFlags & FLAG_PARTIAL_TIME) == 0 &&
    (total | queue | connect) >= 0 &&
    (request >= 0 || request == ABSENT) &&
    (response >= 0 || response == ABSENT)
  ) {
    const spent = i64(max(request, 0)) + queue + connect + max(response, 0);
    data = i32(max<i64>(0, i64(total) - spent));
  }
  store<i32>(usize(load<u32>(a)) + row * 4, data);
}

/** OP_HEAD: `CLIENT [DATE] `, the client being in front of `anchor`. Out: the address past it, MISMATCH or CUT. */
// @ts-ignore: decorator
@inline
function readHead(a: usize, anchor: usize, end: usize, row: usize): usize {
  if (!readClient(a, row)) return MISMATCH;
  const q = readDate(anchor + 1, end);
  if (q == MISMATCH || q >= end || load<u8>(q) != CLOSE_BRACKET) return MISMATCH;
  const address = load<u32>(a, 12);
  if (address != 0) store<f64>(usize(address) + row * 8, dateValue);
  return blanks(q + 1, end);
}

/** OP_REQUEST. Out: the address past the closing quote, or MISMATCH; where the line ends before it, FLAG_TRUNCATED is set. */
// @ts-ignore: decorator
@inline
function readRequest(a: usize, p: usize, end: usize, row: usize): usize {
  if ((recordFlags & FLAG_TRUNCATED) != 0) {
    absentRequest(a, row);
    return p;
  }
  if (load<u8>(p) != QUOTE) return MISMATCH;
  const close = closingQuote(p + 1, end);
  if (close != end && load<u8>(close) == QUOTE) {
    storeRequest(a, row, p + 1, close, false);
    return close + 1;
  }
  recordFlags |= FLAG_TRUNCATED;
  storeRequest(a, row, p + 1, close, true);
  return close;
}

/**
 * Runs the program at `program` on the message whose date stands at `anchor`, in a line that ends at `end`.
 * Out: RECORD with the record… globals set, NO_RECORD, or CUT_SHORT.
 */
export function run(program: usize, anchor: usize, end: usize, row: usize): i32 {
  recordKind = load<i32>(program);
  recordFormat = load<i32>(program, 4);
  recordFlags = 0;
  const fills = load<i32>(program, 8);
  const fillsAt = program + 12;
  if (fills != 0) fill(fillsAt, fills, row);
  let a = fillsAt + usize(fills) * 8;
  let p = anchor;
  let accepted: usize = 0;
  while (true) {
    const op = load<i32>(a);
    a += 4;
    let q: usize;
    switch (op) {
      case OP_TEXT: {
        q = readText(a, p, end, row);
        a += 16;
        break;
      }
      case OP_TEXT_UNTIL: {
        q = readTextUntil(a, p, end, row);
        a += 16;
        break;
      }
      case OP_INTS: {
        const count = load<i32>(a);
        const plus = load<i32>(a, 4);
        q = readInts(p, end, count, plus != 0, load<u32>(a, 12), a + 16, row);
        if (sawPlus) recordFlags |= plus;
        if (q > CUT && load<u32>(a, 8) != 0) q = blanks(q, end);
        a += 16 + (usize(count) << 2);
        break;
      }
      case OP_SIZE: {
        q = readSize(p, end, load<u32>(a, 4), row);
        if (sawPlus) recordFlags |= load<i32>(a);
        if (q > CUT) q = blanks(q, end);
        a += 8;
        break;
      }
      case OP_HEAD: {
        q = readHead(a, anchor, end, row);
        a += 16;
        break;
      }
      case OP_DATA_TIME: {
        storeDataTime(a, row);
        q = p;
        a += 24;
        break;
      }
      case OP_BLOCKS: {
        q = readBlocks(a, p, end, row);
        a += 8;
        break;
      }
      case OP_REQUEST: {
        q = readRequest(a, p, end, row);
        if (q != MISMATCH && (recordFlags & FLAG_TRUNCATED) != 0) return RECORD;
        a += 40;
        break;
      }
      case OP_WINDOW: {
        q = p;
        break;
      }
      case OP_ACCEPT: {
        if (isLineEnd(p, end)) return RECORD;
        q = isBlank(load<u8>(p)) ? p : MISMATCH;
        accepted = q;
        a += 4;
        break;
      }
      case OP_BLANKS: {
        q = blanks(p, end);
        break;
      }
      case OP_BYTE: {
        q = isLineEnd(p, end) ? CUT : load<u8>(p) == u8(load<u32>(a)) ? p + 1 : MISMATCH;
        a += 4;
        break;
      }
      case OP_SSL_ERRORS: {
        q = readSslErrors(load<u32>(a), p, end, row);
        a += 4;
        break;
      }
      case OP_ERROR_TEXT: {
        q = readErrorText(a, p, end, row);
        a += 8;
        break;
      }
      default: {
        // OP_END
        const strict = load<u32>(a, 4) != 0;
        if (isLineEnd(p, end) || (isBlank(load<u8>(p)) && (!strict || isLineEnd(skipBlanks(p, end), end)))) {
          recordFormat = load<i32>(a);
          return RECORD;
        }
        q = MISMATCH;
      }
    }
    if (q <= CUT) {
      if (accepted != 0) {
        fill(fillsAt, fills, row);
        return RECORD;
      }
      noteFailure(p, op);
      return q == CUT ? CUT_SHORT : NO_RECORD;
    }
    p = q;
  }
}
