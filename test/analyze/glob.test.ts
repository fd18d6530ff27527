import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileGlob } from '../../src/analyze/glob.ts';

const CASES: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['app', ['app'], ['App', 'app1', '']],
  ['', [''], ['a']],
  ['*', ['', 'a', 'a/b', '\n'], []],
  ['app?', ['app1', 'app😀'], ['app', 'app12']],
  ['/a*/c', ['/a/c', '/ab/b/c', '/a/c/c'], ['/a/c/d', '/b/c']],
  ['*a*b*c', ['abc', 'xaxbxc', 'abcabc'], ['acb', 'abcd']],
  ['s[1-3x]', ['s1', 's3', 'sx'], ['s4', 's-', 's']],
  ['s[!1-3]', ['s4', 's!'], ['s1', 's']],
  ['s[^1]', ['s2'], ['s1']],
  ['s[]a]', ['s]', 'sa'], ['sb']],
  ['s[a-]', ['sa', 's-'], ['sb']],
  ['s[1', ['s[1'], ['s1']],
  ['a.b+(c)', ['a.b+(c)'], ['aab+(c)']],
];

for (const [glob, matching, others] of CASES) {
  test(`when the glob is ${JSON.stringify(glob)}, then it matches what it says`, () => {
    const matches = compileGlob(glob);
    for (const text of matching) assert.ok(matches(text), JSON.stringify(text));
    for (const text of others) assert.ok(!matches(text), JSON.stringify(text));
  });
}

test('when a text is made to be slow to match, then it is not', () => {
  const start = performance.now();
  assert.equal(compileGlob('*a*a*a*a*a*b')('a'.repeat(60_000)), false);
  assert.ok(performance.now() - start < 1_000);
});
