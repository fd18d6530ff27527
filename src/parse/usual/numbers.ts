/** Integers, sizes, and the data time that follows from the timers. */

import { type LineCode, READ_INTS } from './line-code.ts';
import { I32 } from './wasm-writer.ts';

/** Digits of an integer, and of a size, that is read here; longer ones are the kernel's. */
const INT_DIGITS = 4;
const SIZE_DIGITS = 8;

/**
 * Leaves on the stack 0 if the field at p is `count` integers of 1 to INT_DIGITS digits with `/` between: count - 1
 * slashes and no other non-digit, none of them first, last or behind another, and no longer run of digits. Sets from,
 * to, and q, the field's end; gives up if the field is empty or does not end within the window.
 */
function unlessInts(c: LineCode, count: number, longest: number): void {
  const { f } = c;
  const [from, to, within, marks, digits, y] = [c.from, c.to, c.within, c.marks, c.digits, c.y];
  f.get(c.p, c.base).do('i32_sub', 'i64_extend_i32_u').set(from);
  f.get(c.low).do('i64_ctz').tee(to).get(from).do('i64_le_u').get(c.low).do('i64_eqz', 'i32_or');
  c.failIf();
  f.get(c.base, to).do('i32_wrap_i64', 'i32_add').set(c.q);
  f.i64(1n).get(to).do('i64_shl').i64(1n).get(from).do('i64_shl', 'i64_sub').set(within);
  if (count === 1) {
    f.get(c.others, within).do('i64_and', 'i64_eqz', 'i32_eqz');
    f.get(to, from).do('i64_sub').i64(BigInt(longest)).do('i64_gt_u', 'i32_or');
    return;
  }
  f.get(c.slashes, within).do('i64_and').set(marks);
  f.get(within, marks).do('i64_xor').set(digits);
  // No non-digit but the slashes.
  f.get(c.others, within).do('i64_and').get(marks).do('i64_xor');
  // No slash behind a slash, first, or last.
  f.get(marks, marks).i64(1n).do('i64_shl').i64(1n).get(from).do('i64_shl', 'i64_or');
  f.i64(1n).get(to).i64(1n).do('i64_sub', 'i64_shl', 'i64_or', 'i64_and', 'i64_or');
  // No five digits in a row: pairs, fours, and one more.
  f.get(digits, digits).i64(1n).do('i64_shr_u', 'i64_and').set(y);
  f.get(y, y).i64(2n).do('i64_shr_u', 'i64_and').get(digits).i64(4n).do('i64_shr_u', 'i64_and', 'i64_or');
  f.get(marks)
    .do('i64_popcnt')
    .i64(BigInt(count - 1))
    .do('i64_xor', 'i64_or', 'i64_eqz', 'i32_eqz');
}

export function ints(c: LineCode): void {
  const { f } = c;
  const [count, , blank, wanted, addresses] = [c.word(), c.word(), c.word(), c.word(), c.next];
  const columns = Array.from({ length: count }, () => c.word());
  for (const column of columns) if (column !== 0) c.values.set(column, f.local(I32));
  unlessInts(c, count, INT_DIGITS);
  // A timer that was never reached, -1, is usual enough: the kernel reads such a group, and the line goes on.
  f.if();
  f.get(c.p, c.limit)
    .i32(count)
    .i32(0)
    .i32(c.environment.program + addresses * 4)
    .get(c.row)
    .call(READ_INTS);
  f.get(c.q).do('i32_ne').branchIf(1);
  for (const column of columns)
    if (column !== 0)
      f.get(c.row4)
        .memory('i32_load', column)
        .set(c.values.get(column) as number);
  f.do('else');
  storeInts(c, columns, wanted);
  f.do('end');
  if (blank !== 0) c.passSpace();
  else f.get(c.q).set(c.p);
}

/** Stores the wanted of the integers in the field. On the way, to is the end of each, from its beginning, marks what is ahead. */
function storeInts(c: LineCode, columns: readonly number[], wanted: number): void {
  const { f } = c;
  if (wanted !== 0 && columns.length > 1) f.get(c.marks).i64(1n).get(c.to).do('i64_shl', 'i64_or').set(c.marks);
  for (const [index, column] of columns.entries()) {
    if (wanted >>> index === 0) break;
    if (columns.length > 1) f.get(c.marks).do('i64_ctz').set(c.to);
    if (column !== 0) storeInt(c, column);
    if (wanted >>> (index + 1) !== 0) {
      f.get(c.to).i64(1n).do('i64_add').set(c.from);
      f.get(c.marks, c.marks).i64(1n).do('i64_sub', 'i64_and').set(c.marks);
    }
  }
}

/** Stores the integer between from and to, and keeps it for what is derived from it. */
function storeInt(c: LineCode, column: number): void {
  const { f } = c;
  // As digitsBefore of LineCode, for up to four digits.
  f.get(c.row4);
  f.get(c.base, c.to).do('i32_wrap_i64', 'i32_add').i32(4).do('i32_sub').memory('i32_load').i32(0x30303030).do('i32_xor');
  f.i32(-1).i32(32).get(c.to, c.from).do('i64_sub', 'i32_wrap_i64').i32(3).do('i32_shl', 'i32_sub', 'i32_shl', 'i32_and').tee(c.x);
  f.i32(10).do('i32_mul').get(c.x).i32(8).do('i32_shr_u', 'i32_add').tee(c.x).i32(0xff).do('i32_and').i32(100).do('i32_mul');
  f.get(c.x).i32(16).do('i32_shr_u').i32(0xff).do('i32_and', 'i32_add');
  f.tee(c.values.get(column) as number).memory('i32_store', column);
}

export function size(c: LineCode): void {
  const { f } = c;
  const [, column] = [c.word(), c.word()];
  unlessInts(c, 1, SIZE_DIGITS);
  c.failIf();
  if (column !== 0) {
    f.get(c.row8);
    c.digitsBefore(
      () => f.get(c.q),
      () => f.get(c.to, c.from).do('i64_sub').i64(3n).do('i64_shl'),
    );
    f.do('f64_convert_i32_s').memory('f64_store', column);
  }
  c.passSpace();
}

/** The total less the other timers, not below 0; -1 if any of them was never reached (model/timers.ts). */
export function dataTime(c: LineCode): void {
  const { f } = c;
  const column = c.word();
  const inputs = [c.word(), c.word(), c.word(), c.word(), c.word()];
  const values = inputs.flatMap((input) => c.values.get(input) ?? []);
  const total = values.pop() as number;
  f.get(total).do('i64_extend_i32_s');
  for (const value of values) f.get(value).do('i64_extend_i32_s', 'i64_sub');
  // Below 0 its sign, spread over the word, clears it.
  f.tee(c.y).i64(63n).do('i64_shr_s').i64(-1n).do('i64_xor').get(c.y).do('i64_and', 'i32_wrap_i64').set(c.x);
  f.get(c.row4).i32(-1).get(c.x, total);
  for (const value of values) f.get(value).do('i32_or');
  f.i32(0).do('i32_lt_s', 'select').memory('i32_store', column);
}
