/**
 * Reads one field of a batch's records as text in one encoding. `open` is called once per batch and gives the function
 * that is called per record; that one makes no object, only a string. What repeats (ids, seconds) is encoded once.
 */

import { type FloatColumn, type IdColumn, type IntColumn, KINDS, type SpanColumn } from '../model/columns.ts';
import type { Dictionary, LogBatch } from '../model/log-batch.ts';
import { ABSENT } from '../model/timers.ts';
import type { RecordField } from './record-fields.ts';

/** How values are written. Numbers and booleans are the same text everywhere. */
export interface Encoding {
  readonly absent: string;
  text(value: string): string;
  /** Captures, given as HAProxy wrote them: joined by `|`. */
  texts(joined: string): string;
  /** ISO 8601, UTC. */
  date(iso: string): string;
}

export type ReadField = (row: number) => string;
/** In: a batch (its bytes as a Buffer too, for the decoder that is quick on short texts) and the file it came from. */
export type OpenField = (batch: LogBatch, bytes: Buffer, file: string) => ReadField;

/** Encoded texts kept per column; past it they are encoded each time. Ids are dense and the frequent ones come early. */
const KEPT_TEXTS = 65_536;

function idField(column: IdColumn, { absent, text }: Encoding): OpenField {
  let known: string[] = [];
  let of: Dictionary | null = null;
  return (batch) => {
    const dictionary = batch.dictionaries[column];
    if (dictionary !== of) known = [];
    of = dictionary;
    const ids = batch.columns.int(column);
    return (row) => {
      const id = ids[row] as number;
      if (id < 0) return absent;
      if (id >= KEPT_TEXTS) return text(dictionary.text(id));
      known[id] ??= text(dictionary.text(id));
      return known[id];
    };
  };
}

function spanField(column: SpanColumn, absent: string, encode: (value: string) => string): OpenField {
  return (batch, bytes) => {
    const starts = batch.columns.starts(column);
    const ends = batch.columns.ends(column);
    return (row) => {
      const start = starts[row] as number;
      return start < 0 ? absent : encode(bytes.toString('utf8', start, ends[row]));
    };
  };
}

function dateField(column: FloatColumn, { absent, date }: Encoding): OpenField {
  let second = Number.NaN;
  let prefix = '';
  let suffix = '';
  return (batch) => {
    const values = batch.columns.float(column);
    return (row) => {
      const ms = values[row] as number;
      if (Number.isNaN(ms)) return absent;
      const whole = Math.floor(ms / 1_000);
      if (whole !== second) {
        second = whole;
        [prefix, suffix] = date(new Date(whole * 1_000).toISOString()).split('000Z') as [string, string];
        suffix = `Z${suffix}`;
      }
      return prefix + String(ms - whole * 1_000).padStart(3, '0') + suffix;
    };
  };
}

/** The reader of `field` in that encoding. */
export function openField(field: RecordField, encoding: Encoding): OpenField {
  const { absent } = encoding;
  const { bit } = field;
  switch (field.reading) {
    case 'id':
      return idField(field.column as IdColumn, encoding);
    case 'span':
      return spanField(field.column as SpanColumn, absent, encoding.text);
    case 'texts':
      return spanField(field.column as SpanColumn, absent, encoding.texts);
    case 'date':
      return dateField(field.column as FloatColumn, encoding);
    case 'file':
      return (_batch, _bytes, file) => {
        const name = encoding.text(file);
        return () => name;
      };
    case 'flag':
      return ({ columns }) => {
        const flags = columns.int('flags');
        return (row) => (((flags[row] as number) & bit) === 0 ? 'false' : 'true');
      };
    case 'kind':
      return ({ columns }) => {
        const kinds = columns.int('kind');
        return (row) => encoding.text(KINDS[kinds[row] as number] as string);
      };
    case 'int':
      return ({ columns }) => {
        const values = columns.int(field.column as IntColumn);
        return (row) => (values[row] === ABSENT ? absent : String(values[row]));
      };
    case 'number':
      return ({ columns }) => {
        const values = columns.float(field.column as FloatColumn);
        return (row) => (Number.isNaN(values[row]) ? absent : String(values[row]));
      };
  }
}
