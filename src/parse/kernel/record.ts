// Of the record read last: what all columns but its own say of it. One thread, one record at a time: plain globals.

export const ABSENT: i32 = -2147483648;

/** As in src/model/columns.ts. */
export const FLAG_TRUNCATED: i32 = 1;
export const FLAG_PARTIAL_TIME: i32 = 2;
export const FLAG_SSL: i32 = 16;

export let recordKind: i32 = 0;
export let recordFormat: i32 = 0;
export let recordFlags: i32 = 0;

export function beginRecord(kind: i32, format: i32): void {
  recordKind = kind;
  recordFormat = format;
  recordFlags = 0;
}

export function setFormat(format: i32): void {
  recordFormat = format;
}

export function addFlags(flags: i32): void {
  recordFlags |= flags;
}
