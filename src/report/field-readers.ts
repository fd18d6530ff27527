/**
 * Reads one field of a batch's records as text in one encoding. Opened once per batch it gives the function that is
 * called per record; that one makes no object, only a string. What repeats (ids, small numbers, seconds) is encoded
 * once, together with the text that stands before the value, so a record is one concatenation per field. Strings,
 * because V8 joins them with memory copies: a loop over bytes into a buffer was measured at half the speed.
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

/** Numbers from 0 whose texts are kept per column: most counters and many times are below. */
const KEPT_NUMBERS = 1_024;

function idField(column: IdColumn, before: string, { absent, text }: Encoding): OpenField {
  const none = before + absent;
  let known: string[] = [];
  let of: Dictionary | null = null;
  return (batch) => {
    const dictionary = batch.dictionaries[column];
    if (dictionary !== of) known = [];
    of = dictionary;
    const ids = batch.columns.int(column);
    return (row) => {
      const id = ids[row] as number;
      if (id < 0) return none;
      if (id >= KEPT_TEXTS) return before + text(dictionary.text(id));
      known[id] ??= before + text(dictionary.text(id));
      return known[id];
    };
  };
}

function spanField(column: SpanColumn, before: string, absent: string, encode: (value: string) => string): OpenField {
  const none = before + absent;
  return (batch, bytes) => {
    const starts = batch.columns.starts(column);
    const ends = batch.columns.ends(column);
    return (row) => {
      const start = starts[row] as number;
      return start < 0 ? none : before + encode(bytes.toString('utf8', start, ends[row]));
    };
  };
}

function intField(column: IntColumn, before: string, absent: string): OpenField {
  const none = before + absent;
  const known = Array.from({ length: KEPT_NUMBERS }, (_, value) => before + value);
  return ({ columns }) => {
    const values = columns.int(column);
    return (row) => {
      const value = values[row] as number;
      if (value >= 0 && value < KEPT_NUMBERS) return known[value] as string;
      return value === ABSENT ? none : before + value;
    };
  };
}

function numberField(column: FloatColumn, before: string, absent: string): OpenField {
  const none = before + absent;
  return ({ columns }) => {
    const values = columns.float(column);
    return (row) => (Number.isNaN(values[row]) ? none : before + values[row]);
  };
}

function dateField(column: FloatColumn, before: string, { absent, date }: Encoding): OpenField {
  const none = before + absent;
  let second = Number.NaN;
  let prefix = '';
  let suffix = '';
  return ({ columns }) => {
    const values = columns.float(column);
    return (row) => {
      const ms = values[row] as number;
      if (Number.isNaN(ms)) return none;
      const whole = Math.floor(ms / 1_000);
      if (whole !== second) {
        second = whole;
        const text = before + date(new Date(whole * 1_000).toISOString());
        const cut = text.lastIndexOf('000Z');
        prefix = text.slice(0, cut);
        suffix = text.slice(cut + 3);
      }
      return prefix + String(ms - whole * 1_000).padStart(3, '0') + suffix;
    };
  };
}

function flagField(bit: number, before: string): OpenField {
  const off = `${before}false`;
  const on = `${before}true`;
  return ({ columns }) => {
    const flags = columns.int('flags');
    return (row) => (((flags[row] as number) & bit) === 0 ? off : on);
  };
}

function kindField(before: string, { text }: Encoding): OpenField {
  const words = KINDS.map((kind) => before + text(kind));
  return ({ columns }) => {
    const kinds = columns.int('kind');
    return (row) => words[kinds[row] as number] as string;
  };
}

function fileField(before: string, { text }: Encoding): OpenField {
  return (_batch, _bytes, file) => {
    const name = before + text(file);
    return () => name;
  };
}

/** The reader of `field` in that encoding; `before` is put in front of every value. */
export function openField({ reading, column, bit }: RecordField, before: string, encoding: Encoding): OpenField {
  const { absent } = encoding;
  switch (reading) {
    case 'id':
      return idField(column as IdColumn, before, encoding);
    case 'span':
      return spanField(column as SpanColumn, before, absent, encoding.text);
    case 'texts':
      return spanField(column as SpanColumn, before, absent, encoding.texts);
    case 'int':
      return intField(column as IntColumn, before, absent);
    case 'number':
      return numberField(column as FloatColumn, before, absent);
    case 'date':
      return dateField(column as FloatColumn, before, encoding);
    case 'flag':
      return flagField(bit, before);
    case 'kind':
      return kindField(before, encoding);
    case 'file':
      return fileField(before, encoding);
  }
}
