/** Random fields of a line, each in every form that GRAMMAR.md allows. */

import fc from 'fast-check';
import { bytes, DIGITS, joined, of, often, type Text } from './arbitrary-text.ts';

/** How the fields of one line are written. Most real lines are plain throughout, and the kernel has a faster way for those. */
export interface Style {
  readonly separator: Text;
  readonly integer: Text;
  /** The last of a group, which may begin with a plus. */
  readonly last: Text;
  readonly name: Text;
  readonly size: Text;
  readonly cookie: Text;
}

const plainName = of('abcdefghij-_.', 1, 24);
const plainInteger = fc.oneof(fc.nat({ max: 999 }), fc.nat({ max: 99_999_999 })).map(String);
export const PLAIN: Style = {
  separator: fc.constant(' '),
  integer: plainInteger,
  last: plainInteger,
  name: plainName,
  size: plainInteger,
  cookie: often(fc.constant('-'), plainName),
};

export const blanks = often(fc.constant(' '), of(' \t', 1, 3), of(' ', 17, 40));
const oddName = often(of('abcdefghij-_.', 1, 12), of('ab/:~-{}"[]<>#\\\xe4\xff0', 1, 6), of('abc-', 15, 40));
const oddInteger = often(
  fc.nat({ max: 99_999 }).map(String),
  fc.constantFrom('-1', '0', '-0', '00', '2147483647', '-2147483647', '12345678', '123456789', '0000000001'),
  fc.nat({ max: 2_147_483_647 }).map(String),
);
export const ODD: Style = {
  separator: blanks,
  integer: oddInteger,
  last: often(oddInteger, joined('+', of(DIGITS, 1, 9))),
  name: oddName,
  size: often(fc.nat().map(String), of(DIGITS, 1, 15), joined('+', of(DIGITS, 1, 15))),
  cookie: often(fc.constant('-'), joined('SID=', of('abc019', 0, 8)), oddName),
};

export const integers = (count: number, { integer }: Style, last: Text): Text =>
  fc.tuple(...Array.from({ length: count - 1 }, () => integer), last).map((parts) => parts.join('/'));

const dot = of(DIGITS, 1, 3);
const address = fc.oneof(
  joined(dot, '.', dot, '.', dot, '.', dot),
  of('0123456789abcdef:', 2, 39),
  joined('::ffff:', dot, '.', dot, '.', dot, '.', dot),
  fc.constantFrom('unix', '-', '127.0.0.1', '::1'),
  oddName,
);
export const client = joined(address, ':', often(of(DIGITS, 1, 5), fc.constant('-')));

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');
const instant = fc.oneof(
  fc.integer({ min: 1_793_000_000, max: 1_793_000_003 }),
  fc.integer({ min: Date.UTC(1970, 0, 1) / 1000, max: Date.UTC(2106, 0, 1) / 1000 }),
  fc.integer({ min: -60_000_000_000, max: 250_000_000_000 }),
);
/** Of any year that has four digits, in brackets; now and then without milliseconds, or in a leap second. */
export const date = fc.tuple(instant, fc.integer({ min: 0, max: 999 }), fc.nat({ max: 9 })).map(([seconds, ms, variation]) => {
  const moment = new Date(seconds * 1000);
  const day = `${two(moment.getUTCDate())}/${MONTHS[moment.getUTCMonth()]}/${String(moment.getUTCFullYear()).padStart(4, '0')}`;
  const second = variation === 0 ? 60 : moment.getUTCSeconds();
  const time = `${two(moment.getUTCHours())}:${two(moment.getUTCMinutes())}:${two(second)}`;
  return `[${day}:${time}${variation === 1 ? '' : `.${String(ms).padStart(3, '0')}`}]`;
});

const backend = often(of('abcdefghij-_.', 1, 20), of('ab:~-{"[\xff', 1, 5));
const server = fc.oneof(of('abcdefghij0123-', 1, 20), fc.constantFrom('<NOSRV>', '<STATS>', '', 'a/b', 'pod:x:10.0.0.1:80'), oddName);
export const target = joined(backend, '/', server);
export const state = often(fc.constantFrom('----', 'SC--', 'cD', 'sHVN'), of('abc-\xff', 1, 8));

/** A capture block: any bytes but its own end. */
const block = fc.oneof(of('abc|./ ', 0, 90), bytes(12)).map((text) => `{${text.replaceAll('}', ')')}}`);
/** None, one or two, each with the separator behind it. */
export const captures = ({ separator }: Style): Text =>
  fc.oneof(fc.constant(''), joined(block, separator), joined(block, separator, block, separator));
