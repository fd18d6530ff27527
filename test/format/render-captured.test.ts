/** What a real HAProxy logged is rendered again from what it parses to, byte for byte. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FORMATS } from '../../src/format/formats.ts';
import type { LogRecord } from '../../src/format/log-record.ts';
import { lineRenderer } from '../../src/format/render.ts';
import { capturedLogs } from '../fixtures/captured.ts';

const MESSAGE = /(?:^<\d+>)?(\S+ \[\d\d\/.*)$/;

/** The message alone: what follows the envelope. */
const message = (line: Buffer): string => line.toString('latin1').match(MESSAGE)?.[1] ?? '';

test('when a captured line is rendered from its record, then it is the same line', () => {
  let compared = 0;
  for (const { file, lines, expected } of capturedLogs()) {
    for (const [index, record] of expected.entries()) {
      const format = FORMATS.find(({ name }) => name === record.format);
      const line = message(lines[index] as Buffer);
      // An escape in a line stays as it is in the record, and would be escaped again; a cut line is not the whole record.
      if (format === undefined || line.includes('#') || record.flags.includes('truncated')) continue;
      const flags = Object.fromEntries(record.flags.map((flag) => [flag, true]));
      const rendered: LogRecord = { ...record, ...flags, accept_date: Date.parse(record.accept_date as string) } as unknown as LogRecord;
      assert.equal(lineRenderer(format.logFormat)(rendered), line, `${file}:${index + 1}`);
      compared++;
    }
  }
  assert.ok(compared > 100, `${compared} lines compared`);
});
