// Searching bytes sixteen at a time. Every search may read up to 64 bytes past `end`: the input buffer is padded.

export const LF: u8 = 0x0a;
export const CR: u8 = 0x0d;
export const SPACE: u8 = 0x20;
export const TAB: u8 = 0x09;
export const QUOTE: u8 = 0x22;
export const HASH: u8 = 0x23;
export const PLUS: u8 = 0x2b;
export const DASH: u8 = 0x2d;
export const SLASH: u8 = 0x2f;
export const COLON: u8 = 0x3a;
export const LESS: u8 = 0x3c;
export const GREATER: u8 = 0x3e;
export const QUESTION: u8 = 0x3f;
export const BACKSLASH: u8 = 0x5c;
export const OPEN_BRACKET: u8 = 0x5b;
export const CLOSE_BRACKET: u8 = 0x5d;
export const OPEN_BRACE: u8 = 0x7b;
export const CLOSE_BRACE: u8 = 0x7d;
export const TILDE: u8 = 0x7e;

// @ts-ignore: decorator
@inline
export function isBlank(byte: u8): bool {
  return byte == SPACE || byte == TAB;
}

// @ts-ignore: decorator
@inline
export function isDigit(byte: u8): bool {
  return u8(byte - 0x30) < 10;
}

/** One bit per byte of the sixteen at `p` that equals `byte`. */
// @ts-ignore: decorator
@inline
export function matches(p: usize, byte: u8): i32 {
  return i8x16.bitmask(i8x16.eq(v128.load(p), i8x16.splat(byte)));
}

/** One bit per byte of the sixteen at `p` that is a blank, LF or `stop`. */
// @ts-ignore: decorator
@inline
function textEnds(p: usize, stop: u8): i32 {
  const v = v128.load(p);
  return i8x16.bitmask(
    v128.or(
      v128.or(i8x16.eq(v, i8x16.splat(SPACE)), i8x16.eq(v, i8x16.splat(TAB))),
      v128.or(i8x16.eq(v, i8x16.splat(LF)), i8x16.eq(v, i8x16.splat(stop))),
    ),
  );
}

/** Where a blank, LF or `stop` stands first in [p, end), else `end`. */
// @ts-ignore: decorator
@inline
export function findTextEnd(p: usize, end: usize, stop: u8): usize {
  const first = textEnds(p, stop);
  if (first != 0) return min(p + usize(ctz(first)), end);
  return findTextEndFar(p + 16, end, stop);
}

function findTextEndFar(p: usize, end: usize, stop: u8): usize {
  while (p < end) {
    const mask = textEnds(p, stop);
    if (mask != 0) return min(p + usize(ctz(mask)), end);
    p += 16;
  }
  return end;
}

/** One bit per byte of the 64 at `p` that equals `byte` or is LF. */
// @ts-ignore: decorator
@inline
export function matches64(p: usize, byte: u8): u64 {
  const b = i8x16.splat(byte);
  const lf = i8x16.splat(LF);
  const v0 = v128.load(p);
  const v1 = v128.load(p, 16);
  const v2 = v128.load(p, 32);
  const v3 = v128.load(p, 48);
  const m0 = u64(u32(i8x16.bitmask(v128.or(i8x16.eq(v0, b), i8x16.eq(v0, lf)))));
  const m1 = u64(u32(i8x16.bitmask(v128.or(i8x16.eq(v1, b), i8x16.eq(v1, lf)))));
  const m2 = u64(u32(i8x16.bitmask(v128.or(i8x16.eq(v2, b), i8x16.eq(v2, lf)))));
  const m3 = u64(u32(i8x16.bitmask(v128.or(i8x16.eq(v3, b), i8x16.eq(v3, lf)))));
  return m0 | (m1 << 16) | (m2 << 32) | (m3 << 48);
}

/** Where `byte` or LF stands first in [p, end), else `end`. Sixty-four at a time, without a branch within: field lengths vary from line to line, and a mispredicted branch costs more than the comparisons. */
// @ts-ignore: decorator
@inline
export function findOrLineEnd(p: usize, end: usize, byte: u8): usize {
  while (p < end) {
    const mask = matches64(p, byte);
    if (mask != 0) return min(p + usize(ctz(mask)), end);
    p += 64;
  }
  return end;
}

/** Where `byte` stands first in [p, end), else `end`. */
// @ts-ignore: decorator
@inline
export function find(p: usize, end: usize, byte: u8): usize {
  while (p < end) {
    const mask = matches(p, byte);
    if (mask != 0) return min(p + usize(ctz(mask)), end);
    p += 16;
  }
  return end;
}

/** Address past the last LF in [from, to), or `from` if there is none. */
export function afterLastLineEnd(from: usize, to: usize): usize {
  while (to > from && load<u8>(to - 1) != LF) to--;
  return to;
}

/** Whether the line is over at `p`: at its known end, at LF, or at CR LF. */
// @ts-ignore: decorator
@inline
export function isLineEnd(p: usize, end: usize): bool {
  if (p >= end) return true;
  const byte = load<u8>(p);
  return byte == LF || (byte == CR && p + 1 < end && load<u8>(p, 1) == LF);
}

/** Where LF stands first in [p, end), else `end`. */
export function findLineEnd(p: usize, end: usize): usize {
  return findOrLineEnd(p, end, LF);
}

/** Past the blanks at `p`. */
// @ts-ignore: decorator
@inline
export function skipBlanks(p: usize, end: usize): usize {
  while (p < end && isBlank(load<u8>(p))) p++;
  return p;
}
