/**
 * Line after line: the anchor and the client of each, as kernel/anchor.ts finds them, and its end. The code for the
 * fields stands between, in one block, which every check leaves that finds the line unusual: the kernel goes on there.
 */

import { LF, type LineCode, marks64, OPEN_BRACKET, SPACE } from './line-code.ts';

const LESS = 0x3c;

/** Opens the loop over the lines and, in it, the block of one line; leaves both where lines or rows end. */
export function beginLine(c: LineCode): void {
  const { f } = c;
  f.loop().block();
  f.get(c.at, c.limit).do('i32_ge_u').get(c.row, c.rowLimit).do('i32_ge_u', 'i32_or');
  c.failIf();
  f.get(c.row).i32(2).do('i32_shl').set(c.row4);
  f.get(c.row).i32(3).do('i32_shl').set(c.row8);
  f.i32(0).set(c.flags);
  anchor(c);
  client(c);
}

/** Closes what `beginLine` opened. */
export function endLines({ f }: LineCode): void {
  f.do('end', 'end');
}

/** The first `[DD/` of the line, behind a space. Gives up at LF. */
function anchor(c: LineCode): void {
  const { f } = c;
  const [mask, base, at, four] = [c.y, c.p, c.q, c.x];
  f.get(c.at).set(base);
  f.block().loop();
  marks64(f, base, () => f.bytes16(OPEN_BRACKET), c.v);
  f.set(mask);
  f.block().loop();
  f.get(mask).do('i64_eqz').branchIf(1);
  f.get(base, mask).do('i64_ctz', 'i32_wrap_i64', 'i32_add').tee(at).memory('i32_load').tee(four);
  f.i32(0xff).do('i32_and').i32(LF).do('i32_eq').branchIf(4);
  // `[`, two digits, `/`: digits differ from '0' by at most 9 in their low nibble, so that adding 6 leaves the high one.
  f.get(four).i32(0xfff0f0ff).do('i32_and').i32(0x2f30305b).do('i32_eq');
  f.get(four).i32(0x00060600).do('i32_add').i32(0x00f0f000).do('i32_and').i32(0x00303000).do('i32_eq', 'i32_and').branchIf(3);
  f.get(mask, mask).i64(1n).do('i64_sub', 'i64_and').set(mask).branch(0);
  f.do('end', 'end');
  f.get(base).i32(64).do('i32_add').set(base).branch(0);
  f.do('end', 'end');
  f.get(at).tee(c.anchor).i32(1).do('i32_sub');
  c.expectByte(SPACE);
}

/** The run of bytes in front of the anchor's space, at most 32, behind a space or at the line's beginning. */
function client(c: LineCode): void {
  const { f } = c;
  const start = c.clientStart;
  f.get(c.anchor).i32(1).do('i32_sub').tee(c.clientEnd).i32(32).do('i32_sub').tee(c.q);
  f.memory('v128_load')
    .bytes16(SPACE + 1)
    .do('i8x16_lt_u', 'i8x16_bitmask');
  f.get(c.q)
    .memory('v128_load', 16)
    .bytes16(SPACE + 1)
    .do('i8x16_lt_u', 'i8x16_bitmask')
    .i32(16)
    .do('i32_shl', 'i32_or')
    .tee(c.x);
  f.do('i32_eqz');
  c.failIf();
  f.get(c.clientEnd, c.x).do('i32_clz', 'i32_sub').tee(start).get(c.at).do('i32_eq').if();
  // A PRI may stand glued to the client: the kernel takes it off.
  f.get(start).memory('i32_load8_u').i32(LESS).do('i32_eq').branchIf(1);
  f.do('else').get(start).i32(1).do('i32_sub').memory('i32_load8_u').i32(SPACE).do('i32_ne').branchIf(1).do('end');
  f.get(c.clientEnd, start).do('i32_le_u');
  c.failIf();
}

/** The line is read, p at its LF: fills what all records have, and goes on with the next. In: blocks between here and that of the line. */
export function accept(c: LineCode, format: number, depth: number): void {
  const { f } = c;
  const columns = c.environment;
  const [kind = 0] = c.program;
  f.get(c.p, c.at).do('i32_sub').i32(columns.maxLine).do('i32_gt_u').branchIf(depth);
  f.get(c.row4).i32(kind).memory('i32_store', columns.kind);
  f.get(c.row4, c.flags).memory('i32_store', columns.flags);
  if (columns.format !== 0) f.get(c.row4).i32(format).memory('i32_store', columns.format);
  if (columns.line !== 0) {
    f.get(c.row4, c.at).memory('i32_store', columns.line);
    f.get(c.row4, c.p).memory('i32_store', columns.line + columns.spanEnds);
  }
  if (columns.lineNumber !== 0) {
    f.get(c.row8, c.firstNumber, c.row).do('f64_convert_i32_s', 'f64_add').memory('f64_store', columns.lineNumber);
  }
  f.get(c.p).i32(1).do('i32_add').set(c.at);
  f.get(c.row).i32(1).do('i32_add').set(c.row);
  f.branch(depth + 1);
}
