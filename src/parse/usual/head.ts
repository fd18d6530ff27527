/** `CLIENT [DATE] `, around the anchor. */

import { CLOSE_BRACKET, COLON, KNOW_DATE, type LineCode } from './line-code.ts';

/** Bytes of DD/Mon/YYYY:hh:mm:ss.mmm. */
const DATE_BYTES = 24;

export function head(c: LineCode): void {
  const { f } = c;
  const [ip, lengths, port, dateColumn] = [c.word(), c.word(), c.word(), c.word()];
  // The last non-digit of the client is the colon, with 1 to 5 digits behind it.
  f.get(c.clientEnd).i32(16).do('i32_sub').tee(c.q).memory('v128_load').bytes16(0x30).do('i8x16_sub');
  f.bytes16(9).do('i8x16_gt_u', 'i8x16_bitmask', 'i32_clz').i32(31).do('i32_xor').tee(c.x);
  f.i32(10).do('i32_sub').i32(4).do('i32_gt_u');
  c.failIf();
  f.get(c.q, c.x).do('i32_add').tee(c.q).get(c.clientStart).do('i32_le_u');
  c.failIf();
  f.get(c.q);
  c.expectByte(COLON);
  if (port !== 0) {
    f.get(c.row4);
    f.i32(15).get(c.x).do('i32_sub').i32(3).do('i32_shl').set(c.x);
    c.digitsBefore(
      () => f.get(c.clientEnd),
      () => f.get(c.x).do('i64_extend_i32_u'),
    );
    f.memory('i32_store', port);
  }
  if (ip !== 0) {
    f.get(c.row4, c.clientStart).memory('i32_store', ip);
    f.get(c.row4, c.q, c.clientStart).do('i32_sub').memory('i32_store', lengths);
  }
  date(c, dateColumn);
  f.get(c.anchor)
    .i32(DATE_BYTES + 3)
    .do('i32_add')
    .set(c.p);
}

/** Offsets in what the kernel knows of the dates at hand. */
const QUARTER_START = 16;
const QUARTER_EPOCH = 24;
const QUARTER_SECONDS = 900;

/** `[DD/Mon/YYYY:hh:mm:ss.mmm] `: by day and quarter of an hour, which the kernel makes known where they are not. */
function date(c: LineCode, column: number): void {
  const { knownDate } = c.environment;
  const { f } = c;
  const time = c.y;
  // Digits become 0 to 9 and colons 0; six more overflow the low half of a byte that is anything else.
  f.get(c.anchor).memory('i64_load', 13).i64(0x30303a30303a3030n).do('i64_xor').tee(time);
  f.get(time).i64(0x0606000606000606n).do('i64_add', 'i64_or').i64(0xf0f0fff0f0fff0f0n).do('i64_and', 'i64_eqz', 'i32_eqz');
  const fraction = c.x;
  f.get(c.anchor).memory('i32_load', 21).i32(0x3030302e).do('i32_xor').tee(fraction).i32(0xff).do('i32_and', 'i32_or');
  f.get(fraction).i32(0x06060600).do('i32_add').get(fraction).do('i32_or').i32(0xf0f0f000).do('i32_and', 'i32_or');
  c.failIf();
  f.get(c.anchor)
    .i32(DATE_BYTES + 1)
    .do('i32_add');
  c.expectByte(CLOSE_BRACKET);
  c.expectOneSpace(c.anchor, DATE_BYTES + 2);
  const second = c.q;
  digitPair(c, 0);
  f.i32(60).do('i32_mul');
  digitPair(c, 24);
  f.do('i32_add').i32(60).do('i32_mul');
  digitPair(c, 48);
  f.do('i32_add').set(second);
  // Another day, another quarter of an hour, or numbers that are no time: the kernel judges.
  f.get(c.anchor).memory('i64_load', 1).i32(knownDate).memory('i64_load').do('i64_ne');
  f.get(c.anchor).memory('i32_load', 9).i32(knownDate).memory('i32_load', 8).do('i32_ne', 'i32_or');
  f.get(second)
    .i32(knownDate)
    .memory('i32_load', QUARTER_START)
    .do('i32_sub')
    .i32(QUARTER_SECONDS - 1)
    .do('i32_gt_u', 'i32_or');
  digitPair(c, 24);
  f.i32(59).do('i32_gt_u', 'i32_or');
  digitPair(c, 48);
  f.i32(59).do('i32_gt_u', 'i32_or').if();
  f.get(c.anchor).i32(1).do('i32_add').call(KNOW_DATE).do('i32_eqz').branchIf(1).do('end');
  if (column === 0) return;
  f.get(c.row8).i32(knownDate).memory('f64_load', QUARTER_EPOCH);
  f.get(second).i32(knownDate).memory('i32_load', QUARTER_START).do('i32_sub').i32(1000).do('i32_mul');
  f.get(c.anchor).memory('i32_load', 21).i32(0x3030302e).do('i32_xor').set(fraction);
  f.get(fraction).i32(8).do('i32_shr_u').i32(0xff).do('i32_and').i32(100).do('i32_mul', 'i32_add');
  f.get(fraction).i32(16).do('i32_shr_u').i32(0xff).do('i32_and').i32(10).do('i32_mul', 'i32_add');
  f.get(fraction).i32(24).do('i32_shr_u', 'i32_add', 'f64_convert_i32_s', 'f64_add').memory('f64_store', column);
}

/** The two digits of the time whose first is at bit `at`. */
function digitPair(c: LineCode, at: number): void {
  const { f } = c;
  const digit = (bit: number): unknown => f.get(c.y).i64(BigInt(bit)).do('i64_shr_u', 'i32_wrap_i64').i32(15).do('i32_and');
  digit(at);
  f.i32(10).do('i32_mul');
  digit(at + 8);
  f.do('i32_add');
}
