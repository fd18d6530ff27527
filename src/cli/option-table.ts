/**
 * Every option of the command line: one row each. Commander's options, the validation, the types of what is typed and
 * of what it resolves to, --help and the README's tables come from here.
 */

import { KINDS } from '../model/columns.ts';
import { RECORD_FORMATS } from '../report/record-format.ts';
import { FORMATS } from '../report/report-format.ts';
import { address } from './values/address.ts';
import { duration, network, slower, status } from './values/filters.ts';
import { key, percentile, sort } from './values/shape.ts';
import { time } from './values/time.ts';
import { listOf, on, oneOf, type Parse, text, wholeNumber } from './values/value.ts';
import { zone } from './values/zone.ts';

/** Kinds of commands, by what they do; a single command is named where only it takes an option. */
export type CommandGroup = 'reports' | 'urls' | 'timeline' | 'report' | 'records' | 'ingest' | 'listen' | 'sql' | 'demo';

export interface OptionRow<T> {
  readonly flag: `--${string}`;
  /** Name of the value in help; null = a switch. */
  readonly value: string | null;
  readonly parse: Parse<T>;
  readonly help: string;
  readonly of: readonly CommandGroup[];
  /** Given twice, the values add up. */
  readonly adds: boolean;
}

type Groups = readonly CommandGroup[];

function single<T>(flag: `--${string}`, value: string, parse: Parse<T>, of: Groups, help: string): OptionRow<T> {
  return { flag, value, parse, of, help, adds: false };
}

function list<T>(flag: `--${string}`, value: string, parse: Parse<T>, of: Groups, help: string): OptionRow<readonly T[]> {
  return { flag, value: `${value},…`, parse: listOf(parse), of, help, adds: true };
}

function toggle(flag: `--${string}`, of: Groups, help: string): OptionRow<true> {
  return { flag, value: null, parse: on, of, help, adds: false };
}

const READ: Groups = ['reports', 'records', 'ingest', 'listen'];
const FILTERED: Groups = ['reports', 'records'];
const SHAPED: Groups = ['reports'];

export const OPTIONS = {
  by: list('--by', 'KEY', key, ['report'], 'what a row is; status, method, path, client, minute, hour, header:N, …'),
  query: toggle('--query', ['urls', 'report'], 'keep the query in paths'),
  every: single('--every', 'DURATION', duration, ['timeline'], 'width of a row (default: chosen for at most 60 rows)'),

  db: single(
    '--db',
    'PATH',
    text,
    ['reports', 'records', 'ingest', 'listen', 'sql'],
    'the store (default: $HALOGEN_DB, else ./halogen.db)',
  ),
  timezone: single('--timezone', 'ZONE', zone, READ, "zone of the accept dates: an IANA name or +02:00 (default: the system's)"),
  udp: single('--udp', '[HOST:]PORT', address, ['listen'], 'receive syslog over UDP here (default: 127.0.0.1:1514)'),

  since: single('--since', 'TIME', time, FILTERED, "accepted then or later; 2026-11-01T14:30, 14:30, 15m (ago), HAProxy's own date"),
  until: single('--until', 'TIME', time, FILTERED, 'accepted before then'),
  frontend: list('--frontend', 'GLOB', text, FILTERED, 'of these frontends'),
  backend: list('--backend', 'GLOB', text, FILTERED, 'of these backends'),
  server: list('--server', 'GLOB', text, FILTERED, 'of these servers'),
  path: list('--path', 'GLOB', text, FILTERED, 'of these paths'),
  method: list('--method', 'METHOD', text, FILTERED, 'with these methods'),
  status: list('--status', 'STATUS', status, FILTERED, 'with these codes; 404, 5xx, 500-599, -1 (no answer)'),
  client: list('--client', 'CIDR', network, FILTERED, 'from these addresses or blocks'),
  termination: list('--termination', 'STATE', text, FILTERED, 'ended so; the state or how it begins: sH, S, --'),
  errors: toggle('--errors', FILTERED, 'status 5xx, or no answer'),
  queued: toggle('--queued', FILTERED, 'that waited in a queue'),
  slower: list('--slower', '[TIMER=]DURATION', slower, FILTERED, 'at least that long in the response, or in TIMER; 500ms, queue=1s'),
  kind: list('--kind', 'KIND', oneOf(KINDS), FILTERED, `of these kinds; ${KINDS.join(', ')}`),
  invert: toggle('--invert', FILTERED, 'what the filters would drop'),

  format: single('--format', 'FORMAT', oneOf(FORMATS), ['reports', 'sql'], `${FORMATS.join(', ')} (default: table)`),
  sort: single('--sort', 'KEY[:asc|:desc]', sort, SHAPED, "order; requests, errors, error_rate, response.p95, a row's key, …"),
  limit: single('--limit', 'N', wholeNumber(0), SHAPED, 'rows shown, 0 = all (default: 20 in a table, else all)'),
  columns: list('--columns', 'NAME', text, SHAPED, 'what is shown of a row, by the names in JSON; requests, status.5xx, response.p95'),
  percentiles: list('--percentiles', 'P', percentile, SHAPED, 'of each timer (default: 50,95,99)'),

  recordFormat: single('--format', 'FORMAT', oneOf(RECORD_FORMATS), ['records'], `${RECORD_FORMATS.join(', ')} (default: ndjson)`),
  unparsed: toggle('--unparsed', ['records'], 'the lines that no format matched, with file, line and reason'),

  seconds: single('--seconds', 'N', wholeNumber(1), ['demo'], 'end by itself after so long'),
  plain: toggle('--plain', ['demo'], 'write one table at the end, move no cursor'),
} as const satisfies Readonly<Record<string, OptionRow<unknown>>>;

export type OptionName = keyof typeof OPTIONS;
export const OPTION_NAMES = Object.keys(OPTIONS) as readonly OptionName[];

/** As typed: the text of each option that was given, true for a switch. */
export type TypedOptions = { readonly [N in OptionName]?: string | true };

/** As resolved: the value of each. */
export type Options = { readonly [N in OptionName]?: ReturnType<(typeof OPTIONS)[N]['parse']> };

/** The options of a command of these groups, in the order of the table. */
export function optionsOf(groups: readonly CommandGroup[]): OptionName[] {
  return OPTION_NAMES.filter((name) => OPTIONS[name].of.some((group) => groups.includes(group)));
}
