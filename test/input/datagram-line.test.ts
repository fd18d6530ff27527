import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentLength, flattenLineFeeds } from '../../src/input/datagram-line.ts';

const endings: readonly [name: string, datagram: string, content: string][] = [
  ['nothing', 'line', 'line'],
  ['LF', 'line\n', 'line'],
  ['CRLF', 'line\r\n', 'line'],
  ['NUL', 'line\0', 'line'],
  ['LF and NUL', 'line\n\0', 'line'],
  ['CRLF and NUL', 'line\r\n\0', 'line'],
  ['two LF', 'line\n\n', 'line\n'],
  ['two NUL', 'line\0\0', 'line\0'],
  ['CR alone', 'line\r', 'line\r'],
  ['nothing but an ending', '\r\n\0', ''],
  ['nothing but a NUL', '\0', ''],
  ['nothing at all', '', ''],
];

for (const [name, datagram, content] of endings) {
  test(`when a datagram ends in ${name}, then its content is what stands before`, () => {
    assert.equal(contentLength(Buffer.from(datagram)), content.length);
  });
}

test('when a datagram has line feeds inside, then each becomes a space and is counted', () => {
  const datagram = Buffer.from('\na\n\nb\n');
  assert.equal(flattenLineFeeds(datagram, contentLength(datagram)), 3);
  assert.equal(datagram.toString(), ' a  b\n');
});

test('when a datagram has other control characters, NULs and invalid UTF-8, then they stay', () => {
  const bytes = Buffer.from([0x41, 0x00, 0xff, 0x0d, 0xc3, 0x28, 0x0b, 0x42]);
  const datagram = Buffer.from(bytes);
  assert.equal(flattenLineFeeds(datagram, contentLength(datagram)), 0);
  assert.deepEqual(datagram, bytes);
});
