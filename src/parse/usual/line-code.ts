/**
 * What the emitters of a usual line's code share: the function being written, its local variables, the program being
 * read, and the checks that make it give up. All of them leave the one block that `compileUsualLine` opens, so a check
 * may not stand within another block.
 */

import { FunctionWriter, I32, I64, V128 } from './wasm-writer.ts';

export interface UsualEnvironment {
  /** Address of the program in memory: some instructions hand their arguments on to the kernel. */
  readonly program: number;
  /** Address of what the kernel knows of the dates at hand: day, quarter of an hour (kernel/date.ts). */
  readonly knownDate: number;
  /** Offset in a dictionary's record of the address of the short text asked for last. */
  readonly dictionaryLast: number;
  /** Columns every record fills; format is 0 where not wanted. */
  readonly kind: number;
  readonly flags: number;
  readonly format: number;
  /** Columns of the line itself; 0 where not wanted. */
  readonly line: number;
  readonly lineNumber: number;
  /** Where the rows are counted to, for the kernel. */
  readonly rows: number;
  readonly maxLine: number;
  /** Bytes from a span column's starts to its ends. */
  readonly spanEnds: number;
}

/** Indices of the functions in the module: the imports, then its own. */
export const INTERN = 0;
export const KNOW_DATE = 1;
export const STORE_REQUEST = 2;
export const READ_SSL_ERRORS = 3;
export const READ_INTS = 4;
export const FIND = 5;

/** Words of OP_REQUEST's arguments. */
export const REQUEST_ARGUMENTS = 10;

/** Bytes with a meaning in a line. */
export const LF = 0x0a;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const DASH = 0x2d;
export const SLASH = 0x2f;
export const COLON = 0x3a;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACKET = 0x5b;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
export const TILDE = 0x7e;

/** Leaves a mask of the 64 bytes at local `at`: one bit per byte that is LF or the one that `needle` leaves sixteen times. `v`: a v128 local. */
export function marks64(f: FunctionWriter, at: number, needle: () => void, v: number): void {
  for (let i = 0; i < 4; i++) {
    f.get(at)
      .memory('v128_load', i * 16)
      .tee(v);
    needle();
    f.do('i8x16_eq').get(v).bytes16(LF).do('i8x16_eq', 'v128_or', 'i8x16_bitmask', 'i64_extend_i32_u');
    if (i > 0) f.i64(BigInt(i * 16)).do('i64_shl', 'i64_or');
  }
}

export class LineCode {
  readonly program: readonly number[];
  readonly environment: UsualEnvironment;
  readonly f = new FunctionWriter(5);
  /** Parameters: the line's beginning, the end of all lines, the row, the end of the rows, and the line number of row 0. */
  readonly at = 0;
  readonly limit = 1;
  readonly row = 2;
  readonly rowLimit = 3;
  readonly firstNumber = 4;
  /** The client in front of the anchor, the bracket of the accept date. */
  readonly clientStart = this.f.local(I32);
  readonly clientEnd = this.f.local(I32);
  readonly anchor = this.f.local(I32);
  /** Where reading goes on, the end of the field there, and the window's beginning. */
  readonly p = this.f.local(I32);
  readonly q = this.f.local(I32);
  readonly base = this.f.local(I32);
  /** The row's offset in a column of 4 and of 8 bytes. */
  readonly row4 = this.f.local(I32);
  readonly row8 = this.f.local(I32);
  readonly flags = this.f.local(I32);
  /** For a few instructions at a time. */
  readonly x = this.f.local(I32);
  readonly last = this.f.local(I32);
  /** Masks of the window: blanks and control characters not yet passed, slashes, all but digits. */
  readonly low = this.f.local(I64);
  readonly slashes = this.f.local(I64);
  readonly others = this.f.local(I64);
  /** The field of integers at hand: its first bit and the one past it, and masks of it; see numbers.ts. */
  readonly from = this.f.local(I64);
  readonly to = this.f.local(I64);
  readonly within = this.f.local(I64);
  readonly marks = this.f.local(I64);
  readonly digits = this.f.local(I64);
  readonly y = this.f.local(I64);
  readonly v = this.f.local(V128);
  /** Values read, by the address of their column: what is derived from them needs no look at the memory. */
  readonly values = new Map<number, number>();
  /** Index of the program's next word; kind and format stand first. */
  next = 2;

  constructor(program: readonly number[], environment: UsualEnvironment) {
    this.program = program;
    this.environment = environment;
  }

  word(): number {
    return this.program[this.next++] as number;
  }

  /** Gives up if the value on the stack is not 0. */
  failIf(): void {
    this.f.branchIf(0);
  }

  /** Gives up unless `byte` stands at the address on the stack. */
  expectByte(byte: number): void {
    this.f.memory('i32_load8_u').i32(byte).do('i32_ne');
    this.failIf();
  }

  /** Gives up unless at local `at`, `offset` further on, stands a space without a blank or control character behind it. */
  expectOneSpace(at: number, offset = 0): void {
    const { f } = this;
    f.get(at).memory('i32_load16_u', offset).tee(this.x).i32(0xff).do('i32_and').i32(SPACE).do('i32_ne');
    f.get(this.x).i32(0x2100).do('i32_lt_u', 'i32_or');
    this.failIf();
  }

  /** q = the end of the field at p. */
  fieldEnd(): void {
    this.f.get(this.base, this.low).do('i64_ctz', 'i32_wrap_i64', 'i32_add').set(this.q);
  }

  /** p = past the one space at q, which is taken out of the window. */
  passSpace(): void {
    this.expectOneSpace(this.q);
    const { f } = this;
    f.get(this.q).i32(1).do('i32_add').set(this.p);
    f.get(this.low, this.low).i64(1n).do('i64_sub', 'i64_and').set(this.low);
  }

  /** The number in the digits that end at the address `end` gives; `bits` gives 8 times their count, 8 to 64. */
  digitsBefore(end: () => void, bits: () => void): void {
    const { f } = this;
    const y = this.y;
    const pairs = 0x000000ff000000ffn;
    end();
    // The digits become bytes 0 to 9 in the high end of the word, what stood before them zeros; then pairs of digits,
    // pairs of pairs and the whole are summed with two multiplications.
    f.i32(8).do('i32_sub').memory('i64_load').i64(0x3030303030303030n).do('i64_xor');
    f.i64(-1n).i64(64n);
    bits();
    f.do('i64_sub', 'i64_shl', 'i64_and').tee(y).i64(10n).do('i64_mul').get(y).i64(8n).do('i64_shr_u', 'i64_add').tee(y);
    f.i64(pairs).do('i64_and').i64(0x000f424000000064n).do('i64_mul');
    f.get(y).i64(16n).do('i64_shr_u').i64(pairs).do('i64_and').i64(0x0000271000000001n).do('i64_mul', 'i64_add');
    f.i64(32n).do('i64_shr_u', 'i32_wrap_i64');
  }
}
