/** What a store holds, without the ids that depend on how it came in. */
import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { LEDGER_CLASSES } from '../../src/model/ledger.ts';

const COUNTS = ['lines', ...LEDGER_CLASSES].join(', ');

/** Too many to show where they differ. */
interface Rows {
  readonly count: number;
  readonly digest: string;
}

export interface StoreContent {
  readonly sources: readonly unknown[];
  readonly requests: Rows;
  readonly events: Rows;
  readonly unparsed: readonly unknown[];
}

/** In: the store's file. Sources without a line are left out. Throws where the file is not sound. */
export function storeContent(db: string): StoreContent {
  const database = new Database(db, { readonly: true });
  try {
    const check = database.pragma('integrity_check', { simple: true });
    if (check !== 'ok') throw new Error(`${db}: ${check}`);
    const broken = database.pragma('foreign_key_check') as unknown[];
    if (broken.length > 0) throw new Error(`${db}: ${broken.length} rows refer to nothing`);
    const rows = (sql: string): unknown[] => database.prepare(sql).raw().all();
    const digest = (view: string): Rows => {
      const hash = createHash('sha256');
      let count = 0;
      for (const row of database.prepare(`SELECT * FROM ${view} ORDER BY source, line_number`).raw().iterate()) {
        const [_id, ...columns] = row as unknown[];
        hash.update(JSON.stringify(columns));
        count++;
      }
      return { count, digest: hash.digest('hex') };
    };
    return {
      sources: rows(`SELECT name, kind, ${COUNTS} FROM source WHERE lines > 0 ORDER BY name, lines`),
      requests: digest('requests'),
      events: digest('events'),
      unparsed: rows(
        'SELECT source.name, line_number, reason, bytes FROM unparsed JOIN source ON source.id = source ORDER BY name, line_number',
      ),
    };
  } finally {
    database.close();
  }
}
