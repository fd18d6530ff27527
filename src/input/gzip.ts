/**
 * Compressed files, recognised by their content: streamed through zlib, never held whole.
 *
 * A gzip file is a row of members (RFC 1952): what several runs appended, or what a parallel compressor wrote. Each is
 * inflated by itself, so that junk behind the last one, or a member cut short, costs nothing of what came before. Zeros
 * behind the last member are padding, as for gzip itself.
 */

import { once } from 'node:events';
import { crc32, createInflateRaw, type InflateRaw } from 'node:zlib';
import { HalogenError } from '../errors.ts';
import { CHUNK_BYTES } from '../limits.ts';
import { type InputFile, readSome } from './file.ts';

/** Hands the decompressed content to `take`, piece by piece. Throws HalogenError FILE_UNREADABLE for a damaged or cut file, after what came before the damage; the system's error where reading fails; what `take` throws. */
export async function readCompressed(file: InputFile, take: (chunk: Uint8Array) => void): Promise<void> {
  if (file.compression !== 'gzip') {
    throw HalogenError.of('FILE_UNREADABLE', file.name, `it is compressed with ${file.compression}, which is not supported`);
  }
  const input = new PackedInput(file);
  while (!input.isAtEnd()) {
    skipHeader(input);
    const { checksum, length } = await inflateMember(input, take);
    if (input.word() !== checksum || input.word() !== length % 2 ** 32) throw input.damage('a checksum does not fit');
  }
}

/** The first bytes of the decompressed content, `most` of them unless it has fewer. Throws as readCompressed does where there are none. */
export async function readCompressedHead(file: InputFile, most: number): Promise<Uint8Array> {
  const head = Buffer.alloc(most);
  const enough = new Error('enough was read');
  let length = 0;
  try {
    await readCompressed(file, (chunk) => {
      length += Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).copy(head, length);
      if (length === most) throw enough;
    });
  } catch (error) {
    if (length === 0) throw error;
  }
  return head.subarray(0, length);
}

/** The bytes of the file, in order; holds up to CHUNK_BYTES of them. */
class PackedInput {
  readonly #file: InputFile;
  readonly #buffer = Buffer.alloc(CHUNK_BYTES);
  #at = 0;
  #end = 0;
  #place: number;

  constructor(file: InputFile) {
    this.#file = file;
    this.#place = file.range?.from ?? 0;
  }

  damage(reason: string, cause?: unknown): HalogenError {
    return HalogenError.because(cause, 'FILE_UNREADABLE', this.#file.name, `damaged gzip content: ${reason}`);
  }

  /** What is there, valid until the next call of any method; throws where nothing follows. */
  piece(): Uint8Array {
    if (this.#at === this.#end && !this.#refill()) throw this.damage('it ends too early');
    return this.#buffer.subarray(this.#at, this.#end);
  }

  skip(bytes: number): void {
    for (let left = bytes; left > 0; ) {
      const part = Math.min(left, this.piece().length);
      this.#at += part;
      left -= part;
    }
  }

  byte(): number {
    const [value = 0] = this.piece();
    this.#at++;
    return value;
  }

  /** Four bytes as one unsigned number, lowest first. */
  word(): number {
    return this.byte() + this.byte() * 2 ** 8 + this.byte() * 2 ** 16 + this.byte() * 2 ** 24;
  }

  /** Whether nothing but padding follows. */
  isAtEnd(): boolean {
    while (this.#at < this.#end || this.#refill()) {
      if (this.#buffer[this.#at] !== 0) return false;
      this.#at++;
    }
    return true;
  }

  #refill(): boolean {
    this.#at = 0;
    this.#end = readSome(this.#file, this.#buffer, this.#place);
    this.#place += this.#end;
    return this.#end > 0;
  }
}

/** RFC 1952, 2.3.1. */
const FLAG_HEADER_CRC = 2;
const FLAG_EXTRA = 4;
const FLAG_NAME = 8;
const FLAG_COMMENT = 16;
const DEFLATE = 8;

function skipHeader(input: PackedInput): void {
  if (input.byte() !== 0x1f || input.byte() !== 0x8b || input.byte() !== DEFLATE) throw input.damage('what follows is no gzip');
  const flags = input.byte();
  input.skip(6); // time, compression level, system
  if (flags & FLAG_EXTRA) input.skip(input.byte() + input.byte() * 256);
  if (flags & FLAG_NAME) while (input.byte() !== 0);
  if (flags & FLAG_COMMENT) while (input.byte() !== 0);
  if (flags & FLAG_HEADER_CRC) input.skip(2);
}

/** Out: checksum and length of the content, to be held against the eight bytes that follow. */
async function inflateMember(input: PackedInput, take: (chunk: Uint8Array) => void): Promise<{ checksum: number; length: number }> {
  const inflater = createInflateRaw({ chunkSize: CHUNK_BYTES });
  let checksum = 0;
  let length = 0;
  inflater.on('data', (chunk: Buffer) => {
    checksum = crc32(chunk, checksum);
    length += chunk.length;
    try {
      take(chunk);
    } catch (error) {
      inflater.destroy(error as Error);
    }
  });
  const ended = once(inflater, 'end');
  ended.catch(() => {}); // the same error comes out of the write
  try {
    for (let given = 0, over = false; !over; ) {
      const piece = input.piece();
      await write(inflater, piece);
      const taken = inflater.bytesWritten - given;
      given += taken;
      input.skip(taken);
      // The inflater leaves what stands behind the member's end.
      over = taken < piece.length;
    }
    await ended;
    return { checksum, length };
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw error;
    throw input.damage((error as Error).message, error);
  } finally {
    inflater.destroy();
  }
}

/** Settles when the piece is inflated and its content taken; an inflater that fails forgets to call back. */
function write(inflater: InflateRaw, piece: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    inflater.once('error', reject);
    inflater.write(piece, () => {
      inflater.off('error', reject);
      resolve();
    });
  });
}
