/**
 * JSON of a report: one object, a row per line, as the contract of the command line has it. Reports of a million rows
 * are asked for, so no object and no string is made of a row: its numbers become bytes, and the text between the values,
 * the same in every row, is made once.
 */

import { rowKeys } from '../analyze/group-keys.ts';
import type { NumberRow, ReportResult } from '../analyze/plan.ts';
import { PIECE_CHARS } from '../limits.ts';
import { LEDGER_CLASSES, type Ledger } from '../model/ledger.ts';
import type { ReportColumn } from './columns.ts';
import { FixedTexts } from './fixed-texts.ts';
import { JsonBytes } from './json-bytes.ts';
import { jsonText } from './safe-text.ts';

const LINE_ENDS = new FixedTexts(['\n', ',\n']);
const PLAIN_END = 0;
const COMMA_END = 1;

/** Text, a finite number, or null (also for what JSON has no number for). */
export function jsonValue(value: string | number | null): string {
  if (typeof value === 'string') return jsonText(value);
  return value === null || !Number.isFinite(value) ? 'null' : String(value);
}

/** The whole report. `total_rows` stands after the rows where the limit cut some, `notes` where there are any. */
export function* reportJson(result: ReportResult, columns: readonly ReportColumn[]): Iterable<Uint8Array> {
  const out = new JsonBytes();
  const { read, write } = rowWriter(result, columns, out);
  out.text(
    `{"report":${jsonText(result.report)},"from":${jsonTime(result.from)},"to":${jsonTime(result.to)},"ledger":${jsonLedger(result.ledger)},"rows":[`,
  );
  let rows = 0;
  for (const row of read()) {
    out.fixed(LINE_ENDS, rows++ === 0 ? PLAIN_END : COMMA_END);
    write(row);
    if (out.length >= PIECE_CHARS) yield out.take();
  }
  out.text(rows === 0 ? ']' : '\n]');
  if (rows < result.total) out.text(`,"total_rows":${result.total}`);
  if (result.notes.length > 0) out.text(`,"notes":[${result.notes.map(jsonText).join(',')}]`);
  out.text('}\n');
  yield out.take();
}

/** One object per row and line. */
export function* reportNdjson(result: ReportResult, columns: readonly ReportColumn[]): Iterable<Uint8Array> {
  const out = new JsonBytes();
  const { read, write } = rowWriter(result, columns, out);
  for (const row of read()) {
    write(row);
    out.fixed(LINE_ENDS, PLAIN_END);
    if (out.length >= PIECE_CHARS) yield out.take();
  }
  yield out.take();
}

interface RowWriter {
  /** The rows, with what `write` needs of them. */
  read(): Iterable<NumberRow>;
  /** Writes a row as an object. */
  write(row: NumberRow): void;
}

/** In: columns in the order of `reportColumns`, keys first. */
function rowWriter(result: ReportResult, columns: readonly ReportColumn[], out: JsonBytes): RowWriter {
  const names = rowKeys(result.keys);
  const keys = columns.map(({ name }) => names.indexOf(name)).filter((key) => key >= 0);
  const measures = columns.slice(keys.length).map(({ name }) => name);
  const between = new FixedTexts(textBetween(columns));
  return {
    read: () => result.numberRows(measures),
    write: (row) => {
      for (let i = 0; i < keys.length; i++) {
        out.fixed(between, i);
        writeKey(row.keys[keys[i] as number] ?? null, out);
      }
      out.jsonNumbers(row.numbers, between, keys.length);
      out.fixed(between, columns.length);
    },
  };
}

function writeKey(value: string | number | null, out: JsonBytes): void {
  if (typeof value === 'string') out.jsonText(value);
  else out.text(jsonValue(value));
}

/** What stands in an object of these columns before each value, and after the last. */
function textBetween(columns: readonly ReportColumn[]): string[] {
  const texts: string[] = [];
  let open: readonly string[] = [];
  for (const { path } of columns) {
    let common = 0;
    while (common < open.length - 1 && open[common] === path[common]) common++;
    const closing = open.length === 0 ? '{' : `${'}'.repeat(open.length - 1 - common)},`;
    texts.push(`${closing}${path.slice(common).map(jsonText).join(':{')}:`);
    open = path;
  }
  return [...texts, columns.length === 0 ? '{}' : '}'.repeat(open.length)];
}

function jsonTime(ms: number | null): string {
  return ms === null ? 'null' : `"${new Date(ms).toISOString()}"`;
}

function jsonLedger(ledger: Ledger): string {
  return `{"lines":${ledger.lines},${LEDGER_CLASSES.map((name) => `"${name}":${ledger[name]}`).join(',')}}`;
}
