/**
 * LogBatch: up to BATCH_ROWS records as columns, in one WebAssembly memory that the parser's kernel fills and the
 * accumulators' kernel reads without a copy. JavaScript sees typed-array views.
 *
 * Whoever holds a batch may read it until the next call into its producer; nothing here is kept. Views go stale when
 * the memory grows: take them anew from the batch after any call into a kernel (the getters do that).
 */

import { BATCH_ROWS } from '../limits.ts';
import { COLUMN_NAMES, COLUMNS, type ColumnName, type FloatColumn, type IdColumn, type IntColumn, type SpanColumn } from './columns.ts';

/** The distinct texts of an interned column; ids are dense, from 0. */
export interface Dictionary {
  readonly size: number;
  /** The text of one id (bytes read as UTF-8, invalid sequences replaced). Throws RangeError for an id never given out. */
  text(id: number): string;
}

/** A dictionary kept in JavaScript: for rows that come from a store or a test rather than from the kernel. */
export class TextDictionary implements Dictionary {
  readonly #texts: string[] = [];
  readonly #ids = new Map<string, number>();

  get size(): number {
    return this.#texts.length;
  }

  /** The id of `text`, given out anew at first sight. */
  intern(text: string): number {
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.#texts.push(text) - 1;
      this.#ids.set(text, id);
    }
    return id;
  }

  text(id: number): string {
    const text = this.#texts[id];
    if (text === undefined) throw new RangeError(`no text has id ${id}`);
    return text;
  }
}

export type Dictionaries = Readonly<Record<IdColumn, Dictionary>>;

/** Bytes one value of a column takes in its array(s). */
const WIDTH = { int: 4, float: 8, id: 4, span: 8 } as const;
const PAGE = 65_536;

/**
 * Bytes between columns. Arrays a power of two apart would share their cache sets, and a row, which touches all of them at
 * the same offset, would push itself out of the cache. Five lines spread forty columns over all sets.
 */
const STAGGER = 320;

/** Column memory starts above what both kernels keep at fixed addresses. */
const FIRST_BYTE = PAGE;

/**
 * Where each column of a batch lies in a memory, and the views on it. A span column holds its starts first, its ends
 * `rows * 4` bytes further on.
 */
export class ColumnMemory {
  readonly memory: WebAssembly.Memory;
  /** Byte address of each column, 16-byte aligned; the same in every memory. */
  readonly addresses: Readonly<Record<ColumnName, number>>;
  #views = new Map<string, Int32Array | Float64Array>();
  #seen: ArrayBuffer;
  #bytes: Uint8Array;

  constructor() {
    const addresses = {} as Record<ColumnName, number>;
    let at = FIRST_BYTE;
    for (const name of COLUMN_NAMES) {
      addresses[name] = at;
      at += WIDTH[COLUMNS[name]] * BATCH_ROWS + STAGGER;
    }
    this.addresses = addresses;
    this.memory = new WebAssembly.Memory({ initial: Math.ceil(at / PAGE), maximum: 65_536 });
    this.#seen = this.memory.buffer;
    this.#bytes = new Uint8Array(this.#seen);
  }

  /** Takes `bytes` more of the memory for good. Out: address, aligned to 64 KiB. Throws RangeError where the system gives no more. */
  reserve(bytes: number): number {
    return this.memory.grow(Math.ceil(bytes / PAGE)) * PAGE;
  }

  /** The whole memory as bytes: what span columns and text records point into. */
  get bytes(): Uint8Array {
    this.#refresh();
    return this.#bytes;
  }

  int(column: IntColumn | IdColumn): Int32Array {
    return this.#view(column, 0, false) as Int32Array;
  }

  float(column: FloatColumn): Float64Array {
    return this.#view(column, 0, true) as Float64Array;
  }

  starts(column: SpanColumn): Int32Array {
    return this.#view(column, 0, false) as Int32Array;
  }

  ends(column: SpanColumn): Int32Array {
    return this.#view(column, BATCH_ROWS * 4, false) as Int32Array;
  }

  #refresh(): void {
    const { buffer } = this.memory;
    if (buffer === this.#seen) return;
    this.#seen = buffer;
    this.#bytes = new Uint8Array(buffer);
    this.#views = new Map();
  }

  #view(column: ColumnName, offset: number, float: boolean): Int32Array | Float64Array {
    this.#refresh();
    const buffer = this.#seen;
    const key = offset === 0 ? column : `${column}:end`;
    let view = this.#views.get(key);
    if (view === undefined) {
      const at = this.addresses[column] + offset;
      view = float ? new Float64Array(buffer, at, BATCH_ROWS) : new Int32Array(buffer, at, BATCH_ROWS);
      this.#views.set(key, view);
    }
    return view;
  }
}

/** What every consumer takes. Only the columns that were asked for hold values; `kind`, `flags` always do. */
export interface LogBatch {
  /** Records in this batch. */
  readonly rows: number;
  readonly columns: ColumnMemory;
  readonly dictionaries: Dictionaries;
  /** The bytes that span columns point into. */
  readonly bytes: Uint8Array;
}

/** The text of a span value: null where absent. Bytes are read as UTF-8. */
export function spanText(batch: LogBatch, column: SpanColumn, row: number): string | null {
  const start = batch.columns.starts(column)[row] as number;
  if (start < 0) return null;
  return utf8.decode(batch.bytes.subarray(start, batch.columns.ends(column)[row]));
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
