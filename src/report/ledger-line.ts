/** The account of every line in one line, for the place beside a result. */

import { LEDGER_CLASSES, type Ledger, type LedgerClass } from '../model/ledger.ts';
import { formatNumber } from '../model/units.ts';

/** Classes that are counted in things, with the word for one and for many; the others read the same in both. */
const WORDS: Readonly<Partial<Record<LedgerClass, readonly [string, string]>>> = {
  requests: ['request', 'requests'],
  events: ['event', 'events'],
  duplicate: ['duplicate', 'duplicates'],
};

function amount(count: number, [one, many]: readonly [string, string]): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** `10 lines: 8 requests, 1 event, 1 unparsed (halogen records --unparsed shows them)`. Classes without a line are left out. */
export function ledgerLine(ledger: Ledger): string {
  const classes = LEDGER_CLASSES.filter((name) => ledger[name] > 0);
  const parts = classes.map((name) => amount(ledger[name], WORDS[name] ?? [name, name]));
  const lines = amount(ledger.lines, ['line', 'lines']);
  const account = parts.length === 0 ? lines : `${lines}: ${parts.join(', ')}`;
  return ledger.unparsed > 0 ? `${account} (halogen records --unparsed shows them)` : account;
}

/** `accepted from 2026-11-01T00:00:00.006Z to 2026-11-01T01:00:00.000Z`: when the requests of a report came. In: epoch ms. */
export function periodLine(from: number, to: number): string {
  return `accepted from ${new Date(from).toISOString()} to ${new Date(to).toISOString()}`;
}
