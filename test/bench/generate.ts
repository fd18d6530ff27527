/**
 * Writes a generated log to stdout or a file:
 *   node dist/test/bench/generate.js --lines 10000000 --seed 1 [--output FILE]
 * Options are those of LogOptions; `--no-captures` leaves the braces out.
 */

import { closeSync, openSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ENVELOPES, FORMATS, LOG_DEFAULTS, type LogOptions } from './log-options.ts';
import { writeLog } from './write-log.ts';

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

const options: LogOptions = {
  ...LOG_DEFAULTS,
  lines: whole('lines', LOG_DEFAULTS.lines),
  seed: whole('seed', LOG_DEFAULTS.seed),
  distinctUrls: whole('distinct-urls', LOG_DEFAULTS.distinctUrls),
  distinctClients: whole('distinct-clients', LOG_DEFAULTS.distinctClients),
  servers: whole('servers', LOG_DEFAULTS.servers),
  format: oneOf('format', FORMATS, values.format),
  envelope: oneOf('envelope', ENVELOPES, values.envelope),
  captures: values.captures && !values['no-captures'],
};

const file = values.output === undefined ? 1 : openSync(values.output, 'w');
try {
  writeLog(file, options);
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error; // the reader has had enough
}
if (values.output !== undefined) closeSync(file);
