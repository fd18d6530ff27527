import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileCidr } from '../../src/analyze/cidr.ts';

const CASES: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['192.0.2.1', ['192.0.2.1', '::ffff:192.0.2.1', '::ffff:c000:201'], ['192.0.2.2', '::192.0.2.1', 'unix', '-', '']],
  ['192.0.2.0/25', ['192.0.2.0', '192.0.2.127'], ['192.0.2.128', '192.0.3.0']],
  ['128.0.0.0/1', ['255.255.255.255', '128.0.0.0'], ['127.255.255.255']],
  ['0.0.0.0/0', ['1.2.3.4', '::ffff:1.2.3.4'], ['::1', '2001:db8::1']],
  ['::ffff:192.0.2.0/120', ['192.0.2.77'], ['192.0.3.1']],
  ['2001:db8::/32', ['2001:db8::', '2001:db8:ffff::1', '2001:DB8:0:0:0:0:0:1'], ['2001:db9::', '192.0.2.1']],
  ['fe80::1', ['fe80::1', 'fe80::1%eth0'], ['fe80::2']],
  ['::/0', ['::', '2001:db8::1'], ['192.0.2.1', '::ffff:192.0.2.1']],
  ['::1/128', ['::1', '0:0:0:0:0:0:0:1'], ['::2']],
];

for (const [block, inside, outside] of CASES) {
  test(`when the block is ${block}, then it holds its addresses and no others`, () => {
    const holds = compileCidr(block);
    for (const address of inside) assert.ok(holds(address), address);
    for (const address of outside) assert.ok(!holds(address), address);
  });
}
