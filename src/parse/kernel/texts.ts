// Names, captures, and what else is text in a line. The readers return the address past what they read, MISMATCH or CUT.

import { TEXT_DASH, TEXT_MAY_BE_EMPTY, TEXT_SPAN, TEXT_THEN_BLANKS, TEXT_TILDE } from '../opcodes';
import {
  CLOSE_BRACE,
  COLON,
  DASH,
  findLineEnd,
  findOrLineEnd,
  findTextEnd,
  isBlank,
  isDigit,
  isLineEnd,
  OPEN_BRACE,
  skipBlanks,
  SLASH,
  TILDE,
} from './bytes';
import { intern } from './dictionary';
import { CUT, MISMATCH } from './failure';
import { addFlags, FLAG_SSL, FLAG_TRUNCATED } from './record';
import { storeSpan } from './request';

/** Past the blanks at `p`, of which there must be one. */
// @ts-ignore: decorator
@inline
export function blanks(p: usize, end: usize): usize {
  if (isLineEnd(p, end)) return CUT;
  if (!isBlank(load<u8>(p))) return MISMATCH;
  p++;
  return p < end && isBlank(load<u8>(p)) ? skipBlanks(p, end) : p;
}

/** OP_TEXT; arguments at `a`. Out: the address past it, MISMATCH or CUT. */
// @ts-ignore: decorator
@inline
export function readText(a: usize, p: usize, end: usize, row: usize): usize {
  const flags = load<u32>(a);
  const longest = load<u32>(a, 4);
  const q = findTextEnd(p, end, 0x20);
  if (q == p && (flags & TEXT_MAY_BE_EMPTY) == 0) return isLineEnd(p, end) ? CUT : MISMATCH;
  if (longest != 0 && q - p > usize(longest)) return MISMATCH;
  let valueEnd = q;
  if ((flags & TEXT_TILDE) != 0 && load<u8>(q - 1) == TILDE && q - p > 1) {
    valueEnd--;
    addFlags(FLAG_SSL);
  }
  const address = load<u32>(a, 8);
  if (address != 0) storeText(flags, address, load<u32>(a, 12), p, valueEnd, row);
  return (flags & TEXT_THEN_BLANKS) != 0 ? blanks(q, end) : q;
}

/** OP_TEXT_UNTIL, likewise. */
// @ts-ignore: decorator
@inline
export function readTextUntil(a: usize, p: usize, end: usize, row: usize): usize {
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
export function readBlocks(a: usize, p: usize, end: usize, row: usize): usize {
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
      addFlags(FLAG_TRUNCATED);
      return close;
    }
    p = close + 1;
    if (!isBlank(load<u8>(p)) && !isLineEnd(p, end)) return MISMATCH;
    p = skipBlanks(p, end);
  }
  if (isLineEnd(p, end)) addFlags(FLAG_TRUNCATED);
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
export function readErrorText(a: usize, p: usize, end: usize, row: usize): usize {
  const word = findTextEnd(p, end, 0x20);
  const slash = findTextEnd(p, word, SLASH);
  if (slash == p || slash >= word || word < slash + 2 || load<u8>(word - 1) != COLON) return MISMATCH;
  if (isLineEnd(skipBlanks(word, end), end)) return MISMATCH;
  let nameEnd = slash;
  if (load<u8>(nameEnd - 1) == TILDE && nameEnd - p > 1) {
    nameEnd--;
    addFlags(FLAG_SSL);
  }
  const address = load<u32>(a);
  if (address != 0) store<i32>(usize(address) + row * 4, intern(load<u32>(a, 4), p, u32(nameEnd - p)));
  return findLineEnd(word, end);
}
