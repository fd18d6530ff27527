import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { csvText, jsonText, markdownText, terminalText } from '../../src/report/safe-text.ts';

test('when a text holds an escape sequence, then a terminal gets it written out', () => {
  assert.equal(terminalText('/a\x1b[31m\x07\x9b\x7f'), '/a\\x1b[31m\\x07\\x9b\\x7f');
});

test('when a text reorders or hides what follows, then a terminal gets that written out', () => {
  assert.equal(terminalText('a\u202eb\u2066c\u200bd\u2028e\u{e0041}'), 'a\\u202eb\\u2066c\\u200bd\\u2028e\\u{e0041}');
});

test('when a text is ordinary in any script, then a terminal gets it as it is', () => {
  assert.equal(terminalText('/straße/日本語/😀?a=b%20c'), '/straße/日本語/😀?a=b%20c');
});

test('when any text is written as JSON, then it reads back the same and holds nothing a page or a terminal acts on', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const json = jsonText(text);
      assert.equal(JSON.parse(json), text);
      assert.doesNotMatch(json, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test('when a cell would be taken for a formula, then it gets an apostrophe', () => {
  for (const text of ['=1+1', '+1', '-1', '@a', '\ta']) assert.equal(csvText(text), `'${text}`);
  assert.equal(csvText('\ra'), '"\'\ra"');
});

test('when a cell holds a comma, a quote or a line end, then it is quoted', () => {
  assert.equal(csvText('a,b'), '"a,b"');
  assert.equal(csvText('say "a"'), '"say ""a"""');
  assert.equal(csvText('a\nb'), '"a\nb"');
  assert.equal(csvText('/plain?a=b'), '/plain?a=b');
});

test('when a cell holds markup, then markdown shows it instead of obeying it', () => {
  assert.equal(markdownText('a|b<script>`*_[x](y)'), 'a\\|b&lt;script>\\`\\*\\_\\[x\\](y)');
});
