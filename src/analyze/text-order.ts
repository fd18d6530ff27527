/**
 * Sorts very many texts. Two at a time a million of them take twenty comparisons each; here the next four characters
 * of all are sorted as numbers, then the next four of those that agree so far. What is left, and what does not fit
 * that scheme, is compared two at a time: the order is always the comparison's own.
 */

/** Runs this short are compared at once. */
const SHORT_RUN = 12;
/** Texts that agree in so many characters are compared: it bounds the recursion, whatever the texts. */
const MOST_CHARS = 256;
const CHARS_AT_ONCE = 4;
/** The byte for every character too wide for one; after it a text's bytes are 0, as they are past its end. */
const WIDE = 0xff;

/**
 * Out: the places of `texts` in order. In: `compare`, given two places, which orders different texts by their code units,
 * last first where `descending`, and decides about equal ones.
 */
export function textOrder(texts: readonly string[], descending: boolean, compare: (one: number, other: number) => number): Uint32Array {
  const order = Uint32Array.from(texts.keys());
  if (order.length <= SHORT_RUN) return order.sort(compare);
  const numbers = new BigUint64Array(order.length);
  // The halves of each number: below (first, in little-endian memory) a place, above it the characters.
  const halves = new Uint32Array(numbers.buffer);
  const flip = descending ? -1 : 0;

  const sortRun = (from: number, until: number, depth: number): void => {
    for (let i = from; i < until; i++) {
      const place = order[i] as number;
      halves[2 * i] = place;
      halves[2 * i + 1] = charsAt(texts[place] as string, depth) ^ flip;
    }
    numbers.subarray(from, until).sort();
    for (let i = from; i < until; i++) order[i] = halves[2 * i] as number;
    for (let first = from; first < until; ) {
      const chars = halves[2 * first + 1] as number;
      let end = first + 1;
      while (end < until && halves[2 * end + 1] === chars) end++;
      const last = (chars ^ flip) & 0xff;
      const more = last !== 0 && last !== WIDE && depth < MOST_CHARS;
      if (more && end - first > SHORT_RUN) sortRun(first, end, depth + CHARS_AT_ONCE);
      else if (end - first > 1) order.subarray(first, end).sort(compare);
      first = end;
    }
  };
  sortRun(0, order.length, 0);
  return order;
}

/** Four characters of a text as a number that sorts as they do, as far as it tells them apart. */
function charsAt(text: string, depth: number): number {
  let chars = 0;
  for (let i = 0; i < CHARS_AT_ONCE; i++) {
    const byte = depth + i < text.length ? Math.min(text.charCodeAt(depth + i) + 1, WIDE) : 0;
    chars = (chars << 8) | byte;
    if (byte === WIDE) return chars << (8 * (CHARS_AT_ONCE - 1 - i));
  }
  return chars;
}
