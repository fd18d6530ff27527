import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address } from '../../../src/cli/values/address.ts';
import { duration, network, slower, status } from '../../../src/cli/values/filters.ts';
import { key, percentile, sort } from '../../../src/cli/values/shape.ts';
import { listOf, oneOf, type Parse, wholeNumber } from '../../../src/cli/values/value.ts';
import { zone } from '../../../src/cli/values/zone.ts';

const GIVEN = { flag: '--it', now: 0, timezone: null };

function accepts<T>(parse: Parse<T>, cases: Readonly<Record<string, T>>): void {
  for (const [text, value] of Object.entries(cases)) assert.deepEqual(parse(text, GIVEN), value, text);
}

function refuses(parse: Parse<unknown>, texts: readonly string[]): void {
  for (const text of texts) assert.throws(() => parse(text, GIVEN), { name: 'HalogenError', message: /^--it: expected / }, text);
}

test('when status codes are given, then they become ranges', () => {
  accepts(status, {
    '404': { from: 404, to: 404 },
    '5xx': { from: 500, to: 599 },
    '500-599': { from: 500, to: 599 },
    '-1': { from: -1, to: -1 },
  });
  refuses(status, ['', '6xx', '9x', '599-500', '-2', '40 4', '1000']);
});

test('when a list is given, then each part is read, and an empty one refused', () => {
  accepts(listOf(status), {
    '404,-1': [
      { from: 404, to: 404 },
      { from: -1, to: -1 },
    ],
  });
  refuses(listOf(status), ['404,', ',']);
});

test('when addresses and blocks are given, then IPv4 and IPv6 pass', () => {
  accepts(network, { '10.0.0.0/8': '10.0.0.0/8', '::1': '::1', '2001:db8::/32': '2001:db8::/32' });
  refuses(network, ['', '10.0.0.0/33', '10.0.0', '::1/129', 'host', '10.0.0.0/']);
});

test('when a slowness is given, then it is of the response unless it names a timer', () => {
  accepts(slower, { '500ms': { timer: 'response', ms: 500 }, 'queue=1s': { timer: 'queue', ms: 1_000 } });
  refuses(slower, ['', '500', 'wait=1s', 'queue=', '=1s']);
});

test('when a width of a row is given, then it is more than nothing', () => {
  accepts(duration, { '1m': 60_000 });
  refuses(duration, ['0s', '1']);
});

test('when a zone is given, then names and offsets pass', () => {
  accepts(zone, { UTC: 'UTC', 'Europe/Vienna': 'Europe/Vienna', '+02:00': '+02:00', '-0330': '-0330' });
  refuses(zone, ['', 'Mars/Base', '+2', '+25:00', '+01:60']);
});

test('when an address is given, then host and port are told apart', () => {
  accepts(address, {
    '1514': { host: '127.0.0.1', port: 1514 },
    '0.0.0.0:514': { host: '0.0.0.0', port: 514 },
    '[::1]:0': { host: '::1', port: 0 },
    'log.example:65535': { host: 'log.example', port: 65_535 },
  });
  refuses(address, ['', '65536', 'host', '::1:514', ':514', '1514 ']);
});

test('when percentiles, keys, orders, choices and numbers are given, then only what exists passes', () => {
  accepts(percentile, { '99.9': 99.9, '100': 100 });
  refuses(percentile, ['0', '101', 'p95', '-5', '99.9999']);
  accepts(key, { 'header:2': 'header:2', status_class: 'status_class' });
  refuses(key, ['header:0', 'header', 'time', '']);
  accepts(sort, {
    requests: { by: 'requests', descending: null },
    'response.p95:asc': { by: 'response.p95', descending: false },
    'header:1:desc': { by: 'header:1', descending: true },
  });
  refuses(sort, ['']);
  accepts(oneOf(['a', 'b']), { b: 'b' });
  refuses(oneOf(['a', 'b']), ['c', '']);
  accepts(wholeNumber(1), { '1': 1 });
  refuses(wholeNumber(1), ['0', '1.5', '-1', '1e3', '']);
});
