/**
 * JSON of a report: one object, a row per line, as the contract of the command line has it. Nothing is built as an
 * object first: the text between the values is the same in every row and is made once.
 */

import type { ReportResult, ReportRow } from '../analyze/plan.ts';
import { LEDGER_CLASSES, type Ledger } from '../model/ledger.ts';
import type { ReportColumn } from './columns.ts';
import { jsonText } from './safe-text.ts';

/** A writer of rows as JSON objects of these columns, which must stand in the order of `reportColumns`. */
export function jsonRows(columns: readonly ReportColumn[]): (row: ReportRow) => string {
  const before: string[] = [];
  let open: readonly string[] = [];
  for (const { path } of columns) {
    let common = 0;
    while (common < open.length - 1 && open[common] === path[common]) common++;
    const closing = open.length === 0 ? '{' : `${'}'.repeat(open.length - 1 - common)},`;
    const opening = path.slice(common).map(jsonText).join(':{');
    before.push(`${closing}${opening}:`);
    open = path;
  }
  const end = columns.length === 0 ? '{}' : '}'.repeat(open.length);
  return (row) => {
    let text = '';
    for (let i = 0; i < columns.length; i++) text += (before[i] as string) + jsonValue((columns[i] as ReportColumn).value(row));
    return text + end;
  };
}

/** Text, a finite number, or null (also for what JSON has no number for). */
export function jsonValue(value: string | number | null): string {
  if (typeof value === 'string') return jsonText(value);
  return value === null || !Number.isFinite(value) ? 'null' : String(value);
}

function jsonTime(ms: number | null): string {
  return ms === null ? 'null' : `"${new Date(ms).toISOString()}"`;
}

function jsonLedger(ledger: Ledger): string {
  return `{"lines":${ledger.lines},${LEDGER_CLASSES.map((name) => `"${name}":${ledger[name]}`).join(',')}}`;
}

/** The whole report. `total_rows` stands after the rows where the limit cut some, `notes` where there are any. */
export function* reportJson(result: ReportResult, columns: readonly ReportColumn[]): Iterable<string> {
  const asJson = jsonRows(columns);
  yield `{"report":${jsonText(result.report)},"from":${jsonTime(result.from)},"to":${jsonTime(result.to)},"ledger":${jsonLedger(result.ledger)},"rows":[`;
  let rows = 0;
  for (const row of result.rows) yield (rows++ === 0 ? '\n' : ',\n') + asJson(row);
  yield rows === 0 ? ']' : '\n]';
  if (rows < result.total) yield `,"total_rows":${result.total}`;
  if (result.notes.length > 0) yield `,"notes":[${result.notes.map(jsonText).join(',')}]`;
  yield '}\n';
}

/** One object per row and line. */
export function* reportNdjson(result: ReportResult, columns: readonly ReportColumn[]): Iterable<string> {
  const asJson = jsonRows(columns);
  for (const row of result.rows) yield `${asJson(row)}\n`;
}
