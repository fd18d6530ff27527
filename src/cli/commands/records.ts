/** Records one by one, or the lines that were none. */

import { runRecords } from '../../app/records.ts';
import { HalogenError } from '../../errors.ts';
import { recordWriter } from '../../report/record-writers.ts';
import type { ExitStatus, Invocation } from '../command-table.ts';
import { filterSpec } from '../filter-spec.ts';
import { sourceOf } from '../source.ts';
import { exitStatus, showLedger } from './outcome.ts';

export async function run({ options, args, surroundings }: Invocation): Promise<ExitStatus> {
  const format = options.recordFormat ?? 'ndjson';
  const source = sourceOf(args, options, surroundings);
  if (format === 'raw' && source.from === 'store' && options.unparsed !== true) throw HalogenError.of('STORE_WITHOUT_LINES', source.db);
  const writer = recordWriter(format, surroundings.width !== null, surroundings.stdout);
  const { ledger, failures } = await runRecords(
    {
      source,
      reading: { timezone: options.timezone ?? null, keepQuery: false },
      filter: filterSpec(options),
      unparsed: options.unparsed ?? false,
    },
    writer,
  );
  writer.end();
  showLedger(ledger, surroundings);
  return exitStatus(failures, writer.written > 0, surroundings);
}
