/** Reads the samples a store keeps of lines that no format matched, in the order in which they came. */

import { storeFailure } from './failure.ts';
import { openForReading } from './open.ts';

/** A line's first MAX_SAMPLE_BYTES, the name of its source, its number from 1 (0 = not known), and why it is no record. */
export type SampleSink = (line: Uint8Array, source: string, lineNumber: number, reason: string) => void;

/** At most MAX_UNPARSED_SAMPLES of each source. Throws HalogenError for a store that cannot be read. */
export function readUnparsed(path: string, sink: SampleSink): void {
  const database = openForReading(path);
  try {
    const select = database.prepare<[], [Buffer, string, number, string]>(
      'SELECT bytes, name, coalesce(line_number, 0), reason FROM unparsed JOIN source ON source.id = source ORDER BY unparsed.id',
    );
    for (const [line, source, lineNumber, reason] of select.raw().iterate()) sink(line, source, lineNumber, reason);
  } catch (error) {
    throw storeFailure(path, error);
  } finally {
    database.close();
  }
}
