/** Random requests, and what may follow them in a line. */

import fc from 'fast-check';
import { blanks } from './arbitrary-fields.ts';
import { bytes, DIGITS, joined, of, often, type Text } from './arbitrary-text.ts';

const segment = of('abcdef019-_.%', 0, 30);
const query = joined('?', often(of('ab=&', 0, 30), bytes(8)));
const fragment = fc.constantFrom('#', '#top', '#23', '#3F', '#2', '#zz', '#ab', '#AB');
const origin = fc.oneof(joined('/', segment), joined('/', segment, '/', segment, query), joined('/', segment, fragment, query, fragment));
const absolute = joined(of('htpsHT1+-.', 0, 5), '://', of('abc.:8', 0, 8), fc.oneof(fc.constant(''), origin, query, fragment));
const uri = fc.oneof(origin, absolute, fc.constantFrom('*', 'example.com:443', '', 'HTTP/1.1', '/a b', '//'), bytes(24));
const method = often(fc.constantFrom('GET', 'POST', 'CONNECT', 'OPTIONS'), of('ABC', 0, 4));
const version = often(
  fc.constantFrom(' HTTP/1.1', ' HTTP/2.0', ' HTTP/3'),
  fc.constantFrom('', ' HTTP', ' HTTP/', '  HTTP/1.0'),
  joined(' ', bytes(6)),
);

/** Within its quotes: a quote in it is escaped, and no backslash stands at its end. */
export const request = often(joined(method, ' ', uri, version), fc.constantFrom('<BADREQ>', '', ' ', 'GET', 'GET '), bytes(40)).map(
  (text) => text.replaceAll('"', '\\"').replace(/\\$/, ''),
);

const number = fc.oneof(of(DIGITS, 1, 3), fc.constant('-'));
const hex = often(of('0123456789abcdefABCDEF', 1, 16), fc.constant('-'));
const word = often(of('abc.', 1, 12), fc.constantFrom('-', 'TLSv1.3'), of('ab:-\xff', 1, 4));
const tls = joined(blanks, number, '/', hex, '/', number, '/', number, '/', number, blanks, word, '/', word, '/', word, of(' ', 0, 2));
const unquoted = (text: Text): Text => text.map((given) => given.replaceAll('"', ''));

/** What follows the last field: nothing, the fields of httpslog, nearly those, or any text. No quote, which might close the request. */
export const tail = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: tls },
  { weight: 1, arbitrary: joined(tls, of('/ a', 1, 3)) },
  { weight: 1, arbitrary: unquoted(joined(' ', bytes(20))) },
);
