/** No line costs time out of proportion to its length, whatever it holds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COLUMN_NAMES } from '../../src/model/columns.ts';
import { Parser } from '../../src/parse/parser.ts';
import { expected, parsed } from './parsed-log.ts';

const BYTES = 8_000_000;
/** Many times what it takes, and far below what a quadratic search would. */
const MOST_MS = 5_000;

const START = '192.0.2.7:4711 [03/Nov/2026:07:08:09.010] in app/app1 10/0/30/69/109 200 2750 - - ---- 1/2/3/4/0 5/6 ';
const WHOLE = `${START}"GET / HTTP/1.1"\n`;

/** What is repeated until the log is long enough. */
const REPEATED: Readonly<Record<string, string>> = {
  'empty lines': '\n',
  'lines without an accept date': 'a\n',
  'lines of brackets': `${'['.repeat(2_000)}\n`,
  'lines of blanks before a bracket': `${' '.repeat(2_000)}[0\n`,
  'lines of dates that are none': `${'x:1 [99/'.repeat(250)}\n`,
  'lines cut in the date': '192.0.2.7:4711 [03/Nov/2026:07\n',
  'lines cut after the date': '192.0.2.7:4711 [03/Nov/2026:07:08:09.010]\n',
  'lines cut after the queues': `${START}\n`,
  'lines cut in a capture': `${START}{\n`,
  'lines cut in the request': `${START}"GET /\n`,
  'lines of escaped quotes': `${START}"${'\\"'.repeat(1_000)}\n`,
  'short lines that end in an escaped quote': `${START}"\\"\n`,
  'requests of question marks and hashes': `${START}"GET ${'?#'.repeat(1_000)} HTTP/1.1"\n`,
  'requests of spaces': `${START}"${' '.repeat(2_000)}"\n`,
  'words before an event': `${'a '.repeat(1_000)}b: Proxy\n`,
  'one format after the other': `${WHOLE}192.0.2.7:4711 [03/Nov/2026:07:08:09] in app/app1 0/1/20 212 -- 1/2/3/4/0 5/6\n`,
  'good lines and bad ones': `${WHOLE}x\n`,
  'blanks for fields': `192.0.2.7:4711 [03/Nov/2026:07:08:09.010]${' '.repeat(2_000)}\n`,
  'no line end': 'x [03/',
  NULs: '\0',
};

for (const [name, text] of Object.entries(REPEATED)) {
  test(`when a log holds ${name}, then it is read in time, and as the reference reads it`, () => {
    const few = Buffer.from(text.repeat(3), 'latin1');
    assert.deepEqual(parsed([few]), expected(few));
    const log = Buffer.from(text.repeat(Math.ceil(BYTES / text.length)), 'latin1');
    const parser = new Parser({ columns: COLUMN_NAMES, timezone: 'UTC' });
    const start = performance.now();
    parser.push(log, () => undefined);
    parser.end(() => undefined);
    const took = performance.now() - start;
    assert.equal(parser.ledger.lines, log.filter((byte) => byte === 10).length || 1);
    assert.ok(took < MOST_MS, `${Math.round(took)} ms`);
  });
}
