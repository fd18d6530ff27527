/** Writes lines that are no request: the rows of `event` and `unparsed`. Within a transaction that the caller holds. */

import type Database from 'better-sqlite3';
import { MAX_SAMPLE_BYTES, MAX_UNPARSED_SAMPLES } from '../limits.ts';
import { ABSENT } from '../model/timers.ts';
import type { BatchInput } from './batch-input.ts';

/** A line that no format matched. */
export interface UnparsedLine {
  /** From 1; null where the source does not count them. */
  readonly lineNumber: number | null;
  readonly reason: string;
  /** The line, kept up to MAX_SAMPLE_BYTES. */
  readonly bytes: Uint8Array;
}

const orNull = (value: number): number | null => (value === ABSENT || Number.isNaN(value) ? null : value);

export class EventRows {
  readonly #insertEvent: Database.Statement<unknown[]>;
  readonly #insertUnparsed: Database.Statement<[object]>;

  constructor(database: Database.Database) {
    this.#insertEvent = database.prepare(
      `INSERT INTO event (source, line_number, kind, format, flags, accept_date, client_ip, client_port, frontend_name, line)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#insertUnparsed = database.prepare(
      `INSERT INTO unparsed (source, line_number, reason, bytes) SELECT :source, :lineNumber, :reason, :bytes
       WHERE (SELECT count(*) FROM unparsed WHERE source = :source) < ${MAX_UNPARSED_SAMPLES}`,
    );
  }

  /** Takes row `row` of a batch. `received`: epoch ms for an event that tells no date of its own; null for none. */
  append(input: BatchInput, row: number, source: number, received: number | null): void {
    const { int, float } = input;
    this.#insertEvent.run(
      source,
      orNull(float.line_number[row] as number),
      int.kind[row],
      orNull(int.format[row] as number),
      int.flags[row],
      orNull(float.accept_date[row] as number) ?? received,
      orNull(input.textId('client_ip', row)),
      orNull(int.client_port[row] as number),
      orNull(input.textId('frontend_name', row)),
      input.text('line', row),
    );
  }

  /** Keeps a sample, as long as the source has fewer than MAX_UNPARSED_SAMPLES. */
  keep(source: number, line: UnparsedLine): void {
    const { lineNumber, reason } = line;
    this.#insertUnparsed.run({ source, lineNumber, reason, bytes: Buffer.from(line.bytes.subarray(0, MAX_SAMPLE_BYTES)) });
  }
}
