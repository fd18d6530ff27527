/** The formats records are written in; `raw` is the line as it came. */

export const RECORD_FORMATS = ['ndjson', 'csv', 'raw'] as const;
export type RecordFormat = (typeof RECORD_FORMATS)[number];
