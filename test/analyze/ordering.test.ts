import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inOrder } from '../../src/analyze/ordering.ts';

const byNumber = { compare: (a: number, b: number) => a - b, text: () => '', descending: false };

test('when groups are put in order, then it is that of a plain sort by number and key, cut at the limit', () => {
  const number = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(Infinity, -0, 0.5));
  fc.assert(
    fc.property(fc.array(fc.tuple(number, fc.nat(9))), fc.nat(12), (groups, limit) => {
      const ties = { key: (group: number) => (groups[group] as [number, number])[1], ...byNumber };
      const numbers = Float64Array.from(groups, ([given]) => given);
      const given = [...inOrder(numbers, limit, ties)].map(({ group }) => groups[group]);
      const plain = [...groups].sort(([a, k], [b, l]) => (a === b ? k - l : a < b ? -1 : 1)).slice(0, limit || undefined);
      assert.deepEqual(given.map(String), plain.map(String));
    }),
  );
});

test('when only the first of many ties are wanted, then few keys are kept and each is read once', () => {
  let reads = 0;
  const key = (group: number): number => {
    reads++;
    return (group * 7_919) % 100_000;
  };
  const ties = { key, ...byNumber };
  const first = [...inOrder(new Float64Array(100_000), 3, ties)];
  assert.deepEqual(
    first.map(({ key }) => key),
    [0, 1, 2],
  );
  assert.equal(reads, 100_000);
});
