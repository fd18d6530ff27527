/**
 * Every command: one row each, the reports first. What a command does is loaded when it is run, so that help costs
 * no more than the tables.
 */

import { REPORTS } from '../app/report-catalogue.ts';
import type { CommandGroup, Options } from './option-table.ts';
import type { Surroundings } from './surroundings.ts';

export interface Invocation {
  readonly command: string;
  readonly options: Options;
  readonly args: readonly string[];
  readonly surroundings: Surroundings;
}

/** Exit status: the request was served; it was, and nothing matched; it could not be. */
export const DONE = 0;
export const NOTHING_MATCHED = 1;
export const FAILED = 2;
export type ExitStatus = typeof DONE | typeof NOTHING_MATCHED | typeof FAILED;

export interface CommandRow {
  readonly name: string;
  /** Arguments as in help: `[FILE...]`. */
  readonly args: string;
  readonly help: string;
  /** Which options it takes. */
  readonly groups: readonly CommandGroup[];
  readonly run: (invocation: Invocation) => Promise<ExitStatus>;
}

const FILES = '[FILE...]';
/** Reports with options that no other has. */
const OWN_OPTIONS: Readonly<Record<string, CommandGroup>> = { urls: 'urls', timeline: 'timeline', report: 'report' };

const reports = REPORTS.map(
  ({ name, description }): CommandRow => ({
    name,
    args: FILES,
    help: description,
    groups: ['reports', ...(OWN_OPTIONS[name] === undefined ? [] : [OWN_OPTIONS[name]])],
    run: async (given) => (await import('./commands/report.ts')).run(given),
  }),
);

export const COMMANDS: readonly CommandRow[] = [
  ...reports,
  {
    name: 'records',
    args: FILES,
    help: 'Each record in turn, as NDJSON, CSV, or the line itself.',
    groups: ['records'],
    run: async (given) => (await import('./commands/records.ts')).run(given),
  },
  {
    name: 'ingest',
    args: 'FILE...',
    help: 'Files into the store.',
    groups: ['ingest'],
    run: async (given) => (await import('./commands/ingest.ts')).run(given),
  },
  {
    name: 'listen',
    args: '',
    help: 'Receives syslog into the store, until stopped.',
    groups: ['listen'],
    run: async (given) => (await import('./commands/listen.ts')).run(given),
  },
  {
    name: 'sql',
    args: 'QUERY',
    help: 'A read-only query of the store.',
    groups: ['sql'],
    run: async (given) => (await import('./commands/sql.ts')).run(given),
  },
  {
    name: 'demo',
    args: '',
    help: 'A receiver, made-up traffic, and a table that follows it.',
    groups: ['demo'],
    run: async (given) => (await import('./commands/demo.ts')).run(given),
  },
];
