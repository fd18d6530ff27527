/**
 * A grid as a table for a person. It fits the width given: long texts are shortened in the middle, then the last
 * columns go, and a note says so. Rows are laid out page by page, so a table of any length takes bounded memory;
 * a column only widens from one page to the next.
 */

import Table from 'cli-table3';
import { TABLE_PAGE_ROWS, TABLE_TEXT_CHARS } from '../limits.ts';
import { formatCell, shorten } from './cell.ts';
import type { Cell, Grid, GridColumn } from './grid.ts';

export interface TableView {
  /** Columns of the terminal; null where there is none: no column goes, and texts are whole up to TABLE_TEXT_CHARS. */
  readonly width: number | null;
  readonly colour: boolean;
  /** Takes a sentence about what the table leaves out. */
  readonly note: (sentence: string) => void;
}

const GAP = 2;
/** A text is not shortened below this for the sake of another column … */
const ROOMY_TEXT = 32;
/** … and never below this. */
const LEAST_TEXT = 8;
/** Columns that stay whatever the width: the keys and one measure are what makes a row say anything. */
const LEAST_COLUMNS = 3;

const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  right: '',
  'right-mid': '',
  mid: '─',
  'mid-mid': ' '.repeat(GAP),
  middle: ' '.repeat(GAP),
};

const lineWidth = (widths: readonly number[]): number => widths.reduce((sum, width) => sum + width, GAP * (widths.length - 1));

/** Widths for the line to fit `room`: texts give way first, down to ROOMY_TEXT, then columns from the end, then texts again. */
function fit(columns: readonly GridColumn[], natural: readonly number[], room: number): number[] {
  const shrunk = (widths: readonly number[], least: number): number[] => {
    const out = [...widths];
    let over = lineWidth(out) - room;
    while (over > 0) {
      let widest = -1;
      for (let i = 0; i < out.length; i++) {
        if (columns[i]?.unit !== 'text' || (out[i] as number) <= least) continue;
        if (widest < 0 || (out[i] as number) > (out[widest] as number)) widest = i;
      }
      if (widest < 0) break;
      out[widest] = (out[widest] as number) - 1;
      over--;
    }
    return out;
  };
  let widths = shrunk(natural, ROOMY_TEXT);
  while (lineWidth(widths) > room && widths.length > LEAST_COLUMNS) {
    widths = shrunk(natural.slice(0, widths.length - 1), ROOMY_TEXT);
  }
  return shrunk(widths, LEAST_TEXT);
}

function* pages(rows: Iterable<readonly Cell[]>, columns: readonly GridColumn[]): Iterable<string[][]> {
  let page: string[][] = [];
  for (const row of rows) {
    page.push(columns.map(({ unit }, i) => shorten(formatCell(row[i] ?? null, unit), TABLE_TEXT_CHARS)));
    if (page.length < TABLE_PAGE_ROWS) continue;
    yield page;
    page = [];
  }
  yield page;
}

function headings(columns: readonly GridColumn[], colour: boolean): { content: string; vAlign: 'bottom' }[] {
  const bold = (line: string): string => (colour ? `\x1b[1m${line}\x1b[22m` : line);
  return columns.map(({ title }) => ({ content: title.split('\n').map(bold).join('\n'), vAlign: 'bottom' }));
}

function layOut(
  page: readonly string[][],
  columns: readonly GridColumn[],
  widths: readonly number[],
  head: boolean,
  colour: boolean,
): string {
  const table = new Table({
    ...(head ? { head: headings(columns, colour) as unknown as string[] } : {}),
    chars: NO_BORDERS,
    colWidths: [...widths],
    colAligns: columns.map(({ unit }) => (unit === 'text' ? 'left' : 'right')),
    style: { compact: true, head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...page.map((row) => widths.map((width, i) => shorten(row[i] as string, width))));
  return `${table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
}

/** The table, a page at a time; `view.note` is called before the first is given out. */
export function* gridTable(grid: Grid, view: TableView): Iterable<string> {
  let columns = grid.columns;
  let widths = columns.map(({ title }) => Math.max(...title.split('\n').map((line) => line.length)));
  let first = true;
  for (const page of pages(grid.rows, grid.columns)) {
    if (page.length === 0 && !first) break;
    widths = widths.map((width, i) => page.reduce((most, row) => Math.max(most, row[i]?.length ?? 0), width));
    if (view.width !== null) widths = fit(columns, widths, view.width);
    if (first && widths.length < columns.length) {
      const left = columns.slice(widths.length).map(({ name }) => name);
      view.note(`the terminal is too narrow for ${left.join(', ')}; --columns chooses, --format csv has everything`);
    }
    columns = columns.slice(0, widths.length);
    yield layOut(page, columns, widths, first, view.colour);
    first = false;
  }
}
