/** The whole path on one machine, with made-up traffic. */

import { runDemo } from '../../app/demo.ts';
import { DONE, type ExitStatus, type Invocation } from '../command-table.ts';
import { untilStopped } from '../stop-signal.ts';
import { DEFAULT_UDP } from '../values/address.ts';

export async function run({ options, surroundings }: Invocation): Promise<ExitStatus> {
  const request = { seconds: options.seconds ?? null, plain: options.plain ?? false, port: DEFAULT_UDP.port };
  await untilStopped((signal) => runDemo(request, surroundings, signal));
  return DONE;
}
