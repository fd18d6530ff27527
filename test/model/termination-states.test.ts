import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isClientAbort, meaningOf } from '../../src/model/termination-states.ts';

test('when any pair of documented characters is given, then it has a meaning that fits a column', () => {
  for (const cause of '-CSPLRIDUKcs') {
    for (const phase of '-RQCHDLT') {
      const meaning = meaningOf(cause + phase);
      assert.ok(meaning !== null && meaning.length <= 60, `${cause}${phase}: ${meaning}`);
    }
  }
});

test('when the state has four characters, then the last two do not matter', () => {
  assert.equal(meaningOf('sH--'), meaningOf('sHVN'));
  assert.equal(meaningOf('----'), 'completed normally');
});

test('when the state is none that the manual names, then it has no meaning', () => {
  for (const state of ['??', 'x', '', '__proto__']) assert.equal(meaningOf(state), null);
});

test('when the state begins with C or c, then the client aborted', () => {
  assert.deepEqual(['CD', 'cR--', 'SC', '-C', ''].map(isClientAbort), [true, true, false, false, false]);
});
