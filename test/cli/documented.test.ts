/** Help, README and the tables of commands and options list the same: what one has and another lacks is named. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { COMMANDS } from '../../src/cli/command-table.ts';
import { OPTION_NAMES, OPTIONS, type OptionName, optionsOf } from '../../src/cli/option-table.ts';
import { runHalogen } from '../fixtures/run-halogen.ts';

const readme = readFileSync('README.md', 'utf8');

/** Rows of README's tables whose first cell is code: [code, what it says]. */
const documented = [...readme.matchAll(/^\| `([^`]+)` +\| (.+?) +\|$/gm)].map(([, code = '', says = '']) => [
  code.replaceAll('\\|', '|'),
  says,
]);

function written(name: OptionName): string {
  const { flag, value } = OPTIONS[name];
  return value === null ? flag : `${flag} ${value}`;
}

test('when the option table has an option, then README has it in the same words, and no other', () => {
  const ours = OPTION_NAMES.map((name) => [written(name), OPTIONS[name].help]);
  const theirs = documented.filter(([code]) => code?.startsWith('--'));
  assert.deepEqual(theirs.sort(), ours.sort());
});

test('when the command table has a command, then README has it in the same words, and no other', () => {
  const ours = COMMANDS.map(({ name, args, help }) => [`${name} ${args}`.trim(), help]);
  const theirs = documented.filter(([code]) => /^[a-z]/.test(code ?? ''));
  assert.deepEqual(theirs.sort(), ours.sort());
});

for (const { name, groups } of COMMANDS) {
  test(`when the help of ${name} is asked for, then it lists the options that ${name} takes, and no other`, () => {
    const { status, stdout, stderr } = runHalogen([name, '--help']);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    const listed = [...stdout.matchAll(/^ {2}(?:-h, )?(--[a-z]+)/gm)].map(([, flag]) => flag);
    assert.deepEqual(listed, [...optionsOf(groups).map((option) => OPTIONS[option].flag), '--help']);
  });
}

test('when help is asked for, then it lists every command', () => {
  const { stdout } = runHalogen(['--help']);
  const [, commands = ''] = stdout.split('Commands:\n');
  assert.deepEqual(
    [...commands.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name),
    COMMANDS.map(({ name }) => name),
  );
});
