/**
 * Finds out whether a request's text is the sum of parts that are stored anyway, so that it need not be stored itself:
 * uri = [origin] path [?query], http_request = method SP uri [SP version].
 *
 * Path and query are pieces of the URI in this order (GRAMMAR.md of src/format), hence lengths that add up mean equal
 * bytes; an origin is accepted only where no fragment can have been taken for it.
 */

import type { BatchInput } from './batch-input.ts';

/** Bits of route.composed. */
export const COMPOSED_URI = 1;
export const COMPOSED_REQUEST = 2;

const SLASH = 0x2f;
const HASH = 0x23;

/** Where the path begins in the URI if origin, path and query make up the whole of it, else -1. The path's text id is known. */
export function composedPathStart(input: BatchInput, row: number): number {
  const start = input.start.uri[row] as number;
  const path = input.int.path[row] as number;
  if (start < 0 || path < 0) return -1;
  const end = input.end.uri[row] as number;
  const query = input.start.query[row] as number;
  const length = input.texts.path.byteLength(path);
  if (length < 0 || (query >= 0 && input.end.query[row] !== end)) return -1;
  const pathStart = (query < 0 ? end : query - 1) - length;
  if (pathStart === start) return start;
  if (pathStart < start || input.bytes[start] === SLASH || input.bytes[pathStart] !== SLASH) return -1;
  for (let i = start; i < end; i += 1) {
    if (input.bytes[i] === HASH) return -1;
  }
  return pathStart;
}

/** Whether method, uri and version make up the whole of http_request. The method's and the version's text ids are known. */
export function isComposedRequest(input: BatchInput, row: number): boolean {
  const start = input.start.http_request[row] as number;
  const method = input.int.method[row] as number;
  if (start < 0 || method < 0 || (input.start.uri[row] as number) < 0) return false;
  const methodLength = input.texts.method.byteLength(method);
  const version = input.int.http_version[row] as number;
  const versionLength = version < 0 ? 0 : input.texts.http_version.byteLength(version);
  if (methodLength < 0 || versionLength < 0) return false;
  const tail = version < 0 ? 0 : 1 + versionLength;
  return start + methodLength + 1 === input.start.uri[row] && input.end.http_request[row] === (input.end.uri[row] as number) + tail;
}
