import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { textOrder } from '../../src/analyze/text-order.ts';

/** The same by comparisons alone: by code units, equal texts by their places. */
function assertOrdered(texts: readonly string[], descending: boolean): void {
  const sign = descending ? -1 : 1;
  const compare = (one: number, other: number): number => {
    const [a, b] = [texts[one] as string, texts[other] as string];
    return a === b ? one - other : a < b ? -sign : sign;
  };
  assert.deepEqual([...textOrder(texts, descending, compare)], [...texts.keys()].sort(compare));
}

const address = fc.ipV4();
const odd = fc.string({ unit: fc.constantFrom('\0', 'a', 'b', '~', 'ü', 'ý', 'þ', 'ÿ', 'Ā', '\ud800', '\uffff', '😀'), maxLength: 14 });

for (const descending of [false, true]) {
  test(`when texts are put in order${descending ? ', last first' : ''}, then it is that of a plain sort`, () => {
    fc.assert(fc.property(fc.array(fc.oneof(address, odd), { size: 'large' }), (texts) => assertOrdered(texts, descending)));
  });
}

test('when many texts agree in all that is looked at first, then they are in order too', () => {
  const texts = Array.from({ length: 300 }, (_, i) => 'x'.repeat(60_000 + ((i * 7) % 30)) + ((i * 7_919) % 100));
  assertOrdered(texts, false);
  assertOrdered(texts, true);
});
