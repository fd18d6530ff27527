// Where and why the program that got furthest gave up on the current line; set by the readers, read by line.ts.
// One thread, one line at a time: plain globals.

/** Nothing at this address fits the format. */
export const MISMATCH: usize = 0;
/** The line ends where the format goes on. */
export const CUT: usize = 1;

export let failedAt: usize = 0;
export let failedOp: i32 = 0;

export function resetFailure(): void {
  failedAt = 0;
  failedOp = 0;
}

/** Remembers the furthest failure. */
export function noteFailure(at: usize, op: i32): void {
  if (at >= failedAt) {
    failedAt = at;
    failedOp = op;
  }
}
