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

/** Where a blank or `stop` stands first in [p, end), else `end`. */
// @ts-ignore: decorator
@inline
export function findBlankOr(p: usize, end: usize, stop: u8): usize {
  while (p < end) {
    const v = v128.load(p);
    const mask = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(v, i8x16.splat(SPACE)), i8x16.eq(v, i8x16.splat(TAB))),
        i8x16.eq(v, i8x16.splat(stop)),
      ),
    );
    if (mask != 0) return min(p + usize(ctz(mask)), end);
    p += 16;
  }
  return end;
}

/** Where LF stands first in [p, end), else `end`; the widest step, for it passes over every byte. */
export function findLineEnd(p: usize, end: usize): usize {
  const lf = i8x16.splat(LF);
  while (p < end) {
    const a = i8x16.eq(v128.load(p), lf);
    const b = i8x16.eq(v128.load(p, 16), lf);
    const c = i8x16.eq(v128.load(p, 32), lf);
    const d = i8x16.eq(v128.load(p, 48), lf);
    if (v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) {
      const low = u64(u32(i8x16.bitmask(a))) | (u64(u32(i8x16.bitmask(b))) << 16);
      const high = u64(u32(i8x16.bitmask(c))) | (u64(u32(i8x16.bitmask(d))) << 16);
      return min(p + usize(ctz(low | (high << 32))), end);
    }
    p += 64;
  }
  return end;
}

/** Past the blanks at `p`. */
// @ts-ignore: decorator
@inline
export function skipBlanks(p: usize, end: usize): usize {
  while (p < end && isBlank(load<u8>(p))) p++;
  return p;
}
