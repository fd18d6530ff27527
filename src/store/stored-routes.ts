/** The columns of a batch that a store keeps in its table `route`, by route id, read as the ids turn up. */

import type Database from 'better-sqlite3';
import { COLUMNS, type ColumnName, type IdColumn, type IntColumn } from '../model/columns.ts';
import { ABSENT } from '../model/timers.ts';
import { ROUTE_COLUMNS } from './combinations.ts';
import type { StoredTexts } from './stored-texts.ts';

export type RouteColumn = Exclude<(typeof ROUTE_COLUMNS)[number], 'composed'>;

export const isRouteColumn = (name: ColumnName): name is RouteColumn => (ROUTE_COLUMNS as readonly string[]).includes(name);

export class StoredRoutes {
  readonly #columns: readonly RouteColumn[];
  readonly #texts: Readonly<Record<IdColumn, StoredTexts>>;
  readonly #find: Database.Statement<[number], (number | null)[]>;
  /** Per column, the batch's value by route id. */
  readonly #values: Int32Array[];
  #known = new Uint8Array(1_024);

  constructor(database: Database.Database, columns: readonly RouteColumn[], texts: Readonly<Record<IdColumn, StoredTexts>>) {
    this.#columns = columns;
    this.#texts = texts;
    this.#find = database.prepare<[number], (number | null)[]>(`SELECT ${columns.join(', ')} FROM route WHERE id = ?`).raw();
    this.#values = columns.map(() => new Int32Array(this.#known.length));
  }

  /** Writes each column's values for the rows' routes into a batch. `destination` is where a column goes. */
  fill(routes: Int32Array, rows: number, destination: (column: IntColumn | IdColumn) => Int32Array): void {
    for (let row = 0; row < rows; row += 1) {
      const route = routes[row] as number;
      if (route >= this.#known.length || this.#known[route] === 0) this.#learn(route);
    }
    this.#columns.forEach((column, i) => {
      const values = this.#values[i] as Int32Array;
      const into = destination(column);
      for (let row = 0; row < rows; row += 1) into[row] = values[routes[row] as number] as number;
    });
  }

  #learn(route: number): void {
    if (route >= this.#known.length) this.#grow(route);
    const found = this.#find.get(route) ?? [];
    this.#columns.forEach((column, i) => {
      const value = found[i] ?? null;
      (this.#values[i] as Int32Array)[route] = COLUMNS[column] === 'id' ? this.#texts[column as IdColumn].id(value) : (value ?? ABSENT);
    });
    this.#known[route] = 1;
  }

  #grow(route: number): void {
    const room = Math.max(route + 1, this.#known.length * 2);
    const known = new Uint8Array(room);
    known.set(this.#known);
    this.#known = known;
    this.#values.forEach((old, i) => {
      const values = new Int32Array(room);
      values.set(old);
      this.#values[i] = values;
    });
  }
}
