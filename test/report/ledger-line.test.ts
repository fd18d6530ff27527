import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyLedger } from '../../src/model/ledger.ts';
import { ledgerLine, periodLine } from '../../src/report/ledger-line.ts';

test('when lines were unparsed, then the account points at them', () => {
  const line = ledgerLine({ ...emptyLedger(), lines: 10, requests: 8, events: 1, unparsed: 1 });
  assert.equal(line, '10 lines: 8 requests, 1 event, 1 unparsed (halogen records --unparsed shows them)');
});

test('when there is one line, or none, then the account reads so', () => {
  assert.equal(ledgerLine({ ...emptyLedger(), lines: 1, requests: 1 }), '1 line: 1 request');
  assert.equal(ledgerLine(emptyLedger()), '0 lines');
});

test('when there are many, then thousands are set apart', () => {
  assert.equal(ledgerLine({ ...emptyLedger(), lines: 1_234_567, filtered: 1_234_567 }), '1,234,567 lines: 1,234,567 filtered');
});

test('when requests came, then the period is said in UTC', () => {
  const from = Date.UTC(2026, 10, 1, 0, 0, 0, 6);
  assert.equal(periodLine(from, from + 60_000), 'accepted from 2026-11-01T00:00:00.006Z to 2026-11-01T00:01:00.006Z');
});
