import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnsOfFilter, RecordFilter } from '../../src/analyze/filter.ts';
import type { FilterSpec } from '../../src/analyze/plan.ts';
import { ABSENT } from '../../src/model/timers.ts';
import { BatchMaker, type TestRecord } from './batches.ts';

const REQUEST: TestRecord = {
  kind: 0,
  accept_date: 1_000,
  client_ip: '192.0.2.7',
  frontend_name: 'www',
  backend_name: 'app',
  server_name: 'app1',
  method: 'GET',
  path: '/cart/7',
  status_code: 200,
  termination_state: '----',
  time_queue: 0,
  srv_queue: 0,
  backend_queue: 0,
  time_response: 100,
};
const TCP: TestRecord = {
  kind: 1,
  accept_date: 2_000,
  client_ip: '2001:db8::7',
  frontend_name: 'mq',
  backend_name: 'mq',
  termination_state: 'sD',
  time_queue: 3,
};
const FAILED: TestRecord = {
  ...REQUEST,
  accept_date: 3_000,
  client_ip: '::ffff:198.51.100.9',
  server_name: '<NOSRV>',
  method: 'POST',
  path: '/login',
  status_code: 503,
  termination_state: 'sQ--',
  backend_queue: 4,
  time_response: -1,
};
const UNANSWERED: TestRecord = {
  ...REQUEST,
  accept_date: 4_000,
  client_ip: 'unix',
  status_code: -1,
  termination_state: 'CR--',
  path: undefined,
  method: undefined,
  time_response: 900,
};
const ERROR: TestRecord = { kind: 2, accept_date: 5_000, client_ip: '192.0.2.8', frontend_name: 'www' };
const EVENT: TestRecord = { kind: 3 };
const ALL = [REQUEST, TCP, FAILED, UNANSWERED, ERROR, EVENT];

function kept(spec: FilterSpec): string {
  const maker = new BatchMaker();
  const keep = new RecordFilter(spec, maker.columns).select(maker.batch(ALL));
  return keep === null ? 'all' : [...keep].join('');
}

const CONDITIONS: readonly (readonly [string, FilterSpec, string])[] = [
  ['a first date, inclusive', { since: 3_000 }, '001110'],
  ['a last date, exclusive', { until: 3_000 }, '110000'],
  ['a frontend', { frontend: ['www'] }, '101110'],
  ['a backend by glob', { backend: ['m*'] }, '010000'],
  ['any of two servers', { server: ['app?', '<NOSRV>'] }, '101100'],
  ['a path by glob', { path: ['/cart/*', '/x'] }, '100000'],
  ['a method', { method: ['POST'] }, '001000'],
  ['a method in another case', { method: ['post'] }, '000000'],
  ['a range of statuses', { status: [{ from: 500, to: 599 }] }, '001000'],
  ['no answer', { status: [{ from: -1, to: -1 }] }, '000100'],
  ['a range that reaches down to what stands for absent', { status: [{ from: ABSENT, to: 0 }] }, '000100'],
  ['a client', { client: ['192.0.2.7'] }, '100100'.replace(/1(?=00$)/, '0')],
  ['a block of IPv4', { client: ['198.51.100.0/24', '192.0.2.0/24'] }, '101010'],
  ['a block of IPv6', { client: ['2001:db8::/32'] }, '010000'],
  ['a termination state by prefix', { termination: ['s', '--'] }, '111000'],
  ['errors', { errors: true }, '001100'],
  ['queued requests', { queued: true }, '011000'],
  ['slow responses', { slower: [{ timer: 'response', ms: 100 }] }, '100100'],
  ['any measured response', { slower: [{ timer: 'response', ms: 0 }] }, '100100'],
  [
    'two slow timers',
    {
      slower: [
        { timer: 'response', ms: 100 },
        { timer: 'queue', ms: 1 },
      ],
    },
    '000000',
  ],
  ['a kind', { kind: ['tcp', 'event'] }, '010001'],
  ['two conditions', { frontend: ['www'], errors: true }, '001100'],
  ['an empty list', { path: [], status: [], kind: [] }, 'all'],
  ['nothing', {}, 'all'],
  ['nothing, inverted', { invert: true }, '000000'],
];

for (const [name, spec, expected] of CONDITIONS) {
  test(`when a filter asks for ${name}, then it keeps what has it`, () => {
    assert.equal(kept(spec), expected);
  });
  test(`when a filter asks for ${name} and is inverted, then it keeps the others`, () => {
    const others = expected === 'all' ? '000000' : expected.replace(/./g, (bit) => (bit === '1' ? '0' : '1'));
    assert.equal(kept({ ...spec, invert: true }), spec.invert ? expected : others);
  });
  test(`when a filter asks for ${name}, then it reads only the columns it names`, () => {
    const maker = new BatchMaker();
    const batch = maker.batch(ALL);
    const named = new Set<string>(columnsOfFilter(spec));
    const guarded = new Proxy(maker.columns, {
      get: (columns, method: 'int' | 'float') => (column: never) => {
        assert.ok(named.has(column), `${column} is read`);
        return columns[method](column);
      },
    });
    new RecordFilter(spec, guarded).select(batch);
  });
}

test('when a dictionary grows between batches, then new texts are judged too', () => {
  const maker = new BatchMaker();
  const filter = new RecordFilter({ path: ['/1*'] }, maker.columns);
  for (let round = 0; round < 3; round++) {
    const records = Array.from({ length: 300 }, (_, i) => ({ path: `/${round * 300 + i}` }));
    const keep = filter.select(maker.batch(records)) as Uint8Array;
    assert.deepEqual(
      [...keep],
      records.map(({ path }) => (path.startsWith('/1') ? 1 : 0)),
    );
  }
});
