/** Files, stdin or a store through the parser: what all commands that read share. */

import { HalogenError } from '../errors.ts';
import { closeInput, type InputFile, openInput, readFailure, readRange, readStream } from '../input/file.ts';
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

/** The failure of a file that could not be read, from what was thrown meanwhile; throws what is none: it came from whoever took the bytes. */
export function unreadable(file: InputFile, error: unknown): HalogenError {
  const isSystems = error instanceof Error && 'syscall' in error;
  if (isSystems || (error instanceof HalogenError && error.code === 'FILE_UNREADABLE')) return readFailure(file.name, error);
  throw error;
}

/** Reads one file to its end, whatever it is, and closes it. Out: what stopped it early, or null. */
export async function readWhole(file: InputFile, parser: Parser, sink: Sink): Promise<HalogenError | null> {
  const target = { room: () => parser.room(), filled: (length: number) => parser.filled(length, sink) };
  let failure: HalogenError | null = null;
  try {
    if (file.compression !== null) {
      const { readCompressed } = await import('../input/gzip.ts');
      await readCompressed(file, (chunk) => parser.push(chunk, sink));
    } else if (file.range !== null) readRange(file, file.range.from, file.range.to, target);
    else readStream(file, target);
  } catch (error) {
    failure = unreadable(file, error);
  } finally {
    closeInput(file);
  }
  parser.end(sink);
  return failure;
}
