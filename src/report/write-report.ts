/** A finished report in the format asked for. */

import type { ReportResult } from '../analyze/plan.ts';
import { type ReportColumn, reportColumns } from './columns.ts';
import { defaultColumns } from './default-columns.ts';
import type { Grid } from './grid.ts';
import { gridCsv, gridJson, gridMarkdown, gridNdjson } from './grid-text.ts';
import { reportJson, reportNdjson } from './json.ts';
import { type Sink, writeBytes, writePieces } from './pieces.ts';
import type { Format } from './report-format.ts';
import type { TableView } from './table.ts';

export interface ReportView extends TableView {
  readonly format: Format;
  /** Names as in `reportColumns`; null = the report's own choice in a table and in markdown, everything elsewhere. */
  readonly columns: readonly string[] | null;
}

/** Columns that `view` shows of `result`, in order. Objects keep the contract's order; what has no timer kept is left out. */
function chosen(result: ReportResult, view: ReportView): readonly ReportColumn[] {
  const all = reportColumns(result.keys, result.percentiles);
  const forReaders = view.format === 'table' || view.format === 'markdown';
  const names = view.columns ?? (forReaders ? defaultColumns(result.report, result.keys, result.percentiles) : null);
  if (names === null) return all;
  if (view.format === 'json' || view.format === 'ndjson') return all.filter(({ name }) => names.includes(name));
  return names.flatMap((name) => all.find((column) => column.name === name) ?? []);
}

function reportGrid(result: ReportResult, columns: readonly ReportColumn[]): Grid {
  return {
    columns,
    rows: (function* () {
      for (const row of result.rows) yield columns.map((column) => column.value(row));
    })(),
  };
}

/** Writes the rows (and for JSON the account) to `sink`. The ledger of the other formats is the caller's to show. */
export function writeReport(result: ReportResult, view: ReportView, sink: Sink): Promise<void> {
  const columns = chosen(result, view);
  if (view.format === 'json') return writeBytes(reportJson(result, columns), sink);
  if (view.format === 'ndjson') return writeBytes(reportNdjson(result, columns), sink);
  return writeGrid(reportGrid(result, columns), view, sink);
}

/** The same for rows of any other origin. The table's library is loaded only for a table. */
export async function writeGrid(grid: Grid, view: TableView & { readonly format: Format }, sink: Sink): Promise<void> {
  const texts: Readonly<Record<Format, () => Iterable<string> | Promise<Iterable<string>>>> = {
    table: async () => (await import('./table.ts')).gridTable(grid, view),
    markdown: () => gridMarkdown(grid),
    csv: () => gridCsv(grid, view.width !== null),
    json: () => gridJson(grid),
    ndjson: () => gridNdjson(grid),
  };
  return writePieces(await texts[view.format](), sink);
}
