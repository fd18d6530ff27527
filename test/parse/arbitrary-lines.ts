/** Random log lines for the property tests: valid ones in every variation of GRAMMAR.md, and valid ones damaged. */

import fc from 'fast-check';
import { blanks, captures, client, date, integers, ODD, PLAIN, type Style, state, target } from './arbitrary-fields.ts';
import { request, tail } from './arbitrary-request.ts';
import { byte, bytes, joined, of, often, type Text } from './arbitrary-text.ts';

const envelope = fc.oneof(
  fc.constantFrom(
    '',
    '<134>',
    '<1>',
    'Nov  3 07:08:09 lb1 haproxy[14387]: ',
    'Nov  3 07:08:09 haproxy[14387]: ',
    '<134>Nov  3 07:08:09 lb1 haproxy[14387]: ',
    '2026-11-03T07:08:09.123456+01:00 lb1 haproxy[14387]: ',
    'proxy-1  | ',
    '[a] [12] ',
    ' \t',
  ),
  joined(bytes(20), ' ').map((text) => text.replaceAll('[', '(')),
);

const head = ({ separator }: Style): Text => joined(envelope, client, separator, date, separator);

/** Texts with the style's separator between them. */
const fields = ({ separator }: Style, ...texts: readonly Text[]): Text =>
  joined(...texts.flatMap((text, index) => (index === 0 ? [text] : [separator, text])));

const counters = (style: Style): Text => fields(style, integers(5, style, style.last), integers(2, style, style.integer));

function http(style: Style): Text {
  const { separator, name, integer, last, size, cookie } = style;
  const frontend = often(name, joined(name, '~'));
  const upToQueues = fields(style, frontend, target, integers(5, style, last), integer, size, cookie, cookie, state, counters(style));
  return joined(head(style), upToQueues, separator, captures(style), '"', request, '"', tail);
}

function tcp(style: Style): Text {
  const { name, last, size } = style;
  const upToQueues = fields(style, name, target, integers(3, style, last), size, state, counters(style));
  return joined(head(style), upToQueues, often(fc.constant(''), joined(' ', bytes(20))));
}

/** A line that GRAMMAR.md gives a whole record of kind http or tcp. */
export const validLine: Text = fc.oneof(
  { weight: 4, arbitrary: http(PLAIN) },
  { weight: 2, arbitrary: http(ODD) },
  { weight: 1, arbitrary: tcp(PLAIN) },
  { weight: 1, arbitrary: tcp(ODD) },
);

const bind = of('abc:1/', 0, 8);
const error = joined(head(ODD), of('abc~', 1, 8), '/', bind, ':', blanks, bytes(30));
const event = joined(
  fc.oneof(
    fc.constantFrom('', 'Nov  3 07:08:09 lb1 haproxy[1]: ', '<133>Nov  3 07:08:09 haproxy[1]: ', 'a b c d e f g: '),
    joined(bytes(16), ': '),
  ),
  fc.constantFrom(
    'Proxy ',
    'Server ',
    'Backend ',
    'backend ',
    'Stopping ',
    'Pausing ',
    'Paused ',
    'Resumed ',
    'Health check for ',
    '[ALERT]',
    '[WARNING]',
    '[NOTICE]',
    'Proxy',
    '',
  ),
  bytes(20),
);

/** In: positions as shares of the length, so that shrinking a line keeps them inside it. */
type Damage = {
  readonly how: 'set' | 'insert' | 'delete' | 'cut' | 'repeat';
  readonly at: number;
  readonly length: number;
  readonly bytes: string;
};

function damaged(line: string, { how, at, length, bytes: given }: Damage): string {
  const place = Math.floor(at * (line.length + 1));
  const before = line.slice(0, place);
  switch (how) {
    case 'set':
      return before + given + line.slice(place + given.length);
    case 'insert':
      return before + given + line.slice(place);
    case 'delete':
      return before + line.slice(place + length);
    case 'cut':
      return before;
    case 'repeat':
      return line.slice(0, place + length) + line.slice(place);
  }
}

const damage: fc.Arbitrary<Damage> = fc.record({
  how: fc.constantFrom('set', 'insert', 'delete', 'cut', 'repeat'),
  at: fc.integer({ min: 0, max: 999 }).map((share) => share / 1000),
  length: fc.integer({ min: 1, max: 20 }),
  bytes: fc.string({ unit: byte, minLength: 1, maxLength: 3 }),
});

const damagedLine: Text = fc
  .tuple(validLine, fc.array(damage, { minLength: 1, maxLength: 3 }))
  .map(([line, all]) => all.reduce(damaged, line));

/** Any line at all, most of them close to a valid one. */
export const anyLine: Text = fc.oneof(
  { weight: 4, arbitrary: validLine },
  { weight: 8, arbitrary: damagedLine },
  { weight: 1, arbitrary: error },
  { weight: 1, arbitrary: event },
  { weight: 1, arbitrary: bytes(80) },
);

/** Lines with their newlines, the last one perhaps without. */
export function logOf(line: Text, maxLines: number): fc.Arbitrary<Buffer> {
  const ended = fc.tuple(line, fc.constantFrom('\n', '\n', '\n', '\r\n'));
  return fc
    .tuple(fc.array(ended, { minLength: 1, maxLength: maxLines, size: 'max' }), fc.boolean())
    .map(([lines, whole]) => lines.map(([text, end], index) => (whole || index < lines.length - 1 ? text + end : text)).join(''))
    .map((text) => Buffer.from(text, 'latin1'));
}
