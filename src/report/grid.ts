/** Rows of cells with named, typed columns: what a table, a CSV and a markdown page are made of, whoever the rows come from. */

/** How a value is shown to a reader; machines get the bare number. */
export type Unit = 'text' | 'plain' | 'count' | 'share' | 'bytes' | 'ms';

export type Cell = string | number | null;

export interface GridColumn {
  /** As in JSON, `.` between the levels: `status.5xx`, `response.p95`. */
  readonly name: string;
  /** Heading of a table, in one or two lines. */
  readonly title: string;
  readonly unit: Unit;
}

export interface Grid {
  /** The most important first: where room is short, the last go. */
  readonly columns: readonly GridColumn[];
  readonly rows: Iterable<readonly Cell[]>;
}

/** The column's name where dots cannot stand: `response_p95`. */
export function flatName(column: GridColumn): string {
  return column.name.replaceAll('.', '_');
}
