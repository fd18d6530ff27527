/** Numbers as JSON, digit by digit into bytes. */

/** The longest number that `String` gives, such as -2.2250738585072014e-308. */
export const MOST_NUMBER_BYTES = 24;

const ZERO = 0x30;

/** Writes the digits that `String` gives, null for what JSON has no number for. Out: where they end. MOST_NUMBER_BYTES must be free. */
export function putJsonNumber(value: number, bytes: Uint8Array, at: number): number {
  const whole = value | 0;
  if (whole === value && whole >= 0) return putDigits(whole, bytes, at);
  const text = Number.isFinite(value) ? String(value) : 'null';
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
  return at + text.length;
}

/** In: 0 to 2^31 - 1: beyond, integer arithmetic is no quicker than `String`. */
function putDigits(value: number, bytes: Uint8Array, at: number): number {
  let end = at + 1;
  for (let rest = value; rest >= 10; rest = (rest / 10) | 0) end++;
  let rest = value;
  for (let i = end - 1; i >= at; i--) {
    const tens = (rest / 10) | 0;
    bytes[i] = ZERO + rest - tens * 10;
    rest = tens;
  }
  return end;
}
