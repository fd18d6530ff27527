// Where a line's message begins: the accept date is the anchor, and the client stands in front of it (GRAMMAR.md).

import { COLON, DASH, GREATER, isBlank, isDigit, LESS, LF, matches64, OPEN_BRACKET, SLASH } from './bytes';
import { ABSENT } from './record';

/** The client's token, set by findClient. */
let clientStart: usize = 0;
let clientEnd: usize = 0;

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
export function readClient(a: usize, row: usize): bool {
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
  if (ip != 0) {
    store<i32>(usize(ip) + row * 4, i32(clientStart));
    store<i32>(usize(load<u32>(a, 4)) + row * 4, i32(colon - clientStart));
  }
  const portColumn = load<u32>(a, 8);
  if (portColumn != 0) store<i32>(usize(portColumn) + row * 4, port);
  return true;
}

function portBefore(end: usize, length: i32): i32 {
  let value = 0;
  for (let p = end - usize(length); p < end; p++) value = value * 10 + i32(load<u8>(p) - 0x30);
  return value;
}
