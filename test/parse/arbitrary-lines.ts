/**
 * Random log lines for the property tests: valid ones in every variation of GRAMMAR.md, and valid ones damaged. Lines
 * are latin1 strings, one character per byte, without their newline.
 */

import fc from 'fast-check';

type Text = fc.Arbitrary<string>;

const joined = (...parts: readonly (Text | string)[]): Text =>
  fc.tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))).map((texts) => texts.join(''));
const of = (alphabet: string, minLength: number, maxLength: number): Text =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });
const often = (usual: Text, ...rare: readonly Text[]): Text =>
  fc.oneof({ weight: 6, arbitrary: usual }, ...rare.map((arbitrary) => ({ weight: 1, arbitrary })));

/** Any byte but LF, those that mean something to a parser more often. */
const byte: Text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...' \t/"{}[]:-+~\\#?<>|=0189aAzZ\r\0\x7f\x80\xc3\xa9\xff') },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }).map((code) => (code === 10 ? ' ' : String.fromCharCode(code))) },
);
const bytes = (maxLength: number): Text => fc.string({ unit: byte, maxLength });

const separator = often(fc.constant(' '), of(' \t', 1, 3), of(' ', 17, 40));
const digit = '0123456789';
const name = often(of('abcdefghij-_.', 1, 12), of('ab/:~-{}"[]<>#\\\xe4\xff0', 1, 6), of('abc-', 15, 40));

const integer = often(
  fc.nat({ max: 99_999 }).map(String),
  fc.constantFrom('-1', '0', '-0', '00', '2147483647', '-2147483647', '12345678', '123456789', '0000000001'),
  fc.nat({ max: 2_147_483_647 }).map(String),
);
const plused = often(
  integer,
  of(digit, 1, 9).map((digits) => `+${digits}`),
);
const integers = (count: number, last: Text): Text =>
  fc.tuple(...Array.from({ length: count - 1 }, () => integer), last).map((parts) => parts.join('/'));

const dot = of(digit, 1, 3);
const address = fc.oneof(
  joined(dot, '.', dot, '.', dot, '.', dot),
  of('0123456789abcdef:', 2, 39),
  joined('::ffff:', dot, '.', dot, '.', dot, '.', dot),
  fc.constantFrom('unix', '-', '127.0.0.1', '::1'),
  name,
);
const client = joined(address, ':', often(of(digit, 1, 5), fc.constant('-')));

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');
const instant = fc.oneof(
  fc.integer({ min: 1_793_000_000, max: 1_793_000_003 }),
  fc.integer({ min: Date.UTC(1970, 0, 1) / 1000, max: Date.UTC(2106, 0, 1) / 1000 }),
  fc.integer({ min: -60_000_000_000, max: 250_000_000_000 }),
);
const date = fc.tuple(instant, fc.integer({ min: 0, max: 999 }), fc.nat({ max: 9 })).map(([seconds, ms, variation]) => {
  const moment = new Date(seconds * 1000);
  const day = `${two(moment.getUTCDate())}/${MONTHS[moment.getUTCMonth()]}/${String(moment.getUTCFullYear()).padStart(4, '0')}`;
  const second = variation === 0 ? 60 : moment.getUTCSeconds();
  const time = `${two(moment.getUTCHours())}:${two(moment.getUTCMinutes())}:${two(second)}`;
  return `[${day}:${time}${variation === 1 ? '' : `.${String(ms).padStart(3, '0')}`}]`;
});

const backend = often(of('abcdefghij-_.', 1, 10), of('ab:~-{"[\xff', 1, 5));
const server = fc.oneof(of('abcdefghij0123-', 1, 12), fc.constantFrom('<NOSRV>', '<STATS>', '', 'a/b', 'pod:x:10.0.0.1:80'), name);
const size = often(
  fc.nat().map(String),
  of(digit, 1, 15),
  of(digit, 1, 15).map((digits) => `+${digits}`),
);
const cookie = often(fc.constant('-'), joined('SID=', of('abc019', 0, 8)), name);
const counters = integers(5, plused);
const queues = integers(2, integer);

/** A capture block: any bytes but its own end. */
const block = joined('{', often(of('abc|./ ', 0, 20), bytes(12)), '}').map((text) => `{${text.slice(1, -1).replaceAll('}', ')')}}`);
const captures = fc.oneof(fc.constant(''), joined(block, separator), joined(block, separator, block, separator));

const segment = of('abcdef019-_.%', 0, 10);
const query = joined('?', often(of('ab=&', 0, 10), bytes(8)));
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
const request = often(joined(method, ' ', uri, version), fc.constantFrom('<BADREQ>', '', ' ', 'GET', 'GET '), bytes(40)).map((text) =>
  text.replaceAll('"', '\\"').replace(/\\$/, ''),
);

const number = fc.oneof(of(digit, 1, 3), fc.constant('-'));
const sslErrors = joined(number, '/', often(of('0123456789abcdefABCDEF', 1, 16), fc.constant('-')), '/', number, '/', number, '/', number);
const word = often(of('abc.', 1, 12), fc.constantFrom('-', 'TLSv1.3'), of('ab:-\xff', 1, 4));
const tls = joined(separator, sslErrors, separator, word, '/', word, '/', word, of(' ', 0, 2));
/** What follows the last field: nothing, the fields of httpslog, or any text. */
const tail = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: tls },
  { weight: 1, arbitrary: joined(tls, of('/ a', 1, 3)).map((text) => text.replaceAll('"', '')) },
  { weight: 1, arbitrary: joined(' ', bytes(20)).map((text) => text.replaceAll('"', '')) },
);

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

const head = joined(envelope, client, separator, date, separator);
const state = often(fc.constantFrom('----', 'SC--', 'cD', 'sHVN'), of('abc-\xff', 1, 8));

const http = joined(
  head,
  often(name, joined(name, '~')),
  separator,
  backend,
  '/',
  server,
  separator,
  integers(5, plused),
  separator,
  integer,
  separator,
  size,
  separator,
  cookie,
  separator,
  cookie,
  separator,
  state,
  separator,
  counters,
  separator,
  queues,
  separator,
  captures,
  '"',
  request,
  '"',
  tail,
);

const tcp = joined(
  head,
  name,
  separator,
  backend,
  '/',
  server,
  separator,
  integers(3, plused),
  separator,
  size,
  separator,
  state,
  separator,
  counters,
  separator,
  queues,
  often(fc.constant(''), joined(' ', bytes(20))),
);

/** A line that GRAMMAR.md gives a whole record of kind http or tcp. */
export const validLine: Text = fc.oneof({ weight: 3, arbitrary: http }, { weight: 1, arbitrary: tcp });

const bind = of('abc:1/', 0, 8);
const error = joined(head, of('abc~', 1, 8), '/', bind, ':', separator, bytes(30));
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
