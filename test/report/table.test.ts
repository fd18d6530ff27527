import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TABLE_PAGE_ROWS, TABLE_TEXT_CHARS } from '../../src/limits.ts';
import { writeReport } from '../../src/report/write-report.ts';
import { gathered, PLAIN_VIEW, sampleResult, sampleRow } from './sample-result.ts';

const urls = (paths: readonly string[]) =>
  sampleResult(
    'urls',
    ['method', 'path'],
    paths.map((path) => sampleRow({ method: 'GET', path })),
  );

async function table(paths: readonly string[], width: number | null, columns: readonly string[] | null = null) {
  const notes: string[] = [];
  const view = { ...PLAIN_VIEW, format: 'table', width, columns, note: (text: string) => notes.push(text) } as const;
  const { text } = await gathered((sink) => writeReport(urls(paths), view, sink));
  return { text, lines: text.split('\n').slice(0, -1), notes };
}

test('when a table is written, then numbers stand at the right in readable units', async () => {
  const { text } = await table(['/a'], null, ['path', 'requests', 'error_rate', 'bytes_read', 'response.mean', 'response.p99']);
  assert.equal(
    text,
    [
      '                                  response  response',
      'path  requests  error %    bytes      mean       p99',
      '────  ────────  ───────  ───────  ────────  ────────',
      '/a       1,234   25.0 %  12.3 MB   4.50 ms         -',
      '',
    ].join('\n'),
  );
});

test('when the terminal is narrow, then every line fits and a note names the columns left out', async () => {
  const paths = [`/${'x'.repeat(200)}/end`, '/b'];
  for (const width of [40, 80, 120]) {
    const { lines, notes } = await table(paths, width);
    for (const line of lines) assert.ok(line.length <= width, `${width}: ${line}`);
    assert.match(notes.join(), width === 120 ? /^$|bytes_read/ : /too narrow for .*bytes_read/);
    assert.match(lines.join('\n'), /\/x+….*\/end/);
  }
});

test('when there is no terminal, then no column goes, and only what would pad every row out of bounds is shortened', async () => {
  const path = `/${'x'.repeat(TABLE_TEXT_CHARS - 1)}`;
  const { text, notes } = await table([path], null);
  assert.ok(text.includes(path));
  assert.deepEqual(notes, []);
  const { lines } = await table([`/${'x'.repeat(60_000)}`], null);
  assert.ok(lines.every((line) => line.length < TABLE_TEXT_CHARS * 2));
});

test('when a path carries an escape sequence, then the table shows it', async () => {
  const { text } = await table(['/\x1b]0;owned\x07'], 80);
  assert.ok(text.includes('/\\x1b]0;owned\\x07'));
  assert.ok(!text.includes('\x1b'));
});

test('when rows fill several pages, then there is one heading and every row', async () => {
  const paths = Array.from({ length: TABLE_PAGE_ROWS * 2 + 1 }, (_, i) => `/${i}`);
  const { lines } = await table(paths, null);
  assert.equal(lines.filter((line) => line.includes('path')).length, 1);
  for (const path of paths) assert.equal(lines.filter((line) => line.includes(` ${path} `)).length, 1);
});

test('when colour is wanted, then only headings carry it', async () => {
  const view = { ...PLAIN_VIEW, format: 'table', colour: true } as const;
  const { text } = await gathered((sink) => writeReport(urls(['/a']), view, sink));
  const [heading = '', rows = ''] = text.split('─\n');
  assert.ok(heading.includes('\x1b[1mpath\x1b[22m'));
  assert.ok(!rows.includes('\x1b'));
});
