/** Records as plain objects, for tests, and batches made of them. What an object leaves out is absent. */

import { BATCH_ROWS } from '../../src/limits.ts';
import { COLUMN_NAMES, COLUMNS, ID_COLUMNS, type IdColumn } from '../../src/model/columns.ts';
import { ColumnMemory, type LogBatch, TextDictionary } from '../../src/model/log-batch.ts';
import { ABSENT } from '../../src/model/timers.ts';

type Stored = typeof COLUMNS;
type Value<S> = S extends 'id' | 'span' ? string : number;
export type TestRecord = { readonly [C in keyof Stored]?: Value<Stored[C]> | undefined };

/** A producer of batches: one memory and one dictionary per id column, as a parser has them. */
export class BatchMaker {
  readonly columns = new ColumnMemory();
  readonly dictionaries = Object.fromEntries(ID_COLUMNS.map((column) => [column, new TextDictionary()])) as Record<
    IdColumn,
    TextDictionary
  >;

  /** Batches of at most `rows` records; each is overwritten by the next. */
  *batches(records: readonly TestRecord[], rows: number = BATCH_ROWS): Generator<LogBatch> {
    for (let at = 0; at < records.length; at += rows) yield this.batch(records.slice(at, at + rows));
  }

  batch(records: readonly TestRecord[]): LogBatch {
    const texts: Buffer[] = [];
    let end = 0;
    records.forEach((record, row) => {
      for (const column of COLUMN_NAMES) {
        const value = record[column];
        const storage = COLUMNS[column];
        if (storage === 'float') this.columns.float(column as 'accept_date')[row] = (value as number | undefined) ?? Number.NaN;
        else if (storage === 'int') this.columns.int(column as 'status_code')[row] = (value as number | undefined) ?? absentOf(column);
        else if (storage === 'id') {
          const id = value === undefined ? -1 : this.dictionaries[column as IdColumn].intern(value as string);
          this.columns.int(column as IdColumn)[row] = id;
        } else {
          const bytes = Buffer.from((value as string | undefined) ?? '');
          texts.push(bytes);
          this.columns.starts(column as 'uri')[row] = value === undefined ? -1 : end;
          end += bytes.length;
          this.columns.ends(column as 'uri')[row] = value === undefined ? -1 : end;
        }
      }
    });
    return { rows: records.length, columns: this.columns, dictionaries: this.dictionaries, bytes: Buffer.concat(texts) };
  }

  /** Per id column the map from another producer's ids to this one's. */
  mapsFrom(other: BatchMaker): Record<IdColumn, Int32Array> {
    const map = (column: IdColumn): Int32Array => {
      const theirs = other.dictionaries[column];
      return Int32Array.from({ length: theirs.size }, (_, id) => this.dictionaries[column].intern(theirs.text(id)));
    };
    return Object.fromEntries(ID_COLUMNS.map((column) => [column, map(column)])) as Record<IdColumn, Int32Array>;
  }
}

function absentOf(column: string): number {
  return column === 'kind' || column === 'flags' || column === 'format' ? 0 : ABSENT;
}
