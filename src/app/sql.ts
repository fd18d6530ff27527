/** A read-only query on the store. */

import { querySql, type SqlResult } from '../store/sql.ts';

/** Throws HalogenError STORE_UNUSABLE or QUERY_FAILED. */
export function runSql({ db, query }: { readonly db: string; readonly query: string }): SqlResult {
  return querySql(db, query);
}
