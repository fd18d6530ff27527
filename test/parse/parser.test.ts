/** The parser around the kernel: rejects, batches, the lent buffer, one input after another. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BATCH_ROWS, CHUNK_BYTES, MAX_LINE_BYTES } from '../../src/limits.ts';
import { type LogBatch, spanText } from '../../src/model/log-batch.ts';
import { Parser } from '../../src/parse/parser.ts';
import { generateLog } from '../bench/log-generator.ts';

const START = '192.0.2.7:4711 [03/Nov/2026:07:08:09.010] in app/app1 ';
const line = (uri: string): string => `${START}10/0/30/69/109 200 2750 - - ---- 1/2/3/4/0 5/6 "GET ${uri} HTTP/1.1"\n`;
const ignore = (): void => undefined;

function rejects(text: string): (readonly [string, number, string, number])[] {
  const all: (readonly [string, number, string, number])[] = [];
  const parser = new Parser({
    columns: [],
    onUnparsed: (bytes, number, reason, place) => all.push([Buffer.from(bytes).toString('latin1'), number, reason, place]),
  });
  parser.push(Buffer.from(text, 'latin1'), ignore);
  parser.end(ignore);
  return all;
}

test('when a line has no record, then its bytes, number, reason and place are told', () => {
  const [empty, none, wrong, cut, last] = rejects(`${line('/')}\nhello\r\n${START}x\n${line('/')}${START.slice(0, -3)}\nbye`);
  assert.deepEqual([empty?.[0], empty?.[1], empty?.[3]], ['', 2, 0]);
  assert.deepEqual([none?.[0], none?.[1], none?.[3]], ['hello', 3, 0]);
  assert.match(none?.[2] ?? '', /accept date/);
  assert.deepEqual([wrong?.[0], wrong?.[1]], [`${START}x`, 4]);
  assert.deepEqual([cut?.[0], cut?.[1]], [START.slice(0, -3), 6]);
  assert.deepEqual([last?.[0], last?.[1]], ['bye', 7]);
});

test('when a field does not fit, then the place is its column, from 1', () => {
  const [[, , reason, place] = []] = rejects(`${START}10/0/x/69/109 200 2750 - - ---- 1/2/3/4/0 5/6 "GET / HTTP/1.1"\n`);
  assert.ok((place as number) >= START.length + 1 && (place as number) <= START.length + '10/0/x'.length, `${place}`);
  assert.match(reason as string, /numbers/);
});

test('when a line over the limit has no record, then its beginning is told', () => {
  const [[bytes, number] = []] = rejects(`${'x'.repeat(MAX_LINE_BYTES * 8)}\n${line('/')}`);
  assert.deepEqual([bytes?.length, number], [MAX_LINE_BYTES, 1]);
});

test('when every line is rejected, then all of them are told in order', () => {
  const numbers = rejects('x\n'.repeat(10_000)).map(([, number]) => number);
  assert.deepEqual(
    numbers,
    Array.from({ length: 10_000 }, (_, n) => n + 1),
  );
});

test('when a chunk holds more records than a batch, then full batches come first', () => {
  const sizes: number[] = [];
  const parser = new Parser({ columns: ['path'] });
  parser.push(Buffer.from(line('/').repeat(BATCH_ROWS + 10)), ({ rows }) => sizes.push(rows));
  parser.end(ignore);
  assert.equal(
    sizes.reduce((sum, size) => sum + size, 0),
    BATCH_ROWS + 10,
  );
  assert.ok(Math.max(...sizes) <= BATCH_ROWS);
});

test('when a log is written into the lent buffer, then it is parsed as if it had been pushed', () => {
  const log = generateLog({ lines: 5_000, distinctUrls: 100, distinctClients: 100 });
  const paths = (feed: (parser: Parser, sink: (batch: LogBatch) => void) => void): (string | null)[] => {
    const all: (string | null)[] = [];
    const parser = new Parser({ columns: ['http_request'] });
    const sink = (batch: LogBatch): void => {
      for (let row = 0; row < batch.rows; row++) all.push(spanText(batch, 'http_request', row));
    };
    feed(parser, sink);
    parser.end(sink);
    return all;
  };
  const pushed = paths((parser, sink) => parser.push(log, sink));
  const filled = paths((parser, sink) => {
    for (let at = 0, size = 1; at < log.length; at += size) {
      const room = parser.room();
      assert.ok(room.length >= CHUNK_BYTES);
      size = Math.min(room.length, log.length - at, 1 + ((at * 7) % 300_000));
      room.set(log.subarray(at, at + size));
      parser.filled(size, sink);
    }
  });
  assert.equal(pushed.length, 5_000);
  assert.deepEqual(filled, pushed);
});

test('when an input has ended, then another one begins with a line of its own', () => {
  const paths: (string | null)[] = [];
  const parser = new Parser({ columns: ['path'] });
  const sink = ({ rows, columns, dictionaries }: LogBatch): void => {
    for (const id of columns.int('path').subarray(0, rows)) paths.push(dictionaries.path.text(id));
  };
  parser.push(Buffer.from(line('/a').trimEnd()), sink);
  parser.end(sink);
  parser.push(Buffer.alloc(3 * MAX_LINE_BYTES, 'x'), sink);
  parser.end(sink);
  parser.push(Buffer.from(line('/b')), sink);
  parser.end(sink);
  parser.end(sink);
  assert.deepEqual(paths, ['/a', '/b']);
  assert.deepEqual([parser.ledger.lines, parser.ledger.requests, parser.ledger.truncated], [3, 2, 1]);
});

test('when queries are kept, then the path has them, without a fragment', () => {
  const path = (uri: string): string => {
    let found = '';
    const parser = new Parser({ columns: ['path'], keepQuery: true });
    parser.push(Buffer.from(line(uri)), ({ columns, dictionaries }) => {
      found = dictionaries.path.text(columns.int('path')[0] as number);
    });
    parser.end(ignore);
    return found;
  };
  assert.equal(path('/a?b=c#d'), '/a?b=c');
  assert.equal(path('https://h/a?b'), '/a?b');
  assert.equal(path('https://h?b'), '/?b');
});
