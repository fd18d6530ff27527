import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRing, RingReader, RingWriter } from '../../src/input/datagram-ring.ts';

function ring(capacity: number): { writer: RingWriter; reader: RingReader } {
  const memory = createRing(capacity);
  return { writer: new RingWriter(memory), reader: new RingReader(memory) };
}

function put(writer: RingWriter, text: string): boolean {
  const bytes = Buffer.from(text);
  return writer.put(bytes, bytes.length);
}

function take(reader: RingReader, size = 1024): string {
  const into = Buffer.alloc(size);
  return into.toString('utf8', 0, reader.take(into));
}

test('when lines were put, then they are taken whole and in order, each with an LF', () => {
  const { writer, reader } = ring(64);
  assert.equal(take(reader), '');
  assert.ok(put(writer, 'one') && put(writer, 'two'));
  assert.equal(take(reader), 'one\ntwo\n');
  assert.equal(take(reader), '');
});

test('when only a part of a datagram is put, then the rest of it is left out', () => {
  const { writer, reader } = ring(64);
  writer.put(Buffer.from('one\r\n'), 3);
  assert.equal(take(reader), 'one\n');
});

test('when the buffer ends inside a line, then that line stays for the next call', () => {
  const { writer, reader } = ring(64);
  put(writer, 'one');
  put(writer, 'three');
  assert.equal(take(reader, 8), 'one\n');
  assert.equal(take(reader, 8), 'three\n');
});

test('when the buffer is shorter than the next line, then take throws and the line is not lost', () => {
  const { writer, reader } = ring(64);
  put(writer, 'three');
  assert.throws(() => take(reader, 4), RangeError);
  assert.equal(take(reader), 'three\n');
});

test('when a line does not fit, then it is refused and what was there is untouched', () => {
  const { writer, reader } = ring(64);
  assert.ok(put(writer, 'x'.repeat(60)));
  assert.equal(put(writer, 'four'), false);
  assert.ok(put(writer, 'yy'));
  assert.equal(put(writer, ''), false);
  assert.equal(take(reader), `${'x'.repeat(60)}\nyy\n`);
  assert.equal(put(writer, 'x'.repeat(64)), false);
  assert.ok(put(writer, 'x'.repeat(63)));
});

test('when positions pass the end of the data again and again, then no byte is lost', () => {
  const { writer, reader } = ring(64);
  for (let round = 0; round < 1000; round++) {
    const line = `${round}:${'z'.repeat(round % 50)}`;
    assert.ok(put(writer, line));
    assert.equal(take(reader), `${line}\n`);
  }
});

test('when more than 2^32 bytes went through, then positions still agree', () => {
  const { writer, reader } = ring(2 ** 26);
  const line = Buffer.alloc(2 ** 25 - 1, 'a');
  const into = Buffer.alloc(2 ** 25);
  for (let round = 0; round < 130; round++) {
    assert.ok(writer.put(line, line.length));
    assert.equal(reader.take(into), into.length);
  }
  assert.equal(reader.bytes, 130 * 2 ** 25);
  assert.equal(reader.available, 0);
});

test('when puts and takes come in any order, then what is taken is what was accepted', () => {
  const step = fc.oneof(
    fc.record({ put: fc.string({ unit: 'grapheme-ascii', maxLength: 40 }) }),
    fc.record({ take: fc.integer({ min: 41, max: 80 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const { writer, reader } = ring(128);
      let accepted = '';
      let taken = '';
      for (const one of steps) {
        if ('take' in one) taken += take(reader, one.take);
        else if (put(writer, one.put)) accepted += `${one.put}\n`;
      }
      taken += take(reader);
      assert.equal(taken, accepted);
      assert.equal(reader.bytes, Buffer.byteLength(accepted));
    }),
  );
});

test('when the reader sleeps, then the writer hears of it once', () => {
  const { writer, reader } = ring(64);
  assert.equal(writer.readerSleeps(), false);
  assert.ok(reader.sleep());
  put(writer, 'one');
  assert.equal(writer.readerSleeps(), true);
  assert.equal(writer.readerSleeps(), false);
});

test('when a line is there already, then the reader may not sleep and nobody has to wake it', () => {
  const { writer, reader } = ring(64);
  put(writer, 'one');
  assert.equal(reader.sleep(), false);
  assert.equal(writer.readerSleeps(), false);
});

test('when the writer counts, then the reader sees each count apart', () => {
  const { writer, reader } = ring(64);
  writer.count('dropped', 2n);
  writer.count('innerLineFeeds', 2n ** 40n);
  assert.equal(reader.counter('dropped'), 2);
  assert.equal(reader.counter('innerLineFeeds'), 2 ** 40);
  assert.equal(reader.counter('received'), 0);
});

test('when the capacity is no power of two in reach, then no ring is made', () => {
  for (const capacity of [0, 32, 100, 2 ** 31, -1, Number.NaN]) assert.throws(() => createRing(capacity), RangeError);
});
