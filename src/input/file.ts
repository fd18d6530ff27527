/**
 * Files and stdin as bytes. Reading is synchronous: a file in the page cache answers at once, and a turn of the event
 * loop per chunk would cost more than the chunk.
 *
 * Bytes go straight into the consumer's own buffer (ByteTarget); nothing is kept here. Refuses directories.
 */

import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { HalogenError } from '../errors.ts';

export const STDIN_NAME = '-';

/** Takes bytes: lends room to write them into, and is told how many came. */
export interface ByteTarget {
  room(): Uint8Array;
  filled(length: number): void;
}

export type Compression = 'gzip' | 'zstd' | 'bzip2';

export interface InputFile {
  /** As given by the user; `-` is stdin. */
  readonly name: string;
  readonly fd: number;
  /** A regular file can be read in any order and by several threads; where its content begins and ends, in bytes. */
  readonly range: { readonly from: number; readonly to: number } | null;
  readonly compression: Compression | null;
}

/** In: a path, or `-`. Throws HalogenError FILE_UNREADABLE. The caller closes it with closeInput. */
export function openInput(name: string): InputFile {
  try {
    const fd = name === STDIN_NAME ? 0 : openSync(name, 'r');
    const stat = fstatSync(fd);
    if (stat.isDirectory()) throw HalogenError.of('FILE_UNREADABLE', name, 'it is a directory');
    if (!stat.isFile()) return { name, fd, range: null, compression: null };
    const from = fd === 0 ? stdinPosition() : 0;
    return { name, fd, range: { from, to: Math.max(from, stat.size) }, compression: compressionOf(fd, from) };
  } catch (error) {
    throw readFailure(name, error);
  }
}

export function closeInput(file: InputFile): void {
  if (file.fd !== 0) closeSync(file.fd);
}

/** Where a shell left stdin: it may have read a part of the file already. */
function stdinPosition(): number {
  try {
    return Number(/^pos:\s*(\d+)/m.exec(readFileSync('/proc/self/fdinfo/0', 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // no /proc: stdin of a fresh redirection stands at the beginning
  }
}

const MAGICS: readonly (readonly [Compression, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['bzip2', [0x42, 0x5a, 0x68]],
];

function compressionOf(fd: number, from: number): Compression | null {
  const head = new Uint8Array(4);
  const length = readSync(fd, head, 0, head.length, from);
  return compressionIn(head.subarray(0, length));
}

/** What the first bytes of a content say of it. */
export function compressionIn(head: Uint8Array): Compression | null {
  return MAGICS.find(([, magic]) => magic.every((byte, i) => head[i] === byte))?.[0] ?? null;
}

/** Reads [from, to) of a regular file into `target`; stops early where the file was cut meanwhile. Throws the system's error. */
export function readRange(file: InputFile, from: number, to: number, target: ByteTarget): void {
  for (let at = from; at < to; ) {
    const room = target.room();
    const length = readSome(file, room.subarray(0, Math.min(room.length, to - at)), at);
    if (length === 0) return;
    target.filled(length);
    at += length;
  }
}

/** Reads what is not a regular file (pipe, terminal, device) to its end. Throws the system's error. */
export function readStream(file: InputFile, target: ByteTarget): void {
  while (true) {
    const length = readSome(file, target.room(), null);
    if (length === 0) return;
    target.filled(length);
  }
}

/** Bytes read into `into`; 0 at the end. Throws the system's error. */
export function readSome(file: InputFile, into: Uint8Array, position: number | null): number {
  while (true) {
    try {
      return readSync(file.fd, into, 0, into.length, position);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      // Another process made the pipe non-blocking: wait a little rather than spin.
      Atomics.wait(pause, 0, 0, EMPTY_PIPE_WAIT_MS);
    }
  }
}

const EMPTY_PIPE_WAIT_MS = 2;
const pause = new Int32Array(new SharedArrayBuffer(4));

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of the path is not a directory',
  EMFILE: 'too many open files',
  EIO: 'input/output error',
  EBADF: 'it is closed',
};

/** In a few words, what a system error means for who wanted to read. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? message;
}

/** The error to show for one of the system, or for a file that is not what it seems. */
export function readFailure(name: string, error: unknown): HalogenError {
  if (error instanceof HalogenError) return error;
  return HalogenError.because(error, 'FILE_UNREADABLE', name === STDIN_NAME ? 'stdin' : name, reasonOf(error));
}
