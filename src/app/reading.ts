/** Files, stdin or a store through the parser: what all commands that read share. */

import type { HalogenError } from '../errors.ts';
import { closeInput, type InputFile, openInput, readFailure, readRange, readStream } from '../input/file.ts';
import { readCompressed } from '../input/gzip.ts';
import type { Parser, Sink } from '../parse/parser.ts';

/** Where lines come from; `-` among files is stdin. */
export type Source = { readonly from: 'files'; readonly files: readonly string[] } | { readonly from: 'store'; readonly db: string };

/** How lines are read. */
export interface ReadingOptions {
  /** Zone of the accept dates: IANA name, offset, or null for the system's. */
  readonly timezone: string | null;
  /** Paths keep their query. */
  readonly keepQuery: boolean;
}

/** Opens what can be opened; the rest becomes failures. */
export function openAll(names: readonly string[]): { files: InputFile[]; failures: HalogenError[] } {
  const files: InputFile[] = [];
  const failures: HalogenError[] = [];
  for (const name of names) {
    try {
      files.push(openInput(name));
    } catch (error) {
      failures.push(readFailure(name, error));
    }
  }
  return { files, failures };
}

/** Reads one file to its end, whatever it is, and closes it. Out: what stopped it early, or null. */
export async function readWhole(file: InputFile, parser: Parser, sink: Sink): Promise<HalogenError | null> {
  const target = { room: () => parser.room(), filled: (length: number) => parser.filled(length, sink) };
  try {
    if (file.compression !== null) await readCompressed(file, (chunk) => parser.push(chunk, sink));
    else if (file.range !== null) readRange(file, file.range.from, file.range.to, target);
    else readStream(file, target);
    return null;
  } catch (error) {
    return readFailure(file.name, error);
  } finally {
    parser.end(sink);
    closeInput(file);
  }
}
