/** The filters among the options, as the description every stage reads. */

import type { FilterSpec } from '../app/report-catalogue.ts';
import type { OptionName, Options } from './option-table.ts';

const FILTERS = [
  'since',
  'until',
  'frontend',
  'backend',
  'server',
  'path',
  'method',
  'status',
  'client',
  'termination',
  'errors',
  'queued',
  'slower',
  'kind',
  'invert',
] as const satisfies readonly (OptionName & keyof FilterSpec)[];

/** Only what was given is in it. */
export function filterSpec(options: Options): FilterSpec {
  return Object.fromEntries(FILTERS.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]));
}
