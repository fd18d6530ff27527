/** However long or varied the input, memory stays bounded and parsing goes on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHUNK_BYTES } from '../../src/limits.ts';
import type { ColumnName } from '../../src/model/columns.ts';
import { Parser } from '../../src/parse/parser.ts';
import { generateLog } from '../bench/log-generator.ts';

const COLUMNS: readonly ColumnName[] = ['line', 'backend_name', 'server_name', 'path', 'http_request', 'accept_date'];
const LINE = '192.0.2.7:4711 [03/Nov/2026:07:08:09.010] in app/app1 10/0/30/69/109 200 2750 - - ---- 1/2/3/4/0 5/6 "GET / HTTP/1.1"\n';
const LONG_BYTES = 100_000_000;
const PIECE = 1_000_000;
const ignore = (): void => undefined;
const bytesOf = (parser: Parser): number => parser.columns.memory.buffer.byteLength;

/** Pushes a line of 100 MB that begins with `beginning`, and two whole lines around it. */
function pushLong(parser: Parser, beginning: string): void {
  const piece = Buffer.alloc(PIECE, 'a');
  parser.push(Buffer.from(LINE + beginning), ignore);
  for (let pushed = 0; pushed < LONG_BYTES; pushed += PIECE) parser.push(piece, ignore);
  parser.push(Buffer.from(`"\n${LINE}`), ignore);
  parser.end(ignore);
}

test('when a line of 100 MB has no form, then it counts as truncated and parsing goes on after it', () => {
  const parser = new Parser({ columns: COLUMNS, timezone: 'UTC' });
  const before = bytesOf(parser);
  pushLong(parser, 'x');
  assert.deepEqual({ ...parser.ledger }, { lines: 3, requests: 2, events: 0, truncated: 1, unparsed: 0, filtered: 0, duplicate: 0 });
  assert.equal(bytesOf(parser), before);
});

test('when a line of 100 MB begins as a request, then it is one record, flagged, and parsing goes on after it', () => {
  const numbers: number[] = [];
  const parser = new Parser({ columns: [...COLUMNS, 'line_number'], timezone: 'UTC' });
  const beginning = LINE.slice(0, LINE.indexOf(' HTTP/1.1'));
  const collect: Parameters<Parser['push']>[1] = ({ columns, rows }) => numbers.push(...columns.float('line_number').subarray(0, rows));
  parser.push(Buffer.from(beginning), collect);
  for (let pushed = 0; pushed < LONG_BYTES; pushed += PIECE) parser.push(Buffer.alloc(PIECE, 'a'), collect);
  parser.push(Buffer.from(`"\n${LINE}`), collect);
  parser.end(collect);
  assert.deepEqual([parser.ledger.truncated, parser.ledger.requests], [1, 1]);
  assert.deepEqual(numbers, [1, 2]);
});

test('when a line of 100 MB never ends, then it is counted once', () => {
  const parser = new Parser({ columns: COLUMNS, timezone: 'UTC' });
  for (let pushed = 0; pushed < LONG_BYTES; pushed += PIECE) parser.push(Buffer.alloc(PIECE, 'a'), ignore);
  parser.end(ignore);
  assert.deepEqual([parser.ledger.lines, parser.ledger.truncated], [1, 1]);
});

test('when the same names come again and again, then memory does not grow', () => {
  const log = generateLog({ lines: 20_000, seed: 4, distinctUrls: 3_000, distinctClients: 3_000 });
  const parser = new Parser({ columns: [...COLUMNS, 'client_ip'], timezone: 'UTC' });
  parser.push(log, ignore);
  const before = bytesOf(parser);
  for (let again = 0; again < 40; again++) parser.push(log, ignore);
  parser.end(ignore);
  assert.equal(parser.ledger.requests, 41 * 20_000);
  assert.equal(bytesOf(parser), before);
});

test('when no column with a dictionary is asked for, then new names take no memory', () => {
  const parser = new Parser({ columns: ['line', 'uri', 'time_total'], timezone: 'UTC' });
  const before = bytesOf(parser);
  parser.push(generateLog({ lines: 50_000, seed: 5 }), ignore);
  parser.end(ignore);
  assert.equal(parser.ledger.requests, 50_000);
  assert.equal(bytesOf(parser), before);
});

test('when bytes hold no line at all, then a chunk costs no more than its copy', () => {
  const parser = new Parser({ columns: COLUMNS, timezone: 'UTC' });
  const before = bytesOf(parser);
  const nothing = Buffer.alloc(CHUNK_BYTES);
  for (let pushed = 0; pushed < 200; pushed++) parser.push(nothing, ignore);
  parser.push(Buffer.alloc(CHUNK_BYTES, '\n'), ignore);
  parser.end(ignore);
  assert.equal(parser.ledger.unparsed, CHUNK_BYTES - 1);
  assert.equal(bytesOf(parser), before);
});
