/** Commander's program, made from the two tables. What commander says about a mistake is reduced to one line. */

import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { COMMANDS, type CommandRow, DONE, type ExitStatus, FAILED, type Invocation } from './command-table.ts';
import { OPTIONS, type OptionName, optionsOf, type TypedOptions } from './option-table.ts';
import { resolveOptions } from './resolve.ts';
import type { Surroundings } from './surroundings.ts';

/** Two options of one flag exist where commands differ in its values; a command has one of them. */
function commanderOption(name: OptionName): Option {
  const { flag, value, help, adds } = OPTIONS[name];
  const option = new Option(value === null ? flag : `${flag} <${value}>`, help);
  option.attributeName = () => name;
  if (adds) option.argParser((text: string, before: string | undefined) => (before === undefined ? text : `${before},${text}`));
  return option;
}

/** With its options only where it is the command `named` in argv: for the others a name and a line of help are enough. */
function commandOf(row: CommandRow, named: boolean, surroundings: Surroundings, ran: (status: ExitStatus) => void): Command {
  const command = new Command(row.name).description(row.help).helpOption('-h, --help', 'this text');
  if (named) for (const name of optionsOf(row.groups)) command.addOption(commanderOption(name));
  const args = row.args.split(' ').filter((arg) => arg !== '');
  for (const arg of args) command.argument(arg.startsWith('[') ? arg : `<${arg}>`);
  command.action(async () => {
    const invocation: Invocation = {
      command: row.name,
      options: resolveOptions(command.opts<TypedOptions>(), surroundings.now),
      args: command.args,
      surroundings,
    };
    ran(await row.run(invocation));
  });
  return command;
}

/** The version in package.json, which stands above the compiled sources. */
function version(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string };
  return version;
}

const AFTERWORD = `
FILE is a log, "-" is stdin; without FILE: stdin where something is piped in, else the store.
halogen COMMAND --help lists a command's options.`;

/** Runs the command that `args` (without node and script) name. Throws what went wrong, HalogenError or a bug. */
export async function runProgram(args: readonly string[], surroundings: Surroundings): Promise<ExitStatus> {
  let status: ExitStatus = DONE;
  const program = new Command('halogen')
    .usage('COMMAND [FILE...] [options]')
    .description('HAProxy logs in, answers out.')
    .version(version(), '-V, --version', 'the version')
    .helpOption('-h, --help', 'this text')
    .helpCommand(false)
    .addHelpText('after', AFTERWORD)
    .configureOutput({ writeOut: surroundings.stdout, writeErr: () => {}, outputError: () => {} })
    .configureHelp({ helpWidth: surroundings.width ?? 120 })
    .exitOverride();
  const named = args.find((arg) => !arg.startsWith('-'));
  for (const row of COMMANDS) {
    const command = commandOf(row, row.name === named, surroundings, (result) => {
      status = result;
    });
    program.addCommand(command.copyInheritedSettings(program));
  }
  try {
    if (args.length === 0) program.error('expected a command; halogen --help lists them');
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return DONE;
    surroundings.stderr(`halogen: ${error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ')}`);
    return FAILED;
  }
  return status;
}
