/**
 * Units at the edge: durations as people type them, and numbers as people read them. Inside, times are milliseconds
 * and sizes are bytes. Nothing here depends on the locale, so output is the same everywhere.
 */

/** Milliseconds of each unit that a duration may carry. */
export const DURATION_UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

const DURATION = /^(\d{1,12}(?:\.\d{1,3})?)(ms|s|m|h|d|w)$/;

/** In: `500ms`, `1.5s`, `2h`, … Out: whole milliseconds, null where `text` is no duration. A unit is required. */
export function parseDuration(text: string): number | null {
  const match = DURATION.exec(text);
  if (match === null) return null;
  return Math.round(Number(match[1]) * DURATION_UNITS[match[2] as keyof typeof DURATION_UNITS]);
}

/** `12345.6` → `12,345.6`: thousands set apart. In: a finite number, and the digits to show after the point. */
export function formatNumber(value: number, digits = 0): string {
  const text = value.toFixed(digits);
  const point = digits === 0 ? text.length : text.length - digits - 1;
  const first = value < 0 ? 1 : 0;
  if (point - first <= 3) return text;
  let out = text.slice(point);
  let end = point;
  for (; end - first > 3; end -= 3) out = `,${text.slice(end - 3, end)}${out}`;
  return text.slice(0, end) + out;
}

/**
 * Three figures are enough to compare by: 1.23, 12.3, 123. Zeros stay, so that a column keeps its decimal points in
 * line; `whole` is for units that are mostly counted in whole numbers, which then have no point.
 */
function threeFigures(value: number, whole = false): string {
  if (value === 0 || value >= 99.95 || (whole && Number.isInteger(value))) return formatNumber(value);
  return value.toFixed(value >= 9.995 ? 1 : 2);
}

/** A time for a reader: `340 ms`, `1.20 s`, `14.5 min`, `3.20 h`, `12.0 d`. In: milliseconds, 0 or more. */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${threeFigures(ms, true)} ms`;
  if (ms < 60_000) return `${threeFigures(ms / 1_000)} s`;
  if (ms < 3_600_000) return `${threeFigures(ms / 60_000)} min`;
  if (ms < 48 * 3_600_000) return `${threeFigures(ms / 3_600_000)} h`;
  return `${threeFigures(ms / 86_400_000)} d`;
}

const SIZE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** A size for a reader, in decimal units: `512 B`, `12.3 MB`. In: bytes, 0 or more. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  for (; value >= 999.5 && unit < SIZE_UNITS.length - 1; unit++) value /= 1_000;
  return `${threeFigures(value, unit === 0)} ${SIZE_UNITS[unit]}`;
}

/** A share for a reader: `0 %`, `0.12 %`, `34.5 %`, `100 %`. In: 0 to 1. A share that is not zero never reads as zero. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.0001) return '<0.01 %';
  return `${threeFigures(share * 100)} %`;
}
