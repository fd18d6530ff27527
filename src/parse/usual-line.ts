/**
 * Compiles a format's program to WebAssembly of its own: a function that reads the usual line at full speed, one blank
 * between fields, plain digits, names without control characters, everything where the program says. Anything else (a
 * sign, a run of blanks, a cut, another format) makes it give up at once, and the kernel reads the line again with all
 * the care it needs (kernel/line.ts). What is accepted here, the kernel accepts with the same values; test/parse holds
 * both to that.
 *
 * What costs time in reading fields one after the other is not the work but the waiting: each search starts where the
 * last one ended. So a window of 64 bytes is compared at once, giving masks of its blanks, slashes and non-digits, and
 * the fields' ends are read off the masks, a few cycles from one to the next, with no branch on their lengths. Columns
 * that are not wanted leave no instruction behind, addresses are constants.
 *
 * No reader here knows the line's end: the input ends with LF, and no search passes over LF.
 */

import { FLAG_SSL } from '../model/columns.ts';
import { ABSENT } from '../model/timers.ts';
import * as op from './opcodes.ts';
import { FunctionWriter, I32, I64, moduleBytes, type Signature, V128 } from './wasm-writer.ts';

/** What the function calls in the kernel, and reads of its memory. */
export const USUAL_IMPORTS = ['intern', 'decodeSecond', 'storeRequest', 'readSslErrors'] as const;

export interface UsualEnvironment {
  /** Address of the program in memory: some instructions hand their arguments on to the kernel. */
  readonly program: number;
  /** Addresses of the date decoded last: its 20 bytes, and its epoch ms. */
  readonly lastSecond: number;
  readonly lastEpoch: number;
  /** Offset in a dictionary's record of the address of the short text asked for last. */
  readonly dictionaryLast: number;
  /** Columns every record fills; format may be 0. */
  readonly kind: number;
  readonly flags: number;
  readonly format: number;
  /** Bytes from a span column's starts to its ends. */
  readonly spanEnds: number;
}

/** Indices of the functions in the module: the imports, then its own. */
const INTERN = 0;
const DECODE_SECOND = 1;
const STORE_REQUEST = 2;
const READ_SSL_ERRORS = 3;
const FIND = 4;

const signature = (parameters: readonly number[], results: readonly number[]): Signature => ({ parameters, results });
const IMPORTS = [
  { name: 'intern', signature: signature([I32, I32, I32], [I32]) },
  { name: 'decodeSecond', signature: signature([I32], [I32]) },
  { name: 'storeRequest', signature: signature([I32, I32, I32, I32, I32], []) },
  { name: 'readSslErrors', signature: signature([I32, I32, I32, I32], [I32]) },
] as const;

const LF = 0x0a;
const SPACE = 0x20;
const QUOTE = 0x22;
const DASH = 0x2d;
const SLASH = 0x2f;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const TILDE = 0x7e;

/**
 * In: a program (opcodes.ts). Out: a module that exports `usual(clientStart, clientEnd, anchor, limit, row)`, which
 * gives the address of the line's LF, or 0.
 */
export function compileUsualLine(program: readonly number[], environment: UsualEnvironment): Uint8Array {
  const usual = new UsualLine(program, environment);
  return moduleBytes(IMPORTS, [
    { signature: signature([I32, V128], [I32]), body: findFunction() },
    { signature: signature([I32, I32, I32, I32, I32], [I32]), body: usual.compile(), exported: 'usual' },
  ]);
}

/** (p, sixteen times a byte) → address of that byte or of LF, whichever stands first at or after p. */
function findFunction(): FunctionWriter {
  const f = new FunctionWriter(2);
  const [p, needle] = [0, 1];
  const mask = f.local(I64);
  const v = f.local(V128);
  f.loop();
  for (let i = 0; i < 4; i++) {
    f.get(p)
      .memory('v128_load', i * 16)
      .tee(v)
      .get(needle)
      .do('i8x16_eq');
    f.get(v).bytes16(LF).do('i8x16_eq', 'v128_or', 'i8x16_bitmask', 'i64_extend_i32_u');
    if (i > 0) f.i64(BigInt(i * 16)).do('i64_shl', 'i64_or');
  }
  f.tee(mask).do('i64_eqz').if().get(p).i32(64).do('i32_add').set(p).branch(1).do('end').do('end');
  return f.get(p, mask).do('i64_ctz', 'i32_wrap_i64', 'i32_add');
}

class UsualLine {
  readonly #program: readonly number[];
  readonly #environment: UsualEnvironment;
  readonly #f = new FunctionWriter(5);
  readonly #clientStart = 0;
  readonly #clientEnd = 1;
  readonly #anchor = 2;
  readonly #limit = 3;
  readonly #row = 4;
  readonly #p = this.#f.local(I32);
  readonly #q = this.#f.local(I32);
  readonly #base = this.#f.local(I32);
  readonly #row4 = this.#f.local(I32);
  readonly #row8 = this.#f.local(I32);
  readonly #flags = this.#f.local(I32);
  readonly #x = this.#f.local(I32);
  readonly #last = this.#f.local(I32);
  /** Masks of the window: blanks and control characters not yet passed, slashes, all but digits. */
  readonly #low = this.#f.local(I64);
  readonly #slashes = this.#f.local(I64);
  readonly #others = this.#f.local(I64);
  readonly #from = this.#f.local(I64);
  readonly #to = this.#f.local(I64);
  readonly #within = this.#f.local(I64);
  readonly #marks = this.#f.local(I64);
  readonly #digits = this.#f.local(I64);
  readonly #y = this.#f.local(I64);
  /** Values read, by the address of their column: what is derived from them needs no look at the memory. */
  readonly #values = new Map<number, number>();
  #at = 0;

  constructor(program: readonly number[], environment: UsualEnvironment) {
    this.#program = program;
    this.#environment = environment;
  }

  compile(): FunctionWriter {
    const f = this.#f;
    f.get(this.#row).i32(2).do('i32_shl').set(this.#row4);
    f.get(this.#row).i32(3).do('i32_shl').set(this.#row8);
    // All failures leave this block.
    f.block();
    const kind = this.#program[0] as number;
    this.#at = 2;
    this.#fills();
    while (this.#instruction(kind));
    f.do('end');
    return f.i32(0);
  }

  #word(): number {
    return this.#program[this.#at++] as number;
  }

  #fills(): void {
    const f = this.#f;
    for (let count = this.#word(); count > 0; count--) {
      const column = this.#word();
      const fill = this.#word();
      // The date and the size, the columns of floats, are in every format.
      if (fill === op.FILL_NAN) f.branch(0);
      else
        f.get(this.#row4)
          .i32(fill === op.FILL_ABSENT ? ABSENT : -1)
          .memory('i32_store', column);
    }
  }

  /** Gives up if the value on the stack is not 0. */
  #failIf(): void {
    this.#f.branchIf(0);
  }

  /** Gives up unless `byte` stands at the address on the stack. */
  #expectByte(byte: number): void {
    this.#f.memory('i32_load8_u').i32(byte).do('i32_ne');
    this.#failIf();
  }

  /** Gives up unless at local `at`, `offset` further on, stands a space without a blank or control character behind it. */
  #expectOneSpace(at: number, offset = 0): void {
    const f = this.#f;
    f.get(at).memory('i32_load16_u', offset).tee(this.#x).i32(0xff).do('i32_and').i32(SPACE).do('i32_ne');
    f.get(this.#x).i32(0x2100).do('i32_lt_u', 'i32_or');
    this.#failIf();
  }

  /** Out: whether another instruction follows. */
  #instruction(kind: number): boolean {
    const f = this.#f;
    const start = this.#at;
    switch (this.#word()) {
      case op.OP_HEAD:
        this.#head();
        return true;
      case op.OP_WINDOW:
        this.#window();
        return true;
      case op.OP_TEXT:
        this.#text();
        return true;
      case op.OP_TEXT_UNTIL:
        this.#textUntil();
        return true;
      case op.OP_INTS:
        this.#ints();
        return true;
      case op.OP_SIZE:
        this.#size();
        return true;
      case op.OP_DATA_TIME:
        this.#dataTime();
        return true;
      case op.OP_BLOCKS:
        this.#blocks();
        return true;
      case op.OP_REQUEST:
        this.#request(this.#environment.program + (start + 1) * 4);
        return true;
      case op.OP_ACCEPT:
        f.get(this.#p).memory('i32_load8_u').i32(LF).do('i32_eq').if();
        this.#accept(kind, this.#word());
        f.do('end');
        return true;
      case op.OP_BLANKS:
        this.#expectOneSpace(this.#p);
        f.get(this.#p).i32(1).do('i32_add').set(this.#p);
        this.#window();
        return true;
      case op.OP_SSL_ERRORS:
        f.i32(this.#word()).get(this.#p, this.#limit, this.#row).call(READ_SSL_ERRORS).tee(this.#p).i32(2).do('i32_lt_u');
        this.#failIf();
        this.#window();
        return true;
      case op.OP_END:
        f.get(this.#p);
        this.#expectByte(LF);
        this.#accept(kind, this.#word());
        return false;
      default:
        // An instruction that no usual line needs: leave the line to the kernel.
        f.branch(0);
        return false;
    }
  }

  /** The line is read: fills what all records have, and returns. */
  #accept(kind: number, format: number): void {
    const { kind: kindColumn, flags, format: formatColumn } = this.#environment;
    const f = this.#f;
    f.get(this.#row4).i32(kind).memory('i32_store', kindColumn);
    f.get(this.#row4, this.#flags).memory('i32_store', flags);
    if (formatColumn !== 0) f.get(this.#row4).i32(format).memory('i32_store', formatColumn);
    f.get(this.#p).do('return');
  }

  #head(): void {
    const f = this.#f;
    const [ip, dictionary, port, date] = [this.#word(), this.#word(), this.#word(), this.#word()];
    // The last non-digit of the client is the colon, with 1 to 5 digits behind it.
    f.get(this.#clientEnd).i32(16).do('i32_sub').tee(this.#q).memory('v128_load').bytes16(0x30).do('i8x16_sub');
    f.bytes16(9).do('i8x16_gt_u', 'i8x16_bitmask', 'i32_clz').i32(31).do('i32_xor').tee(this.#x);
    f.i32(10).do('i32_sub').i32(4).do('i32_gt_u');
    this.#failIf();
    f.get(this.#q, this.#x).do('i32_add').tee(this.#q).get(this.#clientStart).do('i32_le_u');
    this.#failIf();
    f.get(this.#q);
    this.#expectByte(COLON);
    if (port !== 0) {
      f.get(this.#row4);
      f.i32(15).get(this.#x).do('i32_sub').i32(3).do('i32_shl').set(this.#x);
      this.#digitsBefore(
        () => f.get(this.#clientEnd),
        () => f.get(this.#x).do('i64_extend_i32_u'),
      );
      f.memory('i32_store', port);
    }
    if (ip !== 0) {
      f.get(this.#row4).i32(dictionary).get(this.#clientStart, this.#q, this.#clientStart).do('i32_sub').call(INTERN);
      f.memory('i32_store', ip);
    }
    this.#date(date);
    f.get(this.#anchor)
      .i32(DATE_BYTES + 3)
      .do('i32_add')
      .set(this.#p);
  }

  /** `[DD/Mon/YYYY:hh:mm:ss.mmm] `: the second as the kernel decoded it last, or anew; then the milliseconds. */
  #date(column: number): void {
    const { lastSecond, lastEpoch } = this.#environment;
    const f = this.#f;
    f.get(this.#anchor).memory('v128_load', 1).i32(lastSecond).memory('v128_load').do('v128_xor', 'v128_any_true');
    f.get(this.#anchor).memory('i32_load', 17).i32(lastSecond).memory('i32_load', 16).do('i32_ne', 'i32_or').if();
    f.get(this.#anchor).i32(1).do('i32_add').call(DECODE_SECOND).do('i32_eqz').branchIf(1).do('end');
    const fraction = this.#x;
    f.get(this.#anchor).memory('i32_load', 21).i32(0x3030302e).do('i32_xor').tee(fraction).i32(0xff).do('i32_and');
    // A digit xor '0' is at most 9: adding 6 leaves its high nibble 0.
    f.get(fraction).i32(0x06060600).do('i32_add').get(fraction).do('i32_or').i32(0xf0f0f000).do('i32_and', 'i32_or');
    this.#failIf();
    f.get(this.#anchor)
      .i32(DATE_BYTES + 1)
      .do('i32_add');
    this.#expectByte(CLOSE_BRACKET);
    this.#expectOneSpace(this.#anchor, DATE_BYTES + 2);
    if (column === 0) return;
    f.get(this.#anchor).memory('i32_load', 21).i32(0x3030302e).do('i32_xor').set(fraction);
    f.get(this.#row8).i32(lastEpoch).memory('f64_load');
    f.get(fraction).i32(8).do('i32_shr_u').i32(0xff).do('i32_and').i32(100).do('i32_mul');
    f.get(fraction).i32(16).do('i32_shr_u').i32(0xff).do('i32_and').i32(10).do('i32_mul', 'i32_add');
    f.get(fraction).i32(24).do('i32_shr_u', 'i32_add', 'f64_convert_i32_s', 'f64_add').memory('f64_store', column);
  }

  #window(): void {
    const f = this.#f;
    const { slashes, numbers } = this.#windowNeeds();
    f.get(this.#p).set(this.#base);
    const masks: [number, () => void, boolean][] = [
      [this.#low, () => f.bytes16(SPACE + 1).do('i8x16_lt_u'), true],
      [this.#slashes, () => f.bytes16(SLASH).do('i8x16_eq'), slashes],
      [this.#others, () => f.bytes16(0x30).do('i8x16_sub').bytes16(9).do('i8x16_gt_u'), numbers],
    ];
    for (const [mask, compare, needed] of masks) {
      if (!needed) continue;
      for (let i = 0; i < 4; i++) {
        f.get(this.#p).memory('v128_load', i * 16);
        compare();
        f.do('i8x16_bitmask', 'i64_extend_i32_u');
        if (i > 0) f.i64(BigInt(i * 16)).do('i64_shl', 'i64_or');
      }
      f.set(mask);
    }
  }

  /** Which masks the instructions up to the next window read. */
  #windowNeeds(): { slashes: boolean; numbers: boolean } {
    const ahead = new Set(opcodesFrom(this.#program, this.#at));
    const numbers = ahead.has(op.OP_INTS) || ahead.has(op.OP_SIZE);
    return { slashes: numbers || ahead.has(op.OP_TEXT_UNTIL), numbers };
  }

  /** q = the end of the field at p. */
  #fieldEnd(): void {
    this.#f.get(this.#base, this.#low).do('i64_ctz', 'i32_wrap_i64', 'i32_add').set(this.#q);
  }

  /** p = past the one space at q, which is taken out of the window. */
  #passSpace(): void {
    this.#expectOneSpace(this.#q);
    const f = this.#f;
    f.get(this.#q).i32(1).do('i32_add').set(this.#p);
    f.get(this.#low, this.#low).i64(1n).do('i64_sub', 'i64_and').set(this.#low);
  }

  #text(): void {
    const f = this.#f;
    const [flags, longest, column, dictionary] = [this.#word(), this.#word(), this.#word(), this.#word()];
    this.#fieldEnd();
    f.get(this.#q, this.#p).do((flags & op.TEXT_MAY_BE_EMPTY) !== 0 ? 'i32_lt_u' : 'i32_le_u');
    this.#failIf();
    if (longest !== 0) {
      f.get(this.#q, this.#p).do('i32_sub').i32(longest).do('i32_gt_u');
      this.#failIf();
    }
    let end = this.#q;
    if ((flags & op.TEXT_TILDE) !== 0) {
      end = f.local(I32);
      f.get(this.#q).i32(1).do('i32_sub').memory('i32_load8_u').i32(TILDE).do('i32_eq');
      f.get(this.#q, this.#p).do('i32_sub').i32(1).do('i32_gt_u', 'i32_and').set(this.#x);
      f.get(this.#q, this.#x).do('i32_sub').set(end);
      f.get(this.#x).i32(Math.log2(FLAG_SSL)).do('i32_shl').set(this.#flags);
    }
    if (column !== 0) this.#keep(flags, column, dictionary, end);
    if ((flags & op.TEXT_THEN_BLANKS) !== 0) this.#passSpace();
    else {
      // What the next window or byte finds here decides whether the field may end so.
      f.get(this.#q).set(this.#p);
    }
  }

  #textUntil(): void {
    const f = this.#f;
    const [stop, flags, column, dictionary] = [this.#word(), this.#word(), this.#word(), this.#word()];
    if (stop !== SLASH) {
      f.branch(0);
      return;
    }
    f.get(this.#slashes).i64(-1n).get(this.#p, this.#base).do('i32_sub', 'i64_extend_i32_u', 'i64_shl', 'i64_and', 'i64_ctz').tee(this.#to);
    f.get(this.#low).do('i64_ctz').do('i64_le_u', 'i32_eqz').get(this.#to).i64(63n).do('i64_gt_u', 'i32_or');
    this.#failIf();
    f.get(this.#base, this.#to).do('i32_wrap_i64', 'i32_add').tee(this.#q).get(this.#p).do('i32_le_u');
    this.#failIf();
    if (column !== 0) this.#keep(flags, column, dictionary, this.#q);
    f.get(this.#q).i32(1).do('i32_add').set(this.#p);
  }

  /** Stores the text from p to local `end`. */
  #keep(flags: number, column: number, dictionary: number, end: number): void {
    const f = this.#f;
    const dash = (flags & op.TEXT_DASH) !== 0;
    if (dash) {
      f.get(end, this.#p)
        .do('i32_sub')
        .i32(1)
        .do('i32_eq')
        .get(this.#p)
        .memory('i32_load8_u')
        .i32(DASH)
        .do('i32_eq', 'i32_and')
        .set(this.#x);
    }
    if ((flags & op.TEXT_SPAN) !== 0) {
      for (const [value, offset] of [
        [this.#p, 0],
        [end, this.#environment.spanEnds],
      ] as const) {
        f.get(this.#row4);
        if (dash) f.i32(-1).get(value, this.#x).do('select');
        else f.get(value);
        f.memory('i32_store', column + offset);
      }
      return;
    }
    f.get(this.#row4);
    if (dash) f.get(this.#x).if(I32).i32(-1).do('else');
    this.#intern(dictionary, end);
    if (dash) f.do('end');
    f.memory('i32_store', column);
  }

  /** The id of the text from p to local `end`; without a call where it is the short text that was asked for last. */
  #intern(dictionary: number, end: number): void {
    const f = this.#f;
    const { dictionaryLast } = this.#environment;
    f.get(end, this.#p).do('i32_sub').set(this.#x);
    f.i32(dictionary).memory('i32_load', dictionaryLast).tee(this.#last).memory('i32_load', 4).get(this.#x).do('i32_ne');
    f.get(this.#p).memory('v128_load').get(this.#last).memory('v128_load', 8).do('v128_xor');
    f.bytesUp().get(this.#x).do('i8x16_splat', 'i8x16_lt_u', 'v128_and', 'v128_any_true', 'i32_or');
    f.if(I32).i32(dictionary).get(this.#p, this.#x).call(INTERN).do('else').get(this.#last).memory('i32_load').do('end');
  }

  /**
   * Gives up unless the field at p is `count` integers of 1 to 8 digits with `/` between: count - 1 slashes and no
   * other non-digit, none of them first, last or behind another, and no run of nine digits. Sets from and to.
   */
  #expectInts(count: number): void {
    const f = this.#f;
    const [from, to, within, marks, digits, y] = [this.#from, this.#to, this.#within, this.#marks, this.#digits, this.#y];
    f.get(this.#p, this.#base).do('i32_sub', 'i64_extend_i32_u').set(from);
    f.get(this.#low).do('i64_ctz').tee(to).get(from).do('i64_le_u').get(this.#low).do('i64_eqz', 'i32_or');
    this.#failIf();
    f.i64(1n).get(to).do('i64_shl').i64(1n).get(from).do('i64_shl', 'i64_sub').set(within);
    if (count === 1) {
      f.get(this.#others, within).do('i64_and', 'i64_eqz', 'i32_eqz');
      f.get(to, from).do('i64_sub').i64(8n).do('i64_gt_u', 'i32_or');
      this.#failIf();
      return;
    }
    f.get(this.#slashes, within).do('i64_and').set(marks);
    f.get(within, marks).do('i64_xor').set(digits);
    // No non-digit but the slashes.
    f.get(this.#others, within).do('i64_and').get(marks).do('i64_xor');
    // No slash behind a slash, first, or last.
    f.get(marks, marks).i64(1n).do('i64_shl').i64(1n).get(from).do('i64_shl', 'i64_or');
    f.i64(1n).get(to).i64(1n).do('i64_sub', 'i64_shl', 'i64_or', 'i64_and', 'i64_or');
    // No nine digits in a row: pairs, fours, eights, and one more.
    for (const [distance, of] of [
      [1n, digits],
      [2n, y],
      [4n, y],
    ] as const) {
      f.get(of, of).i64(distance).do('i64_shr_u', 'i64_and').set(y);
    }
    f.get(y, digits).i64(8n).do('i64_shr_u', 'i64_and', 'i64_or');
    f.get(marks)
      .do('i64_popcnt')
      .i64(BigInt(count - 1))
      .do('i64_xor', 'i64_or', 'i64_eqz', 'i32_eqz');
    this.#failIf();
  }

  /** The number in the digits that end at the address `end` gives; `bits` gives 8 times their count, 8 to 64. */
  #digitsBefore(end: () => void, bits: () => void): void {
    const f = this.#f;
    const y = this.#y;
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

  #ints(): void {
    const f = this.#f;
    const [count, , blank, wanted] = [this.#word(), this.#word(), this.#word(), this.#word()];
    const columns = Array.from({ length: count }, () => this.#word());
    this.#expectInts(count);
    // to: the end of each integer in turn; from: its beginning; marks: the slashes ahead.
    f.get(this.#base, this.#to).do('i32_wrap_i64', 'i32_add').set(this.#q);
    if (wanted !== 0 && count > 1) f.get(this.#marks).i64(1n).get(this.#to).do('i64_shl', 'i64_or').set(this.#marks);
    for (const [index, column] of columns.entries()) {
      if (wanted >>> index === 0) break;
      if (count > 1) f.get(this.#marks).do('i64_ctz').set(this.#to);
      if (column !== 0) this.#storeInt(column);
      if (wanted >>> (index + 1) !== 0) {
        f.get(this.#to).i64(1n).do('i64_add').set(this.#from);
        f.get(this.#marks, this.#marks).i64(1n).do('i64_sub', 'i64_and').set(this.#marks);
      }
    }
    if (blank !== 0) this.#passSpace();
    else f.get(this.#q).set(this.#p);
  }

  /** Stores the integer between from and to, and keeps it for what is derived from it. */
  #storeInt(column: number): void {
    const f = this.#f;
    const value = f.local(I32);
    this.#values.set(column, value);
    f.get(this.#row4);
    this.#fieldNumber();
    f.tee(value).memory('i32_store', column);
  }

  #fieldNumber(): void {
    const f = this.#f;
    this.#digitsBefore(
      () => f.get(this.#base, this.#to).do('i32_wrap_i64', 'i32_add'),
      () => f.get(this.#to, this.#from).do('i64_sub').i64(3n).do('i64_shl'),
    );
  }

  #size(): void {
    const f = this.#f;
    const [, column] = [this.#word(), this.#word()];
    this.#expectInts(1);
    f.get(this.#base, this.#to).do('i32_wrap_i64', 'i32_add').set(this.#q);
    if (column !== 0) {
      f.get(this.#row8);
      this.#fieldNumber();
      f.do('f64_convert_i32_s').memory('f64_store', column);
    }
    this.#passSpace();
  }

  /** The total less the other timers, none of which is negative here; not below 0 (model/timers.ts). */
  #dataTime(): void {
    const f = this.#f;
    const column = this.#word();
    const inputs = [this.#word(), this.#word(), this.#word(), this.#word(), this.#word()];
    const total = this.#values.get(inputs.pop() as number) as number;
    f.get(total);
    for (const input of inputs) {
      const value = this.#values.get(input);
      if (value !== undefined) f.get(value).do('i32_sub');
    }
    // Below 0 its sign, spread over the word, clears it.
    f.tee(this.#x).i32(31).do('i32_shr_s').i32(-1).do('i32_xor').get(this.#x).do('i32_and').set(this.#x);
    f.get(this.#row4, this.#x).memory('i32_store', column);
  }

  /** p = past `{…} `, once or twice, if there; before it one space. */
  #blocks(): void {
    const f = this.#f;
    const columns = [this.#word(), this.#word()];
    for (const column of columns)
      if (column !== 0)
        this.#storeSpan(
          column,
          () => f.i32(-1),
          () => f.i32(-1),
        );
    f.get(this.#p);
    this.#expectByte(SPACE);
    f.get(this.#p).i32(1).do('i32_add').set(this.#p);
    f.block();
    for (const column of columns) {
      f.get(this.#p).memory('i32_load8_u').i32(OPEN_BRACE).do('i32_ne').branchIf(0);
      f.get(this.#p).i32(1).do('i32_add').bytes16(CLOSE_BRACE).call(FIND).tee(this.#q).memory('i32_load16_u');
      f.i32(CLOSE_BRACE | (SPACE << 8))
        .do('i32_ne')
        .branchIf(1);
      if (column !== 0)
        this.#storeSpan(
          column,
          () => f.get(this.#p).i32(1).do('i32_add'),
          () => f.get(this.#q),
        );
      f.get(this.#q).i32(2).do('i32_add').set(this.#p);
    }
    f.do('end');
  }

  #storeSpan(column: number, start: () => void, end: () => void): void {
    const f = this.#f;
    f.get(this.#row4);
    start();
    f.memory('i32_store', column).get(this.#row4);
    end();
    f.memory('i32_store', column + this.#environment.spanEnds);
  }

  /** In: the address of the instruction's arguments. */
  #request(argumentsAt: number): void {
    const f = this.#f;
    const columns = Array.from({ length: REQUEST_ARGUMENTS }, () => this.#word()).filter((_, index) => !NOT_COLUMNS.includes(index));
    f.get(this.#p);
    this.#expectByte(QUOTE);
    f.get(this.#p).i32(1).do('i32_add').tee(this.#p).bytes16(QUOTE).call(FIND).tee(this.#q);
    this.#expectByte(QUOTE);
    f.get(this.#q).i32(1).do('i32_sub').memory('i32_load8_u').i32(BACKSLASH).do('i32_eq');
    this.#failIf();
    if (columns.some((column) => column !== 0)) {
      f.i32(argumentsAt).get(this.#row, this.#p, this.#q).i32(0).call(STORE_REQUEST);
    }
    f.get(this.#q).i32(1).do('i32_add').set(this.#p);
  }
}

/** Words of OP_REQUEST's arguments, and which of them are dictionaries or switches. */
const REQUEST_ARGUMENTS = 10;
const NOT_COLUMNS: readonly number[] = [2, 5, 8, 9];

/** Bytes of DD/Mon/YYYY:hh:mm:ss.mmm. */
const DATE_BYTES = 24;

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
