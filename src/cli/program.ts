/** Commander's program, made from the two tables. What commander says about a mistake is reduced to one line. */

import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { COMMANDS, type CommandRow, DONE, type ExitStatus, FAILED } from './command-table.ts';
import type { Surroundings } from './surroundings.ts';

const AFTERWORD = `
FILE is a log, "-" is stdin; without FILE: stdin where something is piped in, else the store.
halogen COMMAND --help lists a command's options.`;

/** The version in package.json. */
function version(home: URL): string {
  const { version } = JSON.parse(readFileSync(new URL('package.json', home), 'utf8')) as { version: string };
  return version;
}

function programOf({ stdout, width, home }: Surroundings): Command {
  return new Command('halogen')
    .usage('COMMAND [FILE...] [options]')
    .description('HAProxy logs in, answers out.')
    .version(version(home), '-V, --version', 'the version')
    .helpOption('-h, --help', 'this text')
    .helpCommand(false)
    .addHelpText('after', AFTERWORD)
    .configureOutput({ writeOut: stdout, writeErr: () => {}, outputError: () => {} })
    .configureHelp({ helpWidth: width ?? 120 })
    .exitOverride();
}

function commandOf({ name, args, help }: CommandRow, program: Command): Command {
  const command = new Command(name).description(help).helpOption('-h, --help', 'this text').copyInheritedSettings(program);
  for (const arg of args.split(' ')) {
    if (arg !== '') command.argument(arg.startsWith('[') ? arg : `<${arg}>`);
  }
  program.addCommand(command);
  return command;
}

/** Runs the command that `args` (without node and script) name. Throws what went wrong, HalogenError or a bug. */
export async function runProgram(args: readonly string[], surroundings: Surroundings): Promise<ExitStatus> {
  let status: ExitStatus = DONE;
  const program = programOf(surroundings);
  const named = args.find((arg) => !arg.startsWith('-'));
  for (const row of COMMANDS) {
    const command = commandOf(row, program);
    // Of the others a name and a line of help are enough.
    if (row.name !== named) continue;
    const { addOptions } = await import('./command-options.ts');
    const resolve = addOptions(command, row);
    command.action(async () => {
      const options = resolve(surroundings.now);
      status = await row.run({ command: row.name, options, args: command.args, surroundings });
    });
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
