/** One record as an object, under the names of the vocabulary: what is rendered into a line. */

import type { ColumnName } from '../model/columns.ts';

type Captures = 'captured_request_headers' | 'captured_response_headers';

/**
 * Absent or null: the line shows `-`, or nothing where captures would stand. Times are ms (-1 = never reached), sizes
 * bytes, `accept_date` epoch ms; captures are the values of the captured headers in their order.
 */
export type LogRecord = { readonly [Name in Exclude<ColumnName, Captures>]?: string | number | null } & {
  readonly [Name in Captures]?: readonly string[] | null;
} & {
  /** The connection came over TLS: `~` after the frontend. */
  readonly ssl?: boolean;
  /** `+` before the total time, the size (option logasap), the retries. */
  readonly partial_time?: boolean;
  readonly partial_bytes?: boolean;
  readonly redispatched?: boolean;
};
