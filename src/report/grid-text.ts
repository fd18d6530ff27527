/** A grid as CSV (RFC 4180, bare numbers), as markdown, and as JSON objects. */

import { formatCell } from './cell.ts';
import { type Cell, flatName, type Grid } from './grid.ts';
import { jsonValue } from './json.ts';
import { csvText, jsonText, markdownText, terminalText } from './safe-text.ts';

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  return typeof cell === 'number' ? String(cell) : csvText(cell);
}

/** CSV with a header row, lines ended by CRLF. On a terminal control characters are shown, not sent. */
export function* gridCsv(grid: Grid, onTerminal: boolean): Iterable<string> {
  const cell = onTerminal ? (value: Cell) => terminalText(csvCell(value)) : csvCell;
  yield `${grid.columns.map((column) => cell(flatName(column))).join(',')}\r\n`;
  for (const row of grid.rows) yield `${row.map(cell).join(',')}\r\n`;
}

/** A markdown table (GitHub's), numbers at the right and in the reader's units. */
export function* gridMarkdown(grid: Grid): Iterable<string> {
  const { columns } = grid;
  yield `| ${columns.map(({ title }) => markdownText(title.replace('\n', ' '))).join(' | ')} |\n`;
  yield `|${columns.map(({ unit }) => (unit === 'text' ? ' --- ' : ' ---: ')).join('|')}|\n`;
  const texts = columns.map(
    ({ unit }) =>
      (value: Cell) =>
        typeof value === 'string' ? markdownText(value) : formatCell(value, unit),
  );
  for (const row of grid.rows) yield `| ${row.map((value, i) => texts[i]?.(value)).join(' | ')} |\n`;
}

/** One JSON object per row and line. */
export function* gridNdjson(grid: Grid): Iterable<string> {
  const before = grid.columns.map(({ name }, i) => `${i === 0 ? '{' : ','}${jsonText(name)}:`);
  for (const row of grid.rows) yield `${row.map((value, i) => before[i] + jsonValue(value)).join('')}}\n`;
}

/** One JSON array of such objects. */
export function* gridJson(grid: Grid): Iterable<string> {
  let between = '[\n';
  for (const line of gridNdjson(grid)) {
    yield between + line.slice(0, -1);
    between = ',\n';
  }
  yield between === '[\n' ? '[]\n' : '\n]\n';
}
