/**
 * The options of one command, for commander. A module of its own because it brings all parsers of values with it:
 * `halogen --help` does without.
 */

import { type Command, Option } from 'commander';
import type { CommandRow } from './command-table.ts';
import { OPTIONS, type OptionName, type Options, optionsOf, type TypedOptions } from './option-table.ts';
import { resolveOptions } from './resolve.ts';

/** Two options of one flag exist where commands differ in its values; a command has one of them. */
function commanderOption(name: OptionName): Option {
  const { flag, value, help, adds } = OPTIONS[name];
  const option = new Option(value === null ? flag : `${flag} <${value}>`, help);
  option.attributeName = () => name;
  if (adds) option.argParser((text: string, before: string | undefined) => (before === undefined ? text : `${before},${text}`));
  return option;
}

/** Gives `command` the options of its row. Out: what to call for their values, once they have been typed. */
export function addOptions(command: Command, { groups }: CommandRow): (now: number) => Options {
  for (const name of optionsOf(groups)) command.addOption(commanderOption(name));
  return (now) => resolveOptions(command.opts<TypedOptions>(), now);
}
