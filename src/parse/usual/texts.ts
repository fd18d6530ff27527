/** Names, captures and the request. */

import { FLAG_SSL } from '../../model/columns.ts';
import * as op from '../opcodes.ts';
import {
  BACKSLASH,
  CLOSE_BRACE,
  DASH,
  FIND,
  INTERN,
  type LineCode,
  OPEN_BRACE,
  QUOTE,
  REQUEST_ARGUMENTS,
  SLASH,
  SPACE,
  STORE_REQUEST,
  TILDE,
} from './line-code.ts';
import { I32 } from './wasm-writer.ts';

/** Which words of OP_REQUEST's arguments are dictionaries or switches. */
const NOT_COLUMNS: readonly number[] = [2, 5, 8, 9];

export function text(c: LineCode): void {
  const { f } = c;
  const [flags, longest, column, dictionary] = [c.word(), c.word(), c.word(), c.word()];
  c.fieldEnd();
  f.get(c.q, c.p).do((flags & op.TEXT_MAY_BE_EMPTY) !== 0 ? 'i32_lt_u' : 'i32_le_u');
  c.failIf();
  if (longest !== 0) {
    f.get(c.q, c.p).do('i32_sub').i32(longest).do('i32_gt_u');
    c.failIf();
  }
  let end = c.q;
  if ((flags & op.TEXT_TILDE) !== 0) {
    end = f.local(I32);
    f.get(c.q).i32(1).do('i32_sub').memory('i32_load8_u').i32(TILDE).do('i32_eq');
    f.get(c.q, c.p).do('i32_sub').i32(1).do('i32_gt_u', 'i32_and').set(c.x);
    f.get(c.q, c.x).do('i32_sub').set(end);
    f.get(c.x).i32(Math.log2(FLAG_SSL)).do('i32_shl').set(c.flags);
  }
  if (column !== 0) keep(c, flags, column, dictionary, end);
  if ((flags & op.TEXT_THEN_BLANKS) !== 0) c.passSpace();
  else {
    // What the next window or byte finds here decides whether the field may end so.
    f.get(c.q).set(c.p);
  }
}

export function textUntil(c: LineCode): void {
  const { f } = c;
  const [stop, flags, column, dictionary] = [c.word(), c.word(), c.word(), c.word()];
  if (stop !== SLASH) {
    f.branch(0);
    return;
  }
  f.get(c.slashes).i64(-1n).get(c.p, c.base).do('i32_sub', 'i64_extend_i32_u', 'i64_shl', 'i64_and', 'i64_ctz').tee(c.to);
  f.get(c.low).do('i64_ctz').do('i64_le_u', 'i32_eqz').get(c.to).i64(63n).do('i64_gt_u', 'i32_or');
  c.failIf();
  f.get(c.base, c.to).do('i32_wrap_i64', 'i32_add').tee(c.q).get(c.p).do('i32_le_u');
  c.failIf();
  if (column !== 0) keep(c, flags, column, dictionary, c.q);
  f.get(c.q).i32(1).do('i32_add').set(c.p);
}

/** Stores the text from p to local `end`. */
function keep(c: LineCode, flags: number, column: number, dictionary: number, end: number): void {
  const { f } = c;
  const dash = (flags & op.TEXT_DASH) !== 0;
  if (dash) {
    f.get(end, c.p).do('i32_sub').i32(1).do('i32_eq').get(c.p).memory('i32_load8_u').i32(DASH).do('i32_eq', 'i32_and').set(c.x);
  }
  if ((flags & op.TEXT_SPAN) !== 0) {
    for (const [value, offset] of [
      [c.p, 0],
      [end, c.environment.spanEnds],
    ] as const) {
      f.get(c.row4);
      if (dash) f.i32(-1).get(value, c.x).do('select');
      else f.get(value);
      f.memory('i32_store', column + offset);
    }
    return;
  }
  f.get(c.row4);
  if (dash) f.get(c.x).if(I32).i32(-1).do('else');
  intern(c, dictionary, end);
  if (dash) f.do('end');
  f.memory('i32_store', column);
}

/** The id of the text from p to local `end`; without a call where it is the short text that was asked for last. */
function intern(c: LineCode, dictionary: number, end: number): void {
  const { f } = c;
  const { dictionaryLast } = c.environment;
  f.get(end, c.p).do('i32_sub').set(c.x);
  f.i32(dictionary).memory('i32_load', dictionaryLast).tee(c.last).memory('i32_load', 4).get(c.x).do('i32_ne');
  f.get(c.p).memory('v128_load').get(c.last).memory('v128_load', 8).do('v128_xor');
  f.bytesUp().get(c.x).do('i8x16_splat', 'i8x16_lt_u', 'v128_and', 'v128_any_true', 'i32_or');
  f.if(I32).i32(dictionary).get(c.p, c.x).call(INTERN).do('else').get(c.last).memory('i32_load').do('end');
}

/** p = past `{…} `, once or twice, if there; before it one space. */
export function blocks(c: LineCode): void {
  const { f } = c;
  const columns = [c.word(), c.word()];
  for (const column of columns)
    if (column !== 0)
      storeSpan(
        c,
        column,
        () => f.i32(-1),
        () => f.i32(-1),
      );
  f.get(c.p);
  c.expectByte(SPACE);
  f.get(c.p).i32(1).do('i32_add').set(c.p);
  f.block();
  for (const column of columns) {
    f.get(c.p).memory('i32_load8_u').i32(OPEN_BRACE).do('i32_ne').branchIf(0);
    f.get(c.p).i32(1).do('i32_add').bytes16(CLOSE_BRACE).call(FIND).tee(c.q).memory('i32_load16_u');
    f.i32(CLOSE_BRACE | (SPACE << 8))
      .do('i32_ne')
      .branchIf(1);
    if (column !== 0)
      storeSpan(
        c,
        column,
        () => f.get(c.p).i32(1).do('i32_add'),
        () => f.get(c.q),
      );
    f.get(c.q).i32(2).do('i32_add').set(c.p);
  }
  f.do('end');
}

function storeSpan(c: LineCode, column: number, start: () => void, end: () => void): void {
  const { f } = c;
  f.get(c.row4);
  start();
  f.memory('i32_store', column).get(c.row4);
  end();
  f.memory('i32_store', column + c.environment.spanEnds);
}

/** p = past the quoted request; what is wanted of it the kernel stores, from the instruction's arguments in memory. */
export function request(c: LineCode): void {
  const { f } = c;
  const argumentsAt = c.environment.program + c.next * 4;
  const columns = Array.from({ length: REQUEST_ARGUMENTS }, () => c.word()).filter((_, index) => !NOT_COLUMNS.includes(index));
  f.get(c.p);
  c.expectByte(QUOTE);
  f.get(c.p).i32(1).do('i32_add').tee(c.p).bytes16(QUOTE).call(FIND).tee(c.q);
  c.expectByte(QUOTE);
  f.get(c.q).i32(1).do('i32_sub').memory('i32_load8_u').i32(BACKSLASH).do('i32_eq');
  c.failIf();
  if (columns.some((column) => column !== 0)) {
    f.i32(argumentsAt).get(c.row, c.p, c.q).i32(0).call(STORE_REQUEST);
  }
  f.get(c.q).i32(1).do('i32_add').set(c.p);
}
