/** The kernel's dictionaries: equal texts have equal ids, whatever their number and length, up to the bound. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ColumnMemory } from '../../src/model/log-batch.ts';
import { type DictionaryTexts, KernelDictionary } from '../../src/parse/kernel-dictionary.ts';
import { DICTIONARY_BYTES, instantiateKernel, loadKernelModule } from '../../src/parse/kernel-host.ts';
import { runs } from './runs.ts';

const module = loadKernelModule();

function dictionary(maxCount = 1_000_000, maxBytes = 100_000_000): KernelDictionary {
  const columns = new ColumnMemory();
  const kernel = instantiateKernel(module, columns, () => 0);
  const at = columns.reserve(DICTIONARY_BYTES);
  kernel.initDictionary(at, maxCount, maxBytes, 7n);
  return new KernelDictionary(kernel, columns, at);
}

function textsOf(texts: readonly string[]): DictionaryTexts {
  const encoded = texts.map((text) => Buffer.from(text));
  return { lengths: Uint32Array.from(encoded, ({ length }) => length), bytes: Buffer.concat(encoded) };
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, n) => `/path/${n}`);

test('when texts are interned, then equal ones share an id and ids are dense in order of first sight', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { size: 'max', maxLength: 200 }), (texts) => {
      const known = dictionary();
      const distinct = [...new Set(texts)];
      assert.deepEqual(
        [...known.import(textsOf(texts))],
        texts.map((text) => distinct.indexOf(text)),
      );
      assert.equal(known.size, distinct.length);
      assert.deepEqual(
        distinct.map((_, id) => known.text(id)),
        distinct.map((text) => Buffer.from(text).toString()),
      );
    }),
    runs(50),
  );
});

test('when there are very many texts, then each keeps its id as the tables grow', () => {
  const known = dictionary();
  const texts = numbered(300_000);
  const ids = known.import(textsOf(texts));
  assert.ok(ids.every((id, n) => id === n));
  assert.ok(known.import(textsOf(texts)).every((id, n) => id === n));
  assert.equal(known.text(299_999), '/path/299999');
});

test('when texts are long, then they differ by their last byte too', () => {
  const known = dictionary();
  const long = 'a'.repeat(65_535);
  const texts = ['', long, `${long}b`, `${long}c`, long.slice(1), long];
  assert.deepEqual([...known.import(textsOf(texts))], [0, 1, 2, 3, 4, 1]);
  assert.equal(known.text(3), `${long}c`);
});

test('when the number of texts reaches the bound, then new ones share one entry and known ones keep theirs', () => {
  const known = dictionary(10);
  const ids = known.import(textsOf([...numbered(20), '/path/3', '(other)']));
  assert.equal(known.size, 10);
  assert.equal(known.overflowed, true);
  assert.deepEqual([...ids.subarray(0, 9)], [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  assert.ok(ids.subarray(9, 20).every((id) => id === 9));
  assert.deepEqual([...ids.subarray(20)], [3, 9]);
  assert.equal(known.text(9), '(other)');
});

test('when the bytes of the texts reach the bound, then new ones share one entry', () => {
  const known = dictionary(1_000, 1_000);
  known.import(textsOf(numbered(500)));
  assert.equal(known.overflowed, true);
  assert.ok(known.size < 200, String(known.size));
  assert.equal(known.text(known.size - 1), '(other)');
});

test('when texts travel to another dictionary, then they come back as they were', () => {
  const texts = ['/', '', 'ä', '/path'];
  const from = dictionary();
  from.import(textsOf(texts));
  const to = dictionary();
  to.import(textsOf(['/path']));
  assert.deepEqual([...to.import(from.export())], [1, 2, 3, 0]);
  assert.equal(to.text(3), 'ä');
});

test('when an id was never given out, then asking for its text throws', () => {
  const known = dictionary();
  known.import(textsOf(['a']));
  assert.throws(() => known.text(1), RangeError);
  assert.throws(() => known.text(-1), RangeError);
});
