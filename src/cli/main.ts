/** The entry: argv and environment in, exit status out. Everything that went wrong becomes one line on stderr. */

import { HalogenError } from '../errors.ts';
import { terminalText } from '../report/safe-text.ts';
import { DONE, type ExitStatus, FAILED } from './command-table.ts';
import { ReaderGone } from './output.ts';
import { runProgram } from './program.ts';
import { surroundingsOf } from './surroundings.ts';

/** One line for what the user can mend; a bug keeps its stack. */
function account(error: unknown): string[] {
  if (error instanceof HalogenError) return [`halogen: ${error.message}`];
  return `halogen: a bug: ${error instanceof Error ? error.stack : String(error)}`.split('\n');
}

/** In: the arguments after node and script, the environment, and the folder of package.json. Out: the exit status; what was asked for is written by then. */
export async function main(args: readonly string[], env: Readonly<Record<string, string | undefined>>, home: URL): Promise<ExitStatus> {
  const surroundings = surroundingsOf(env, home);
  try {
    return await runProgram(args, surroundings);
  } catch (error) {
    // Threads may still be reading for an output that nobody takes any more.
    if (error instanceof ReaderGone) process.exit(DONE);
    for (const line of account(error)) surroundings.stderr(terminalText(line));
    return FAILED;
  }
}
