/** What the writer sees of one batch: the typed array of each column it stores. Valid as long as the batch is. */

import {
  COLUMN_NAMES,
  COLUMNS,
  type ColumnName,
  type FloatColumn,
  ID_COLUMNS,
  type IdColumn,
  type IntColumn,
  type SpanColumn,
} from '../model/columns.ts';
import type { LogBatch } from '../model/log-batch.ts';
import type { ProducerTexts } from './texts.ts';

/** The columns a producer must fill for the writer. time_data is not stored: it follows from the others. */
export const STORED_COLUMNS: readonly ColumnName[] = COLUMN_NAMES.filter((name) => name !== 'time_data');

const named = <K extends string, V>(names: readonly K[], value: (name: K) => V): Readonly<Record<K, V>> =>
  Object.fromEntries(names.map((name) => [name, value(name)])) as Record<K, V>;

const INT_COLUMNS = STORED_COLUMNS.filter((name): name is IntColumn | IdColumn => COLUMNS[name] === 'int' || COLUMNS[name] === 'id');
const FLOAT_COLUMNS = STORED_COLUMNS.filter((name): name is FloatColumn => COLUMNS[name] === 'float');
const SPAN_COLUMNS = STORED_COLUMNS.filter((name): name is SpanColumn => COLUMNS[name] === 'span');

export class BatchInput {
  readonly rows: number;
  readonly bytes: Buffer;
  readonly int: Readonly<Record<IntColumn | IdColumn, Int32Array>>;
  readonly float: Readonly<Record<FloatColumn, Float64Array>>;
  readonly start: Readonly<Record<SpanColumn, Int32Array>>;
  readonly end: Readonly<Record<SpanColumn, Int32Array>>;
  readonly texts: Readonly<Record<IdColumn, ProducerTexts>>;

  /** `producer`: the texts of each of the batch's dictionaries, which live as long as their producer. */
  constructor(batch: LogBatch, producer: (column: IdColumn) => ProducerTexts) {
    const { bytes, columns } = batch;
    this.rows = batch.rows;
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.int = named(INT_COLUMNS, (name) => columns.int(name));
    this.float = named(FLOAT_COLUMNS, (name) => columns.float(name));
    this.start = named(SPAN_COLUMNS, (name) => columns.starts(name));
    this.end = named(SPAN_COLUMNS, (name) => columns.ends(name));
    this.texts = named(ID_COLUMNS, producer);
  }

  /** The text id of an interned value, ABSENT where there is none. */
  textId(column: IdColumn, row: number): number {
    return this.texts[column].id(this.int[column][row] as number);
  }

  /** The text of a span, read as UTF-8; null where absent. */
  text(column: SpanColumn, row: number): string | null {
    const start = this.start[column][row] as number;
    return start < 0 ? null : this.bytes.toString('utf8', start, this.end[column][row]);
  }
}
