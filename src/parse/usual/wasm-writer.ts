/**
 * Writes WebAssembly modules byte by byte: the few instructions that usual-line.ts needs, and the sections around them
 * (WebAssembly core specification 2.0, chapter 5). It checks nothing: the engine does, when it compiles the module.
 */

export const I32 = 0x7f;
export const I64 = 0x7e;
export const F64 = 0x7c;
export const V128 = 0x7b;
/** Type of a block without a result. */
const EMPTY = 0x40;
const END = 0x0b;

/** Unsigned LEB128 (core specification, 5.2.2). */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const byte = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest === 0 ? byte : byte | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** Signed LEB128. */
function signed(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (true) {
    const byte = Number(rest & 0x7fn);
    rest >>= 7n;
    const done = (rest === 0n && (byte & 0x40) === 0) || (rest === -1n && (byte & 0x40) !== 0);
    bytes.push(done ? byte : byte | 0x80);
    if (done) return bytes;
  }
}

/** Instructions without an operand. */
const PLAIN = {
  return: [0x0f],
  unreachable: [0x00],
  select: [0x1b],
  else: [0x05],
  end: [END],
  i32_eqz: [0x45],
  i32_eq: [0x46],
  i32_ne: [0x47],
  i32_lt_s: [0x48],
  i32_lt_u: [0x49],
  i32_gt_u: [0x4b],
  i32_le_u: [0x4d],
  i32_ge_u: [0x4f],
  i32_clz: [0x67],
  i32_add: [0x6a],
  i32_sub: [0x6b],
  i32_mul: [0x6c],
  i32_and: [0x71],
  i32_or: [0x72],
  i32_xor: [0x73],
  i32_shl: [0x74],
  i32_shr_u: [0x76],
  i32_wrap_i64: [0xa7],
  i64_eqz: [0x50],
  i64_ne: [0x52],
  i64_gt_u: [0x56],
  i64_le_u: [0x58],
  i64_ctz: [0x7a],
  i64_popcnt: [0x7b],
  i64_add: [0x7c],
  i64_sub: [0x7d],
  i64_mul: [0x7e],
  i64_and: [0x83],
  i64_or: [0x84],
  i64_xor: [0x85],
  i64_shl: [0x86],
  i64_shr_s: [0x87],
  i64_shr_u: [0x88],
  i64_extend_i32_s: [0xac],
  i64_extend_i32_u: [0xad],
  f64_add: [0xa0],
  f64_convert_i32_s: [0xb7],
  v128_and: [0xfd, 0x4e],
  v128_or: [0xfd, 0x50],
  v128_xor: [0xfd, 0x51],
  v128_any_true: [0xfd, 0x53],
  i8x16_splat: [0xfd, 0x0f],
  i8x16_eq: [0xfd, 0x23],
  i8x16_lt_u: [0xfd, 0x26],
  i8x16_gt_u: [0xfd, 0x28],
  i8x16_bitmask: [0xfd, 0x64],
  i8x16_sub: [0xfd, 0x71],
} as const;

/** Instructions on memory; the address is on the stack, the constant offset is the operand. */
const MEMORY = {
  i32_load: [0x28],
  i64_load: [0x29],
  f64_load: [0x2b],
  i32_load8_u: [0x2d],
  i32_load16_u: [0x2f],
  i32_store: [0x36],
  f64_store: [0x39],
  v128_load: [0xfd, 0x00],
} as const;

/** The body of one function. */
export class FunctionWriter {
  readonly #parameters: number;
  readonly #locals: number[] = [];
  readonly #code: number[] = [];

  constructor(parameters: number) {
    this.#parameters = parameters;
  }

  /** A new local variable. Out: its index. */
  local(type: number): number {
    return this.#parameters + this.#locals.push(type) - 1;
  }

  do(...names: (keyof typeof PLAIN)[]): this {
    for (const name of names) this.#code.push(...PLAIN[name]);
    return this;
  }

  memory(name: keyof typeof MEMORY, offset = 0): this {
    this.#code.push(...MEMORY[name], 0, ...unsigned(offset));
    return this;
  }

  get(...locals: number[]): this {
    for (const local of locals) this.#code.push(0x20, ...unsigned(local));
    return this;
  }

  set(local: number): this {
    this.#code.push(0x21, ...unsigned(local));
    return this;
  }

  tee(local: number): this {
    this.#code.push(0x22, ...unsigned(local));
    return this;
  }

  i32(value: number): this {
    this.#code.push(0x41, ...signed(BigInt(value | 0)));
    return this;
  }

  i64(value: bigint): this {
    this.#code.push(0x42, ...signed(BigInt.asIntN(64, value)));
    return this;
  }

  /** Sixteen times the byte. */
  bytes16(byte: number): this {
    this.#code.push(0xfd, 0x0c, ...Array.from({ length: 16 }, () => byte));
    return this;
  }

  /** The bytes 0 to 15. */
  bytesUp(): this {
    this.#code.push(0xfd, 0x0c, ...Array.from({ length: 16 }, (_, index) => index));
    return this;
  }

  call(index: number): this {
    this.#code.push(0x10, ...unsigned(index));
    return this;
  }

  block(): this {
    this.#code.push(0x02, EMPTY);
    return this;
  }

  loop(): this {
    this.#code.push(0x03, EMPTY);
    return this;
  }

  /** `if` with a result of that type, or without one. */
  if(type: number = EMPTY): this {
    this.#code.push(0x04, type);
    return this;
  }

  branch(depth: number): this {
    this.#code.push(0x0c, ...unsigned(depth));
    return this;
  }

  branchIf(depth: number): this {
    this.#code.push(0x0d, ...unsigned(depth));
    return this;
  }

  /** The function's entry in the code section. */
  finish(): readonly number[] {
    const locals = this.#locals.flatMap((type) => [1, type]);
    const body = joined([unsigned(this.#locals.length), locals, this.#code, [END]]);
    return joined([unsigned(body.length), body]);
  }
}

export interface Signature {
  readonly parameters: readonly number[];
  readonly results: readonly number[];
}

/** A module of imported functions (indices from 0), own functions behind them, and the imported memory `env.memory`. */
export function moduleBytes(
  imports: readonly { readonly name: string; readonly signature: Signature }[],
  functions: readonly { readonly signature: Signature; readonly body: FunctionWriter; readonly exported?: string }[],
): Uint8Array {
  const name = (text: string): number[] => [...unsigned(text.length), ...Buffer.from(text, 'latin1')];
  const section = (id: number, entries: readonly (readonly number[])[]): readonly number[] => {
    const content = joined([unsigned(entries.length), ...entries]);
    return joined([[id], unsigned(content.length), content]);
  };
  const type = ({ parameters, results }: Signature): number[] => [
    0x60,
    ...unsigned(parameters.length),
    ...parameters,
    ...unsigned(results.length),
    ...results,
  ];
  const signatures = [...imports, ...functions].map(({ signature }) => type(signature));
  const MAX_PAGES = 65_536;
  const memory = [...name('env'), ...name('memory'), 0x02, 0x01, ...unsigned(1), ...unsigned(MAX_PAGES)];
  const own = imports.length;
  const exported = functions.flatMap((one, index) =>
    one.exported === undefined ? [] : [[...name(one.exported), 0x00, ...unsigned(own + index)]],
  );
  const imported = imports.map((one, index) => [...name('env'), ...name(one.name), 0x00, ...unsigned(index)]);
  return Uint8Array.from(
    joined([
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      section(1, signatures),
      section(2, [...imported, memory]),
      section(
        3,
        functions.map((_, index) => unsigned(own + index)),
      ),
      section(7, exported),
      section(
        10,
        functions.map(({ body }) => body.finish()),
      ),
    ]),
  );
}

/** By push: a function's body has thousands of bytes, too many to spread as arguments again and again. */
function joined(parts: readonly (readonly number[])[]): readonly number[] {
  const all: number[] = [];
  for (const part of parts) for (const byte of part) all.push(byte);
  return all;
}
