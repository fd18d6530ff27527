// The quoted request, `METHOD SP URI [SP VERSION]`, and what reports need of it. Formats: GRAMMAR.md, "Request".

import { BACKSLASH, find, findOrLineEnd, HASH, isDigit, matches, QUESTION, QUOTE, SLASH, SPACE } from './bytes';
import { intern, SETTLED } from './dictionary';

/** Words of OP_REQUEST's arguments. */
const SPAN: usize = 0;
const METHOD: usize = 4;
const METHOD_DICTIONARY: usize = 8;
const URI: usize = 12;
const PATH: usize = 16;
const PATH_LENGTHS: usize = 20;
const QUERY: usize = 24;
const VERSION: usize = 28;
const VERSION_DICTIONARY: usize = 32;
const KEEP_QUERY: usize = 36;

/** Bytes from a span column's starts to its ends: BATCH_ROWS values of 4 bytes. */
export const SPAN_ENDS: usize = 16384;

// @ts-ignore: decorator
@inline
export function storeSpan(address: usize, row: usize, start: usize, end: usize): void {
  store<i32>(address + row * 4, i32(start));
  store<i32>(address + row * 4, i32(end), SPAN_ENDS);
}

/** Whether any of the columns of the request is wanted. */
// @ts-ignore: decorator
@inline
function wantsParts(a: usize): bool {
  return (load<u32>(a, METHOD) | load<u32>(a, URI) | load<u32>(a, PATH) | load<u32>(a, QUERY) | load<u32>(a, VERSION)) != 0;
}

/** Where the request that begins at `p` (past its opening quote) is closed: address of the quote, or of the line's end if it is not. */
// @ts-ignore: decorator
@inline
export function closingQuote(p: usize, end: usize): usize {
  const first = findOrLineEnd(p, end, QUOTE);
  if (first == end || load<u8>(first - 1) != BACKSLASH || load<u8>(first) != QUOTE) return first;
  return closingQuoteSlowly(first, end);
}

function closingQuoteSlowly(quote: usize, end: usize): usize {
  let last = quote;
  while (true) {
    const next = findOrLineEnd(last + 1, end, QUOTE);
    if (next == end || load<u8>(next) != QUOTE) return last;
    if (load<u8>(next - 1) != BACKSLASH) return next;
    last = next;
  }
}

/** All columns of the request absent in row `row`. */
export function absentRequest(a: usize, row: usize): void {
  if (load<u32>(a, SPAN) != 0) storeSpan(load<u32>(a, SPAN), row, -1, -1);
  absentParts(a, row);
}

function absentParts(a: usize, row: usize): void {
  if (load<u32>(a, METHOD) != 0) store<i32>(usize(load<u32>(a, METHOD)) + row * 4, -1);
  absentUri(a, row);
}

function absentUri(a: usize, row: usize): void {
  if (load<u32>(a, URI) != 0) storeSpan(load<u32>(a, URI), row, -1, -1);
  if (load<u32>(a, VERSION) != 0) store<i32>(usize(load<u32>(a, VERSION)) + row * 4, -1);
  absentPath(a, row);
}

function absentPath(a: usize, row: usize): void {
  if (load<u32>(a, PATH) != 0) deferPath(a, row, -1, SETTLED);
  if (load<u32>(a, QUERY) != 0) storeSpan(load<u32>(a, QUERY), row, -1, -1);
}

/** Fills the columns from the request's bytes [start, end); `cut`: the line ended before the closing quote. */
// @ts-ignore: decorator
@inline
export function storeRequest(a: usize, row: usize, start: usize, end: usize, cut: bool): void {
  const span = load<u32>(a, SPAN);
  if (span != 0) storeSpan(span, row, start, end);
  if (wantsParts(a)) storeParts(a, row, start, end, cut);
}

function storeParts(a: usize, row: usize, start: usize, end: usize, cut: bool): void {
  const methodEnd = find(start, end, SPACE);
  if (methodEnd == end) return absentParts(a, row);
  const method = load<u32>(a, METHOD);
  if (method != 0) {
    store<i32>(usize(method) + row * 4, intern(load<u32>(a, METHOD_DICTIONARY), start, u32(methodEnd - start)));
  }
  const uri = methodEnd + 1;
  if (cut) return storeCutUri(a, row, uri, end);
  let uriEnd = end;
  let version: usize = 0;
  const space = lastSpace(uri, end);
  if (space >= uri && isVersion(space + 1, end)) {
    version = space + 1;
    uriEnd = space;
  }
  storeUri(a, row, uri, uriEnd);
  const versionColumn = load<u32>(a, VERSION);
  if (versionColumn != 0) {
    const id = version == 0 ? -1 : intern(load<u32>(a, VERSION_DICTIONARY), version, u32(end - version));
    store<i32>(usize(versionColumn) + row * 4, id);
  }
}

/** Of a request cut short: the URI whole if a space ends it, else its part without path and query. */
function storeCutUri(a: usize, row: usize, uri: usize, end: usize): void {
  absentUri(a, row);
  const space = find(uri, end, SPACE);
  if (space < end) storeUri(a, row, uri, space);
  else if (load<u32>(a, URI) != 0) storeSpan(load<u32>(a, URI), row, uri, end);
}

function storeUri(a: usize, row: usize, uri: usize, uriEnd: usize): void {
  if (load<u32>(a, URI) != 0) storeSpan(load<u32>(a, URI), row, uri, uriEnd);
  storePath(a, row, uri, uriEnd);
}

/** The last space in [from, end), or an address below `from`. */
// @ts-ignore: decorator
@inline
function lastSpace(from: usize, end: usize): usize {
  let p = end - 1;
  while (p >= from && load<u8>(p) != SPACE) p--;
  return p;
}

/** Whether [p, end) begins with `HTTP/`. */
// @ts-ignore: decorator
@inline
function isVersion(p: usize, end: usize): bool {
  return end >= p + 5 && load<u32>(p) == 0x50545448 && load<u8>(p, 4) == SLASH;
}

// @ts-ignore: decorator
@inline
function storePath(a: usize, row: usize, uri: usize, uriEnd: usize): void {
  const pathColumn = load<u32>(a, PATH);
  const queryColumn = load<u32>(a, QUERY);
  if ((pathColumn | queryColumn) == 0) return;
  let question = uriEnd;
  let fragment = uriEnd;
  for (let p = uri; p < uriEnd; p += 16) {
    let mask = matches(p, QUESTION) | matches(p, HASH);
    while (mask != 0) {
      const at = p + usize(ctz(mask));
      if (at >= uriEnd) break;
      if (load<u8>(at) == QUESTION) {
        if (question == uriEnd) question = at;
      } else if (isFragment(at, uriEnd)) {
        fragment = at;
        break;
      }
      mask &= mask - 1;
    }
    if (fragment != uriEnd) break;
  }
  if (question > fragment) question = uriEnd;
  const pathEnd = min(question, fragment);
  if (pathColumn != 0) {
    const keepQuery = load<u32>(a, KEEP_QUERY) != 0;
    storePathText(a, row, uri, pathEnd, keepQuery ? fragment : pathEnd);
  }
  if (queryColumn != 0) {
    if (question < uriEnd) storeSpan(queryColumn, row, question + 1, fragment);
    else storeSpan(queryColumn, row, -1, -1);
  }
}

/** Whether the `#` at `p` begins a fragment: written plainly, or escaped as `#23`; any other `#XX` escapes another byte. */
function isFragment(p: usize, end: usize): bool {
  if (p + 3 > end) return true;
  const a = load<u8>(p, 1);
  const b = load<u8>(p, 2);
  if (a == 0x32 && b == 0x33) return true;
  return !(isHex(a) && isHex(b));
}

// @ts-ignore: decorator
@inline
function isHex(byte: u8): bool {
  return isDigit(byte) || u8(byte - 0x41) < 6;
}

// @ts-ignore: decorator
@inline
function deferPath(a: usize, row: usize, start: i32, length: i32): void {
  store<i32>(usize(load<u32>(a, PATH)) + row * 4, start);
  store<i32>(usize(load<u32>(a, PATH_LENGTHS)) + row * 4, length);
}

/** Stores [start, end) without the `scheme://authority` that may stand before its path, which ends at `pathEnd`. */
function storePathText(a: usize, row: usize, start: usize, pathEnd: usize, end: usize): void {
  if (start < end && load<u8>(start) != SLASH) {
    const authority = afterScheme(start, pathEnd);
    if (authority != 0) {
      start = find(authority, pathEnd, SLASH);
      if (start == pathEnd) return storeRooted(a, row, start, end);
    }
  }
  deferPath(a, row, i32(start), i32(end - start));
}

/** For an absolute URI with nothing but a query behind its authority: `/` and [start, end), looked up at once. */
function storeRooted(a: usize, row: usize, start: usize, end: usize): void {
  // The byte before `start` is the authority's, in the input buffer, and nobody reads it meanwhile.
  const last = load<u8>(start - 1);
  store<u8>(start - 1, SLASH);
  deferPath(a, row, intern(pathDictionary, start - 1, u32(end - start + 1)), SETTLED);
  store<u8>(start - 1, last);
}

/** Set once by the host. */
let pathDictionary: usize = 0;

export function setPathDictionary(d: usize): void {
  pathDictionary = d;
}

/** The address past `scheme://`, or 0 if there is none. */
function afterScheme(p: usize, end: usize): usize {
  const first = p;
  while (p < end) {
    const c = load<u8>(p);
    const letter = u8((c | 0x20) - 0x61) < 26;
    if (!letter && !isDigit(c) && c != 0x2b && c != 0x2d && c != 0x2e) break;
    p++;
  }
  if (p == first || end < p + 3) return 0;
  return (load<u32>(p) & 0xffffff) == 0x2f2f3a ? p + 3 : 0;
}
