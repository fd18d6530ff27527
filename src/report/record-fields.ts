/**
 * What `records` shows of a record, in order: one row per key, named with HAProxy's documented names. NDJSON and CSV
 * are the same list in two encodings.
 */

import {
  COLUMNS,
  type ColumnName,
  FLAG_PARTIAL_BYTES,
  FLAG_PARTIAL_TIME,
  FLAG_REDISPATCHED,
  FLAG_SSL,
  FLAG_TRUNCATED,
} from '../model/columns.ts';

/** `texts`: captures, split at `|`. `flag`: one bit of the column `flags`. `file`: the name of the file the batch came from. */
type Reading = 'kind' | 'date' | 'int' | 'number' | 'id' | 'span' | 'texts' | 'flag' | 'file';

export interface RecordField {
  readonly name: string;
  readonly reading: Reading;
  readonly column: ColumnName;
  /** The bit, where `reading` is `flag`. */
  readonly bit: number;
}

const READINGS = { int: 'int', float: 'number', id: 'id', span: 'span' } as const;
const SPECIAL: Readonly<Partial<Record<ColumnName, Reading>>> = {
  kind: 'kind',
  accept_date: 'date',
  captured_request_headers: 'texts',
  captured_response_headers: 'texts',
};

const field = (name: string, column: ColumnName, bit = 0): RecordField => ({
  name,
  column,
  bit,
  reading: bit === 0 ? (SPECIAL[column] ?? READINGS[COLUMNS[column]]) : 'flag',
});

/** Columns that are no keys of their own. */
const ELSEWHERE: readonly ColumnName[] = ['format', 'flags', 'line', 'line_number'];

export const RECORD_FIELDS: readonly RecordField[] = [
  ...(Object.keys(COLUMNS) as ColumnName[]).filter((name) => !ELSEWHERE.includes(name)).map((name) => field(name, name)),
  field('truncated', 'flags', FLAG_TRUNCATED),
  field('redispatched', 'flags', FLAG_REDISPATCHED),
  field('partial_time', 'flags', FLAG_PARTIAL_TIME),
  field('partial_bytes', 'flags', FLAG_PARTIAL_BYTES),
  field('ssl', 'flags', FLAG_SSL),
  { name: 'file', reading: 'file', column: 'kind', bit: 0 },
  field('line', 'line_number'),
];

/** The columns these keys are read from. */
export const RECORD_COLUMNS: readonly ColumnName[] = [...new Set(RECORD_FIELDS.map(({ column }) => column))];
