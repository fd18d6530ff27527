/**
 * Compiles formats, written as HAProxy log-format strings, into programs for the kernel (opcodes.ts). Only the columns
 * asked for get an address; all the rest of a line is checked all the same, so that a line's fate never depends on
 * what is asked of it.
 */

import { FIELDS, type Field } from '../format/fields.ts';
import { FORMATS, type Format } from '../format/formats.ts';
import { type LogFormatToken as Token, tokenize } from '../format/log-format.ts';
import {
  COLUMN_NAMES,
  COLUMNS,
  type ColumnName,
  FLAG_PARTIAL_BYTES,
  FLAG_PARTIAL_TIME,
  FLAG_REDISPATCHED,
  type IdColumn,
  KIND_ERROR,
  KIND_EVENT,
} from '../model/columns.ts';
import * as op from './opcodes.ts';

/** What a program needs to know of the memory it will run in. */
export interface Layout {
  /** Address of a column; 0 where it is not wanted. */
  column(name: ColumnName): number;
  /** Address of the array of lengths of a deferred column (opcodes.ts). */
  lengths(name: DeferredColumn): number;
  /** Address of the dictionary of an id column. */
  dictionary(name: IdColumn): number;
  readonly keepQuery: boolean;
}

const PLUS_FLAGS = { partial_time: FLAG_PARTIAL_TIME, partial_bytes: FLAG_PARTIAL_BYTES, redispatched: FLAG_REDISPATCHED } as const;
const FILLS = { int: op.FILL_ABSENT, id: op.FILL_MINUS_ONE, span: op.FILL_MINUS_ONE, float: op.FILL_NAN } as const;

/** Id columns with so many texts that they are looked up many at a time, at the end of a call into the kernel. */
export const DEFERRED_COLUMNS = ['client_ip', 'path'] as const satisfies readonly IdColumn[];
export type DeferredColumn = (typeof DEFERRED_COLUMNS)[number];

/** Columns that the kernel fills for every record, whatever its format. */
const COMMON: ReadonlySet<ColumnName> = new Set(['kind', 'flags', 'format', 'line', 'line_number']);

/** Columns derived from a field rather than read as one. */
const DERIVED: Readonly<Partial<Record<ColumnName, readonly ColumnName[]>>> = {
  time_total: ['time_data'],
  http_request: ['method', 'uri', 'path', 'query', 'http_version'],
};
const DATA_TIME_INPUTS = ['time_request', 'time_queue', 'time_connect', 'time_response', 'time_total'] as const;

/** The wanted columns and those that deriving them needs. */
export function closure(wanted: readonly ColumnName[]): ReadonlySet<ColumnName> {
  const all = new Set(wanted);
  if (all.has('time_data')) for (const name of DATA_TIME_INPUTS) all.add(name);
  return all;
}

const literalAt = (tokens: readonly Token[], i: number): string | null => {
  const token = tokens[i];
  return token !== undefined && 'literal' in token ? token.literal : null;
};

const TERMINATION_LONGEST = 8;

/** Tokens of `%ci:%cp [%tr] `: what every format begins with, in front of and around the anchor. */
const HEAD_TOKENS = 8;

/** The instructions of one format's tokens. */
function instructions(tokens: readonly Token[], layout: Layout): number[] {
  const code: number[] = [];
  let i = 0;
  while (i < tokens.length) {
    const token = tokens[i] as Token;
    if ('literal' in token) {
      if (token.literal === ' ') code.push(op.OP_BLANKS);
      else code.push(op.OP_BYTE, token.literal.charCodeAt(0));
      i++;
    } else if (token.field.column === 'client_ip') {
      code.push(
        op.OP_HEAD,
        layout.column('client_ip'),
        layout.lengths('client_ip'),
        layout.column('client_port'),
        layout.column('accept_date'),
        op.OP_WINDOW,
      );
      i += HEAD_TOKENS;
    } else if (token.field.shape === 'int') {
      i = integers(tokens, i, layout, code);
    } else if (token.field.shape === 'block') {
      // `%hr %hs ` with the blanks around: a block that is not there leaves no blank of its own.
      code.push(op.OP_BLOCKS, layout.column('captured_request_headers'), layout.column('captured_response_headers'));
      i += 4;
    } else {
      i = single(tokens, i, layout, code);
    }
  }
  return code;
}

const isBlock = (tokens: readonly Token[], i: number): boolean => {
  const token = tokens[i];
  return token !== undefined && 'field' in token && token.field.shape === 'block';
};
/** A blank that the instruction before it can take along; one before captures is theirs. */
const takesBlank = (tokens: readonly Token[], i: number): boolean => literalAt(tokens, i) === ' ' && !isBlock(tokens, i + 1);

/** A group of integers with `/` between becomes one instruction. Out: index past the group. */
function integers(tokens: readonly Token[], from: number, layout: Layout, code: number[]): number {
  const group: Field[] = [];
  let i = from;
  while (true) {
    group.push((tokens[i] as { field: Field }).field);
    i++;
    const next = tokens[i + 1];
    if (literalAt(tokens, i) !== '/' || next === undefined || !('field' in next) || next.field.shape !== 'int') break;
    i++;
  }
  const plus = group.at(-1)?.plus ?? null;
  const addresses = group.map((member) => layout.column(member.column));
  const blank = takesBlank(tokens, i);
  const wanted = addresses.reduce((bits, address, index) => (address === 0 ? bits : bits | (1 << index)), 0);
  code.push(op.OP_INTS, group.length, plus === null ? 0 : PLUS_FLAGS[plus], blank ? 1 : 0, wanted, ...addresses);
  if (group.some((member) => member.column === 'time_total') && layout.column('time_data') !== 0) {
    const read = new Set(group.map((member) => member.column));
    code.push(op.OP_DATA_TIME, layout.column('time_data'), ...DATA_TIME_INPUTS.map((name) => (read.has(name) ? layout.column(name) : 0)));
  }
  return blank || isBlock(tokens, i + 1) ? i + 1 : i;
}

/** One field by itself, with the literal behind it that its instruction takes along. Out: index past them. */
function single(tokens: readonly Token[], i: number, layout: Layout, code: number[]): number {
  const { field } = tokens[i] as { field: Field };
  const address = layout.column(field.column);
  if (field.shape === 'size') {
    // Up to here the fields take some 50 bytes, and those behind up to the captures another 30 to 40.
    code.push(op.OP_SIZE, field.plus === null ? 0 : PLUS_FLAGS[field.plus], address, op.OP_WINDOW);
    return i + 2;
  }
  if (field.column === 'ssl_errors') {
    code.push(op.OP_SSL_ERRORS, address);
    return i + 2;
  }
  if (field.shape === 'request') {
    code.push(op.OP_REQUEST, address, ...requestArguments(layout));
    return i + 1;
  }
  const span = COLUMNS[field.column] === 'span';
  const dictionary = span ? 0 : layout.dictionary(field.column as IdColumn);
  const flags = (span ? op.TEXT_SPAN : 0) | (field.dash ? op.TEXT_DASH : 0);
  const next = literalAt(tokens, i + 1);
  if (next !== null && next !== ' ') {
    code.push(op.OP_TEXT_UNTIL, next.charCodeAt(0), flags, address, dictionary);
    return i + 2;
  }
  const blank = takesBlank(tokens, i + 1);
  const more =
    (field.alias === '%ft' ? op.TEXT_TILDE : 0) |
    (field.column === 'server_name' ? op.TEXT_MAY_BE_EMPTY : 0) |
    (blank ? op.TEXT_THEN_BLANKS : 0);
  const longest = field.column === 'termination_state' ? TERMINATION_LONGEST : 0;
  code.push(op.OP_TEXT, flags | more, longest, address, dictionary);
  return blank ? i + 2 : i + 1;
}

const requestArguments = (layout: Layout): readonly number[] => [
  layout.column('method'),
  layout.dictionary('method'),
  layout.column('uri'),
  layout.column('path'),
  layout.lengths('path'),
  layout.column('query'),
  layout.column('http_version'),
  layout.dictionary('http_version'),
  layout.keepQuery ? 1 : 0,
];

/** Kind, format and fills: the wanted columns that the tokens do not set, and those that only `optional` ones do. */
function header(kind: number, format: number, tokens: readonly Token[], optional: readonly Token[], layout: Layout): number[] {
  const set = (list: readonly Token[]): ColumnName[] =>
    list.flatMap((token) => ('field' in token ? [token.field.column, ...(DERIVED[token.field.column] ?? [])] : []));
  const always = new Set(set(tokens));
  for (const token of set(optional)) always.delete(token);
  const unset = COLUMN_NAMES.filter((name) => !COMMON.has(name) && layout.column(name) !== 0 && !always.has(name));
  const fills = unset.flatMap((name) => [layout.column(name), FILLS[COLUMNS[name]]]);
  // Of a deferred column that is not read the lengths say that nothing is to be looked up.
  for (const name of DEFERRED_COLUMNS) if (unset.includes(name)) fills.push(layout.lengths(name), FILLS.id);
  return [kind, format, fills.length / 2, ...fills];
}

/** Extends another format? Then one program serves both: what it adds is tried behind an OP_ACCEPT of the shorter one. */
const extensionOf = (format: Format): Format | undefined =>
  FORMATS.find((other) => other !== format && other.kind === format.kind && other.logFormat.startsWith(`${format.logFormat} `));

/** The programs of all built-in formats and of error lines, in the order in which the kernel tries them. */
export function compilePrograms(layout: Layout): readonly (readonly number[])[] {
  const programs: number[][] = [];
  for (const [index, format] of FORMATS.entries()) {
    if (FORMATS.some((other) => extensionOf(other) === format)) continue;
    const tokens = tokenize(format.logFormat);
    const longer = extensionOf(format);
    if (longer === undefined) {
      programs.push([...header(format.kind, index, tokens, [], layout), ...instructions(tokens, layout), op.OP_END, index, 0]);
    } else {
      const added = tokenize(longer.logFormat.slice(format.logFormat.length));
      programs.push([
        ...header(format.kind, index, tokens, added, layout),
        ...instructions(tokens, layout),
        op.OP_ACCEPT,
        index,
        ...instructions(added, layout),
        op.OP_END,
        FORMATS.indexOf(longer),
        1,
      ]);
    }
  }
  programs.push(errorProgram(layout));
  return programs;
}

/** `%ci:%cp [%tr] FRONTEND/BIND: TEXT` (configuration manual, 8.2.5). */
function errorProgram(layout: Layout): number[] {
  const tokens = tokenize('%ci:%cp [%tr] ');
  return [
    ...header(
      KIND_ERROR,
      FORMATS.length,
      [...tokens, { field: FIELDS.find((field) => field.alias === '%ft') as Field, quoted: false }],
      [],
      layout,
    ),
    ...instructions(tokens, layout),
    op.OP_ERROR_TEXT,
    layout.column('frontend_name'),
    layout.dictionary('frontend_name'),
    op.OP_END,
    FORMATS.length,
    0,
  ];
}

/** For lines that are events: all columns absent. */
export function compileEventProgram(layout: Layout): readonly number[] {
  return [...header(KIND_EVENT, FORMATS.length + 1, [], [], layout), op.OP_END, FORMATS.length + 1, 0];
}

/** What each instruction expects, for the reason given with a line that does not fit. */
export const EXPECTATIONS: Readonly<Record<number, string>> = {
  [op.OP_END]: 'the end of the line or a blank',
  [op.OP_HEAD]: 'ADDRESS:PORT [DD/Mon/YYYY:hh:mm:ss.mmm]',
  [op.OP_BLANKS]: 'a blank',
  [op.OP_TEXT_UNTIL]: 'BACKEND/SERVER',
  [op.OP_TEXT]: 'a name',
  [op.OP_INTS]: 'numbers with / between',
  [op.OP_SIZE]: 'a number of bytes',
  [op.OP_BLOCKS]: 'captures or the request',
  [op.OP_REQUEST]: 'the quote that opens the request',
  [op.OP_ACCEPT]: 'the end of the line or a blank',
  [op.OP_ERROR_TEXT]: 'FRONTEND/BIND: and a text',
};
