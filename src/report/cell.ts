/** One value as a reader sees it: in its unit, with thousands set apart, and harmless. */

import { formatBytes, formatDuration, formatNumber, formatShare } from '../model/units.ts';
import type { Cell, Unit } from './grid.ts';
import { terminalText } from './safe-text.ts';

/** What stands where there was nothing to measure. */
const NOTHING = '-';

const NUMBERS: Readonly<Record<Unit, (value: number) => string>> = {
  text: String,
  plain: String,
  count: formatNumber,
  share: formatShare,
  bytes: formatBytes,
  ms: formatDuration,
};

/** In: the value and its column's unit. Out: text without anything a terminal would act on. */
export function formatCell(value: Cell, unit: Unit): string {
  if (value === null) return NOTHING;
  return typeof value === 'number' ? NUMBERS[unit](value) : terminalText(value);
}

/** `text` in at most `width` characters: the middle of a long URL says least, so it goes. */
export function shorten(text: string, width: number): string {
  if (text.length <= width) return text;
  if (width <= 1) return '…';
  const head = Math.ceil((width - 1) * 0.6);
  return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`;
}
