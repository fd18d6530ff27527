/** What one line says has no bearing on the next: every line after every other. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyLine } from './arbitrary-lines.ts';
import { chunksOf, expected, parsed } from './parsed-log.ts';
import { runs } from './runs.ts';

const HEAD = '192.0.2.7:4711 [03/Nov/2026:07:08:09.010] in';
const TO_QUEUES = `${HEAD} app/app1 10/0/30/69/109 200 2750 - - ---- 1/2/3/4/0 5/6`;
const HTTP = `${TO_QUEUES} {host|agent} {} "GET /a?b=c HTTP/1.1"`;
const TCP = `${HEAD} app/app1 0/1/20 212 -- 1/2/3/4/0 5/6`;

/** One line of each kind, and one for each flag and each way to leave something out. */
const KINDS: readonly string[] = [
  HTTP,
  TCP,
  `${HTTP} 0/0000/0/0/1 www.example.com/TLSv1.3/TLS_AES_128_GCM_SHA256`,
  `${HTTP} 0/0/0/0/0 -/-/-`,
  `${HTTP} trailing text`,
  HTTP.replace('in app', 'in~ app'),
  HTTP.replace('/109', '/+109'),
  HTTP.replace(' 2750', ' +2750'),
  HTTP.replace('4/0 ', '4/+3 '),
  HTTP.replace('10/0/30/69/109', '10/-1/-1/-1/109'),
  HTTP.replace('10/0/30/69/109', '10/0/30/69/1'),
  HTTP.replace('10/0/30/69/109', '123456789/0/30/69/2147483647'),
  HTTP.replace('app/app1', 'in/<NOSRV>'),
  HTTP.replace('app/app1', 'app/'),
  HTTP.replace('- -', 'SID=1 SID=2'),
  HTTP.replace('192.0.2.7:4711', '2001:db8::1:-'),
  HTTP.replace('.010]', ']'),
  HTTP.replace('{host|agent} {} ', ''),
  HTTP.replace('{host|agent} {} ', '{} '),
  HTTP.replace('GET /a?b=c HTTP/1.1', '<BADREQ>'),
  HTTP.replace('GET /a?b=c HTTP/1.1', 'GET \\"'),
  HTTP.replace(' 200', '   200'),
  `${HTTP}\r`,
  `${TCP}\r`,
  TCP.replace('/20', '/+20'),
  `<134>Nov  3 07:08:09 lb1 haproxy[1]: ${HTTP}`,
  `${TO_QUEUES} {cut`,
  `${TO_QUEUES} "GET /cut`,
  HTTP.slice(0, 80),
  `${HEAD}~/1: SSL handshake failure`,
  'Proxy in started.',
  'of no kind',
  '',
];

/** A log in which each of the lines follows each. */
function everyPair(lines: readonly string[]): Buffer {
  return Buffer.from(lines.flatMap((first) => lines.flatMap((second) => `${first}\n${second}\n`)).join(''), 'latin1');
}

test('when a line of any kind follows one of any kind, then both are read as if alone', () => {
  const log = everyPair(KINDS);
  const wanted = expected(log);
  for (const size of [log.length, 64]) {
    const got = parsed(chunksOf(log, size));
    for (const [index, row] of wanted.rows.entries()) assert.deepEqual(got.rows[index], row);
    assert.deepEqual(got, wanted);
  }
});

test('when any line follows any other, then both are read as if alone', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { minLength: 8, maxLength: 8 }), (lines) => {
      const log = everyPair(lines);
      assert.deepEqual(parsed([log]), expected(log));
    }),
    runs(60),
  );
});
