/** Compressed files, recognised by their content: streamed through zlib, never held whole. */

import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { HalogenError } from '../errors.ts';
import { type InputFile, readFailure } from './file.ts';

/** Hands the decompressed content to `take`, piece by piece. Throws HalogenError FILE_UNREADABLE for a damaged or cut file, after what came before the damage. */
export async function readCompressed(file: InputFile, take: (chunk: Uint8Array) => void): Promise<void> {
  if (file.compression !== 'gzip') {
    throw HalogenError.of('FILE_UNREADABLE', file.name, `it is compressed with ${file.compression}, which is not supported`);
  }
  const source = createReadStream('', { fd: file.fd, autoClose: false, start: file.range?.from ?? 0, highWaterMark: 262_144 });
  const gunzip = createGunzip({ chunkSize: 262_144 });
  // As an event each piece is taken before an error behind it is heard of; an iterator would lose it.
  gunzip.on('data', take);
  try {
    await pipeline(source, gunzip);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_')) throw HalogenError.because(error, 'FILE_UNREADABLE', file.name, `damaged gzip content: ${message}`);
    throw readFailure(file.name, error);
  }
}
