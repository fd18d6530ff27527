/** The generator: what benchmarks and comparisons rest on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FLAG_TRUNCATED } from '../../src/model/columns.ts';
import { parseLine, splitLines } from '../reference/reference-parser.ts';
import type { ReferenceRecord } from '../reference/reference-record.ts';
import { generateLog, LogGenerator } from './log-generator.ts';
import { ENVELOPES, FORMATS, type LogOptions } from './log-options.ts';

function records(options: Partial<LogOptions>): ReferenceRecord[] {
  return splitLines(generateLog(options)).map((line) => {
    const result = parseLine(line, () => 0);
    assert.equal(result.outcome, 'record', Buffer.from(line).toString());
    return (result as { record: ReferenceRecord }).record;
  });
}

test('when a log is generated, then every line of every format and envelope is a whole record', () => {
  for (const format of FORMATS) {
    for (const envelope of ENVELOPES) {
      for (const captures of [true, false]) {
        const all = records({ lines: 500, distinctUrls: 1_000, format, envelope, captures });
        assert.equal(all.length, 500);
        for (const { kind, flags, line } of all)
          assert.ok(
            kind === (format === 'tcplog' || (format === 'mixed' && kind === 1) ? 1 : 0) && ((flags as number) & FLAG_TRUNCATED) === 0,
            line as string,
          );
      }
    }
  }
});

test('when the seed is the same, then so are the bytes, whatever the size of the buffer', () => {
  const options = { lines: 3_000, seed: 9, distinctUrls: 1_000 };
  const generator = new LogGenerator(options);
  const parts: Buffer[] = [];
  const room = Buffer.alloc(1_500);
  for (let size = generator.fill(room); size > 0; size = generator.fill(room)) parts.push(Buffer.from(room.subarray(0, size)));
  assert.ok(Buffer.concat(parts).equals(generateLog(options)));
  assert.ok(!generateLog({ ...options, seed: 10 }).equals(generateLog(options)));
});

test('when there are eight times as many lines as URLs and clients, then nearly each of them occurs', () => {
  const all = records({ lines: 24_000, distinctUrls: 3_000, distinctClients: 3_000, servers: 40 });
  const distinct = (column: keyof ReferenceRecord) => new Set(all.map((record) => record[column]).filter((value) => value !== null)).size;
  assert.equal(distinct('client_ip'), 3_000);
  assert.ok(distinct('path') > 2_950 && distinct('path') <= 3_000, String(distinct('path')));
  assert.equal(distinct('server_name'), 40 + 1); // and <NOSRV>
});

test('when a log is generated, then it has what makes reports interesting', () => {
  const all = records({ lines: 20_000, distinctUrls: 10_000 });
  const share = (of: (record: ReferenceRecord) => boolean) => all.filter(of).length / all.length;
  const between = (value: number, low: number, high: number) =>
    assert.ok(value >= low && value <= high, `${value} is not in ${low} to ${high}`);
  between(
    share(({ status_code }) => (status_code as number) >= 500),
    0.005,
    0.05,
  );
  between(
    share(({ time_queue }) => (time_queue as number) > 0),
    0.01,
    0.1,
  );
  between(
    share(({ client_ip }) => (client_ip as string).includes('::')),
    0.02,
    0.2,
  );
  between(
    share(({ query }) => query !== null),
    0.1,
    0.5,
  );
  between(
    share(({ retries }) => (retries as number) > 0),
    0.001,
    0.05,
  );
  between(
    share(({ http_request }) => http_request === '<BADREQ>'),
    0.001,
    0.02,
  );
  between(generateLog({ lines: 20_000 }).length / 20_000, 215, 240);
});
