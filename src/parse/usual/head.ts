/** `CLIENT [DATE] `, around the anchor. */

import { CLOSE_BRACKET, COLON, DECODE_SECOND, type LineCode } from './line-code.ts';

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

/** `[DD/Mon/YYYY:hh:mm:ss.mmm] `: the second as the kernel decoded it last, or anew; then the milliseconds. */
function date(c: LineCode, column: number): void {
  const { lastSecond, lastEpoch } = c.environment;
  const { f } = c;
  f.get(c.anchor).memory('v128_load', 1).i32(lastSecond).memory('v128_load').do('v128_xor', 'v128_any_true');
  f.get(c.anchor).memory('i32_load', 17).i32(lastSecond).memory('i32_load', 16).do('i32_ne', 'i32_or').if();
  f.get(c.anchor).i32(1).do('i32_add').call(DECODE_SECOND).do('i32_eqz').branchIf(1).do('end');
  const fraction = c.x;
  f.get(c.anchor).memory('i32_load', 21).i32(0x3030302e).do('i32_xor').tee(fraction).i32(0xff).do('i32_and');
  // A digit xor '0' is at most 9: adding 6 leaves its high nibble 0.
  f.get(fraction).i32(0x06060600).do('i32_add').get(fraction).do('i32_or').i32(0xf0f0f000).do('i32_and', 'i32_or');
  c.failIf();
  f.get(c.anchor)
    .i32(DATE_BYTES + 1)
    .do('i32_add');
  c.expectByte(CLOSE_BRACKET);
  c.expectOneSpace(c.anchor, DATE_BYTES + 2);
  if (column === 0) return;
  f.get(c.anchor).memory('i32_load', 21).i32(0x3030302e).do('i32_xor').set(fraction);
  f.get(c.row8).i32(lastEpoch).memory('f64_load');
  f.get(fraction).i32(8).do('i32_shr_u').i32(0xff).do('i32_and').i32(100).do('i32_mul');
  f.get(fraction).i32(16).do('i32_shr_u').i32(0xff).do('i32_and').i32(10).do('i32_mul', 'i32_add');
  f.get(fraction).i32(24).do('i32_shr_u', 'i32_add', 'f64_convert_i32_s', 'f64_add').memory('f64_store', column);
}
