/** `halogen listen` as a process of its own, on a free port, until it is told to stop. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Stopped {
  readonly status: number | null;
  readonly stderr: string;
}

export class Listener {
  readonly port: number;
  readonly #process: ChildProcess;
  readonly #said: { text: string };

  private constructor(child: ChildProcess, said: { text: string }, port: number) {
    this.#process = child;
    this.#said = said;
    this.port = port;
  }

  /** In: path of the store. Throws with what it said where it does not start. */
  static async start(db: string): Promise<Listener> {
    const child = spawn(process.execPath, ['bin/halogen', 'listen', '--udp', '127.0.0.1:0', '--db', db], {
      env: { PATH: process.env.PATH, TZ: 'UTC' },
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    const said = { text: '' };
    const port = await new Promise<number>((resolve, reject) => {
      child.once('exit', () => reject(new Error(`halogen listen: ${said.text}`)));
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        said.text += text;
        const match = /listening on UDP 127\.0\.0\.1:(\d+)/.exec(said.text);
        if (match !== null) resolve(Number(match[1]));
      });
    });
    return new Listener(child, said, port);
  }

  /** Out: how it ended, once it has. Harmless when it has ended already. */
  async stop(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<Stopped> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const closed = once(this.#process, 'close');
      this.#process.kill(signal);
      await closed;
    }
    return { status: this.#process.exitCode, stderr: this.#said.text };
  }
}
