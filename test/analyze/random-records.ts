/** Arbitrary records for fast-check: mostly plausible ones, with every odd value a line may hold. */

import fc from 'fast-check';
import { ABSENT } from '../../src/model/timers.ts';
import type { TestRecord } from './batches.ts';

const time = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 130 }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 70_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -1, -7, ABSENT, 127, 128, 2_147_483_647, 1_073_741_824) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);
const status = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(200, 200, 304, 404, 503) },
  { weight: 1, arbitrary: fc.constantFrom(-1, 99, 100, 599, 600, 0, 1_022, 1_023, 70_000, 2_147_483_647, undefined) },
);
const name = (...names: string[]) => fc.option(fc.constantFrom(...names), { nil: undefined, freq: 10 });
const count = fc.constantFrom(0, 0, 0, 0, 1, 3, -1, undefined);

export const record: fc.Arbitrary<TestRecord> = fc.record({
  kind: fc.constantFrom(0, 0, 0, 0, 0, 1, 2, 3),
  flags: fc.integer({ min: 0, max: 31 }),
  accept_date: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 1_793_500_000_000, max: 1_793_500_400_000 }) },
    { weight: 1, arbitrary: fc.constantFrom(0, -1, -62_135_596_800_000, 253_402_300_799_999, 1_793_900_000_000, undefined) },
  ),
  client_ip: name('192.0.2.1', '192.0.2.2', '2001:db8::1', 'unix'),
  frontend_name: name('www', 'api'),
  backend_name: name('app', 'static', 'www'),
  server_name: name('app1', 'app2', '<NOSRV>', ''),
  time_request: time,
  time_queue: time,
  time_connect: time,
  time_response: time,
  time_data: time,
  time_total: time,
  status_code: status,
  bytes_read: fc.constantFrom(0, 1, 255, 256, 70_000, 4_294_967_296, 999_999_999_999_999, undefined),
  termination_state: name('--', 'CD', 'cD--', 'sH', 'SC'),
  retries: fc.constantFrom(0, 0, 0, 1, 3, -1, 2_147_483_647, undefined),
  srv_queue: count,
  backend_queue: count,
  captured_request_headers: name('curl|a.example', '|a.example', 'Mozilla', '', '||'),
  method: name('GET', 'POST', '<BADREQ>'),
  path: name('/', '/a', '/a/b', '/ü'),
});
