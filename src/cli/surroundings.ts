/** What a run finds around itself: terminal, environment, clock, and the two streams it writes to. Asked for once, in `main`. */

import { fstatSync } from 'node:fs';
import { isatty } from 'node:tty';
import { HalogenError } from '../errors.ts';
import { ReaderGone, writer } from './output.ts';

export interface Surroundings {
  readonly stdout: (data: string | Uint8Array) => void;
  /** Writes one line; what its text contains is shown, not obeyed. */
  readonly stderr: (line: string) => void;
  /** Writes to the terminal that stderr is, as given; null where it is none. */
  readonly terminalNote: ((text: string) => void) | null;
  /** Columns of the terminal that stdout is; null where it is none. */
  readonly width: number | null;
  readonly colour: boolean;
  /** Something is piped or redirected into stdin. */
  readonly piped: boolean;
  /** $HALOGEN_DB, else the store's usual place. */
  readonly defaultStore: string;
  /** Epoch ms. */
  readonly now: number;
  /** The folder of package.json. */
  readonly home: URL;
}

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;

/** A pipe, a socket or a file; a terminal, /dev/null (cron, services) or nothing at all is not something piped in. */
function isPipedIn(): boolean {
  try {
    const stdin = fstatSync(STDIN);
    return stdin.isFIFO() || stdin.isFile() || stdin.isSocket();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EBADF') return false;
    throw error;
  }
}

/** What cannot be said to anybody is no reason to stop, nor to change the exit status. */
function bestEffort(write: (data: string) => void): (data: string) => void {
  return (data) => {
    try {
      write(data);
    } catch (error) {
      if (!(error instanceof ReaderGone) && !(error instanceof HalogenError)) throw error;
    }
  };
}

export function surroundingsOf(env: Readonly<Record<string, string | undefined>>, home: URL): Surroundings {
  const terminal = isatty(STDOUT);
  const write = bestEffort(writer(STDERR));
  return {
    stdout: writer(STDOUT),
    stderr: (line) => write(`${line}\n`),
    terminalNote: isatty(STDERR) && env.TERM !== 'dumb' ? write : null,
    width: terminal ? process.stdout.columns || 80 : null,
    colour: terminal && !env.NO_COLOR && env.TERM !== 'dumb',
    piped: isPipedIn(),
    defaultStore: env.HALOGEN_DB || 'halogen.db',
    now: Date.now(),
    home,
  };
}
