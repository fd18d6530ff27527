/**
 * Writes a generated log to stdout or a file:
 *   node dist/test/bench/generate.js --lines 10000000 --seed 1 [--output FILE]
 * Options are those of LogOptions; `--no-captures` leaves the braces out.
 */

import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ENVELOPES, FORMATS, LOG_DEFAULTS, LogGenerator } from './log-generator.ts';

const ROOM = 1 << 20;

const { values } = parseArgs({
  options: {
    lines: { type: 'string' },
    seed: { type: 'string' },
    'distinct-urls': { type: 'string' },
    'distinct-clients': { type: 'string' },
    servers: { type: 'string' },
    format: { type: 'string', default: LOG_DEFAULTS.format },
    envelope: { type: 'string', default: LOG_DEFAULTS.envelope },
    captures: { type: 'boolean', default: LOG_DEFAULTS.captures },
    'no-captures': { type: 'boolean', default: false },
    output: { type: 'string' },
  },
});

function whole(option: 'lines' | 'seed' | 'distinct-urls' | 'distinct-clients' | 'servers', otherwise: number): number {
  const given = values[option];
  if (given === undefined) return otherwise;
  if (!/^\d+$/.test(given)) throw new RangeError(`--${option}: expected a whole number, got "${given}"`);
  return Number(given);
}

function oneOf<T extends string>(option: string, known: readonly T[], given: string): T {
  const found = known.find((name) => name === given);
  if (found === undefined) throw new RangeError(`--${option}: expected one of ${known.join(', ')}, got "${given}"`);
  return found;
}

const generator = new LogGenerator({
  lines: whole('lines', LOG_DEFAULTS.lines),
  seed: whole('seed', LOG_DEFAULTS.seed),
  distinctUrls: whole('distinct-urls', LOG_DEFAULTS.distinctUrls),
  distinctClients: whole('distinct-clients', LOG_DEFAULTS.distinctClients),
  servers: whole('servers', LOG_DEFAULTS.servers),
  format: oneOf('format', FORMATS, values.format),
  envelope: oneOf('envelope', ENVELOPES, values.envelope),
  captures: values.captures && !values['no-captures'],
});

const file = values.output === undefined ? 1 : openSync(values.output, 'w');
const room = Buffer.allocUnsafe(ROOM);
for (let size = generator.fill(room); size > 0; size = generator.fill(room)) {
  for (let done = 0; done < size; ) done += writeSync(file, room, done, size - done);
}
if (values.output !== undefined) closeSync(file);
