/** The window: 64 bytes compared at once, so that the fields' ends in it can be read off masks. */

import * as op from '../opcodes.ts';
import { type LineCode, REQUEST_ARGUMENTS, SLASH, SPACE } from './line-code.ts';

/** Opens one at p: sets base, and the masks that the instructions up to the next window read. */
export function openWindow(c: LineCode): void {
  const { f } = c;
  const { slashes, numbers } = windowNeeds(c);
  f.get(c.p).set(c.base);
  const masks: [number, () => void, boolean][] = [
    [c.low, () => f.bytes16(SPACE + 1).do('i8x16_lt_u'), true],
    [c.slashes, () => f.bytes16(SLASH).do('i8x16_eq'), slashes],
    [c.others, () => f.bytes16(0x30).do('i8x16_sub').bytes16(9).do('i8x16_gt_u'), numbers],
  ];
  for (const [mask, compare, needed] of masks) {
    if (!needed) continue;
    for (let i = 0; i < 4; i++) {
      f.get(c.p).memory('v128_load', i * 16);
      compare();
      f.do('i8x16_bitmask', 'i64_extend_i32_u');
      if (i > 0) f.i64(BigInt(i * 16)).do('i64_shl', 'i64_or');
    }
    f.set(mask);
  }
}

/** Which masks the instructions up to the next window read. */
function windowNeeds(c: LineCode): { slashes: boolean; numbers: boolean } {
  const ahead = new Set(opcodesFrom(c.program, c.next));
  const numbers = ahead.has(op.OP_INTS) || ahead.has(op.OP_SIZE);
  return { slashes: numbers || ahead.has(op.OP_TEXT_UNTIL), numbers };
}

/** Words of each instruction's arguments; OP_INTS has as many more as its count says. */
const ARGUMENTS: Readonly<Record<number, number>> = {
  [op.OP_END]: 2,
  [op.OP_HEAD]: 4,
  [op.OP_BLANKS]: 0,
  [op.OP_BYTE]: 1,
  [op.OP_TEXT]: 4,
  [op.OP_TEXT_UNTIL]: 4,
  [op.OP_INTS]: 4,
  [op.OP_SIZE]: 2,
  [op.OP_BLOCKS]: 2,
  [op.OP_REQUEST]: REQUEST_ARGUMENTS,
  [op.OP_ACCEPT]: 1,
  [op.OP_SSL_ERRORS]: 1,
  [op.OP_ERROR_TEXT]: 2,
  [op.OP_DATA_TIME]: 6,
  [op.OP_WINDOW]: 0,
};

/** The opcodes from word `at` up to the next that opens a window. */
function opcodesFrom(program: readonly number[], at: number): number[] {
  const codes: number[] = [];
  for (let i = at; i < program.length; ) {
    const code = program[i] as number;
    if (code === op.OP_WINDOW || code === op.OP_ACCEPT || code === op.OP_BLANKS || code === op.OP_SSL_ERRORS) break;
    codes.push(code);
    i += 1 + (ARGUMENTS[code] as number) + (code === op.OP_INTS ? (program[i + 1] as number) : 0);
  }
  return codes;
}
