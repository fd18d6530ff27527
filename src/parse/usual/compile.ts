/**
 * Compiles a format's program to WebAssembly of its own: a function that reads usual lines at full speed, one blank
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

import { ABSENT } from '../../model/timers.ts';
import * as op from '../opcodes.ts';
import { head } from './head.ts';
import { LF, LineCode, marks64, READ_SSL_ERRORS, type UsualEnvironment } from './line-code.ts';
import { accept, beginLine, endLines } from './lines.ts';
import { dataTime, ints, size } from './numbers.ts';
import { blocks, request, text, textUntil } from './texts.ts';
import { F64, FunctionWriter, I32, I64, moduleBytes, type Signature, V128 } from './wasm-writer.ts';
import { openWindow } from './window.ts';

const signature = (parameters: readonly number[], results: readonly number[]): Signature => ({ parameters, results });
const IMPORTS = [
  { name: 'intern', signature: signature([I32, I32, I32], [I32]) },
  { name: 'knowDate', signature: signature([I32], [I32]) },
  { name: 'storeRequest', signature: signature([I32, I32, I32, I32, I32], []) },
  { name: 'readSslErrors', signature: signature([I32, I32, I32, I32], [I32]) },
  { name: 'readInts', signature: signature([I32, I32, I32, I32, I32, I32], [I32]) },
] as const;

/**
 * In: a program (opcodes.ts). Out: a module that exports `usual(at, limit, row, rowLimit, firstNumber)`, which reads the
 * lines from `at` on into the rows from `row` on, up to the first that is not usual. It gives the address where that
 * line begins, and the number of rows at the address that the environment names.
 */
export function compileUsualLine(program: readonly number[], environment: UsualEnvironment): Uint8Array {
  return moduleBytes(IMPORTS, [
    { signature: signature([I32, V128], [I32]), body: findFunction() },
    { signature: signature([I32, I32, I32, I32, F64], [I32]), body: linesFunction(new LineCode(program, environment)), exported: 'usual' },
  ]);
}

/** (p, sixteen times a byte) → address of that byte or of LF, whichever stands first at or after p. */
function findFunction(): FunctionWriter {
  const f = new FunctionWriter(2);
  const [p, needle] = [0, 1];
  const mask = f.local(I64);
  const v = f.local(V128);
  f.loop();
  marks64(f, p, () => f.get(needle), v);
  f.tee(mask).do('i64_eqz').if().get(p).i32(64).do('i32_add').set(p).branch(1).do('end').do('end');
  return f.get(p, mask).do('i64_ctz', 'i32_wrap_i64', 'i32_add');
}

/** The whole function; its parameters are those of LineCode. */
function linesFunction(c: LineCode): FunctionWriter {
  const { f } = c;
  beginLine(c);
  fills(c);
  while (true) {
    const code = c.word();
    const emit = EMITTERS[code];
    if (emit === undefined) f.branch(0);
    else emit(c);
    if (emit === undefined || code === op.OP_END) break;
  }
  endLines(c);
  f.i32(c.environment.rows).get(c.row).memory('i32_store');
  return f.get(c.at);
}

/** Columns that the format lacks. */
function fills(c: LineCode): void {
  const { f } = c;
  for (let count = c.word(); count > 0; count--) {
    const column = c.word();
    const fill = c.word();
    // The date and the size, the columns of floats, are in every format.
    if (fill === op.FILL_NAN) f.branch(0);
    else
      f.get(c.row4)
        .i32(fill === op.FILL_ABSENT ? ABSENT : -1)
        .memory('i32_store', column);
  }
}

/** What is written for each instruction. One that is not here no usual line needs: the line is left to the kernel. */
const EMITTERS: Readonly<Record<number, (c: LineCode) => void>> = {
  [op.OP_HEAD]: head,
  [op.OP_WINDOW]: openWindow,
  [op.OP_TEXT]: text,
  [op.OP_TEXT_UNTIL]: textUntil,
  [op.OP_INTS]: ints,
  [op.OP_SIZE]: size,
  [op.OP_DATA_TIME]: dataTime,
  [op.OP_BLOCKS]: blocks,
  [op.OP_REQUEST]: request,
  [op.OP_ACCEPT]: (c) => {
    c.f.get(c.p).memory('i32_load8_u').i32(LF).do('i32_eq').if();
    accept(c, c.word(), 1);
    c.f.do('end');
  },
  [op.OP_BLANKS]: (c) => {
    c.expectOneSpace(c.p);
    c.f.get(c.p).i32(1).do('i32_add').set(c.p);
    openWindow(c);
  },
  [op.OP_SSL_ERRORS]: (c) => {
    c.f.i32(c.word()).get(c.p, c.limit, c.row).call(READ_SSL_ERRORS).tee(c.p).i32(2).do('i32_lt_u');
    c.failIf();
    openWindow(c);
  },
  [op.OP_END]: (c) => {
    c.f.get(c.p);
    c.expectByte(LF);
    accept(c, c.word(), 0);
  },
};
