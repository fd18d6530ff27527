/** A report: from files, from stdin, or from the store. */

import { runReport } from '../../app/report.ts';
import { formatNumber } from '../../model/units.ts';
import { periodLine } from '../../report/ledger-line.ts';
import { writeReport } from '../../report/write-report.ts';
import type { ExitStatus, Invocation } from '../command-table.ts';
import { withProgress } from '../progress.ts';
import { reportRequest } from '../report-request.ts';
import { sourceOf } from '../source.ts';
import { exitStatus, showLedger, showNotes } from './outcome.ts';

export async function run({ command, options, args, surroundings }: Invocation): Promise<ExitStatus> {
  const { plan, shape, format, columns } = reportRequest(command, options);
  const source = sourceOf(args, options, surroundings);
  const reading = { timezone: options.timezone ?? null, keepQuery: options.query ?? false };
  const { result, failures } = await withProgress(surroundings, (progress) => runReport({ plan, shape, source, reading, progress }));
  const notes: string[] = [];
  const { width, colour, stdout } = surroundings;
  if (result.total > 0 || format !== 'table') {
    await writeReport(result, { format, columns, width, colour, note: (sentence) => notes.push(sentence) }, stdout);
  }
  if (format !== 'json') {
    showLedger(result.ledger, surroundings);
    if (result.from !== null && result.to !== null) surroundings.stderr(periodLine(result.from, result.to));
    if (shape.limit > 0 && result.total > shape.limit) {
      notes.push(`${formatNumber(shape.limit)} of ${formatNumber(result.total)} rows; --limit 0 shows all`);
    }
    showNotes([...notes, ...result.notes], surroundings);
  }
  return exitStatus(failures, result.total > 0, surroundings);
}
