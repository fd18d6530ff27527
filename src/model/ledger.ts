/**
 * The account of every line given. Each line is in exactly one class, so that
 * requests + events + truncated + unparsed + filtered + duplicate = lines.
 */

export const LEDGER_CLASSES = ['requests', 'events', 'truncated', 'unparsed', 'filtered', 'duplicate'] as const;
export type LedgerClass = (typeof LEDGER_CLASSES)[number];

/** Counts of lines. Keys stand in the order in which JSON shows them. */
export type Ledger = { lines: number } & Record<LedgerClass, number>;

export function emptyLedger(): Ledger {
  return { lines: 0, requests: 0, events: 0, truncated: 0, unparsed: 0, filtered: 0, duplicate: 0 };
}

/** Adds the counts of `from` to `into`. */
export function addLedger(into: Ledger, from: Readonly<Ledger>): void {
  into.lines += from.lines;
  for (const name of LEDGER_CLASSES) into[name] += from[name];
}

/** What was counted since `before`, an earlier copy of the same ledger. */
export function ledgerSince(now: Readonly<Ledger>, before: Readonly<Ledger>): Ledger {
  const since = { ...now, lines: now.lines - before.lines };
  for (const name of LEDGER_CLASSES) since[name] = now[name] - before[name];
  return since;
}
