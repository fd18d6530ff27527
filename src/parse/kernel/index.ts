// The kernel: lines of bytes in the shared memory → rows of columns. It keeps no line between calls; what surrounds
// it (src/parse/parser.ts) feeds it ranges of the input buffer and takes the rows away.
//
// The input buffer has 64 readable bytes in front of every range and behind it.

import { REASON_EMPTY, REASON_NO_ANCHOR, REASON_TOO_LONG } from '../opcodes';
import { findAnchor, findClient } from './anchor';
import { afterLastLineEnd, CR, findLineEnd } from './bytes';
import { knowDate, knownDateAddress } from './date';
import { dictionaryOverflowed, dictionaryRecord, dictionarySize, initDictionary, intern, internDeferred } from './dictionary';
import { isEvent } from './event';
import { failedAt, failedOp, resetFailure } from './failure';
import { readInts } from './integers';
import { CUT_SHORT, NO_RECORD, RECORD, run } from './line';
import { FLAG_TRUNCATED, recordFlags, recordFormat, recordKind } from './record';
import { setPathDictionary, storeRequest as storeRequestInline, storeSpan } from './request';
import { readSslErrors } from './texts';

export { dictionaryOverflowed, dictionaryRecord, dictionarySize, initDictionary, intern, knowDate, knownDateAddress, readInts, readSslErrors, setPathDictionary };

/** Where the usual line's code says how many rows there are. */
const usualRows: usize = memory.data(4, 4);

export function usualRowsAddress(): usize {
  return usualRows;
}

/** Stands in the table where no usual line's code is compiled yet. */
export function giveUp(at: usize, _limit: usize, row: i32, _rowLimit: i32, _firstNumber: f64): usize {
  store<i32>(usualRows, row);
  return at;
}

/** For the usual line's code. */
export function storeRequest(a: usize, row: usize, start: usize, end: usize, cut: bool): void {
  storeRequestInline(a, row, start, end, cut);
}

const KIND_ERROR: i32 = 2;

/** What a call counted, and where it stopped: i32 words read by the host. */
const STATE: usize = memory.data(64, 16);
const NEXT: usize = 0; // address of the first byte not consumed
const ROWS: usize = 4;
const LINES: usize = 8;
const REQUESTS: usize = 12;
const EVENTS: usize = 16;
const TRUNCATED: usize = 20;
const UNPARSED: usize = 24;
const REJECTS: usize = 28;
const PREFERRED: usize = 32; // index of the program that fitted last

/** Lines without a record, for the host to show or keep: 5 words each (start, end, lines of this call before it, reason, place). */
const REJECT_ROOM: i32 = 256;
const REJECT_BYTES: usize = 20;
const rejects: usize = memory.data(256 * 20, 16);

export function state(): usize {
  return STATE;
}

export function rejectList(): usize {
  return rejects;
}

/** Set up once by the host. */
let programs: usize = 0; // addresses of the programs, in the order in which they are tried
let programCount: i32 = 0;
let eventFills: usize = 0; // program of nothing but fills, for records without fields
let maxLine: usize = 0;
let maxRows: i32 = 0;
let keepRejects: bool = false;

let kindColumn: usize = 0;
let flagsColumn: usize = 0;
let formatColumn: usize = 0;
let lineColumn: usize = 0;
let lineNumberColumn: usize = 0;

export function setPrograms(list: usize, count: i32, fills: usize): void {
  programs = list;
  programCount = count;
  eventFills = fills;
}

export function setBounds(line: usize, rows: i32): void {
  maxLine = line;
  maxRows = rows;
}

export function setRejects(keep: bool): void {
  keepRejects = keep;
}

/** Columns that every program fills; format, line and line number may be 0. */
export function setCommonColumns(kind: usize, flags: usize, format: usize, line: usize, lineNumber: usize): void {
  kindColumn = kind;
  flagsColumn = flags;
  formatColumn = format;
  lineColumn = line;
  lineNumberColumn = lineNumber;
}

/** Deferred columns: address, lengths and dictionary of each; address 0 where it is not wanted. */
const DEFERRED = 2;
const deferred: usize = memory.data(24, 16);

export function setDeferred(index: i32, column: usize, lengths: usize, d: usize): void {
  const at = deferred + usize(index) * 12;
  store<u32>(at, u32(column));
  store<u32>(at, u32(lengths), 4);
  store<u32>(at, u32(d), 8);
}

function settleDeferred(): void {
  for (let i = 0; i < DEFERRED; i++) {
    const at = deferred + usize(i) * 12;
    if (load<u32>(at) != 0) internDeferred(load<u32>(at, 8), load<u32>(at), load<u32>(at, 4), usize(rows));
  }
}

/** Index of the program that fitted last: the neighbours of a line are of its format. */
let preferred: i32 = 0;

// @ts-ignore: decorator
@inline
function programAt(index: i32): usize {
  return usize(load<u32>(programs + (usize(index) << 2)));
}

// @ts-ignore: decorator
@inline
function parseMessage(start: usize, end: usize, row: usize): i32 {
  const anchor = findAnchor(start, end);
  if (anchor == 0) return noAnchor(start, end, row);
  if (!findClient(start, anchor)) return NO_RECORD;
  const outcome = run(programAt(preferred), anchor, end, row);
  return outcome == RECORD ? RECORD : tryOthers(anchor, end, row, outcome);
}

function tryOthers(anchor: usize, end: usize, row: usize, outcome: i32): i32 {
  const first = preferred;
  for (let i = 0; i < programCount; i++) {
    if (i == first) continue;
    const result = run(programAt(i), anchor, end, row);
    if (result == RECORD) {
      if (recordKind != KIND_ERROR) preferred = i;
      return RECORD;
    }
    if (result == CUT_SHORT) outcome = CUT_SHORT;
  }
  return outcome;
}

let noAnchorReason: i32 = 0;

function noAnchor(start: usize, end: usize, row: usize): i32 {
  if (isEvent(start, end)) {
    run(eventFills, end, end, row);
    return RECORD;
  }
  noAnchorReason = start == end ? REASON_EMPTY : REASON_NO_ANCHOR;
  return NO_RECORD;
}

function reject(start: usize, end: usize, line: i32, reason: i32, place: i32): void {
  if (!keepRejects) return;
  const count = load<i32>(STATE, REJECTS);
  if (count >= REJECT_ROOM) return;
  const at = rejects + usize(count) * REJECT_BYTES;
  store<i32>(at, i32(start));
  store<i32>(at, i32(end), 4);
  store<i32>(at, line, 8);
  store<i32>(at, reason, 12);
  store<i32>(at, place, 16);
  store<i32>(STATE, count + 1, REJECTS);
}

/** Counts of the call under way. */
let lines: i32 = 0;
let rows: i32 = 0;
let requests: i32 = 0;
let events: i32 = 0;
let truncated: i32 = 0;
let unparsed: i32 = 0;

// @ts-ignore: decorator
@inline
function keepRow(start: usize, end: usize, flags: i32, lineNumber: f64): void {
  const row = usize(rows);
  if ((flags & FLAG_TRUNCATED) != 0) truncated++;
  else if (recordKind >= KIND_ERROR) events++;
  else requests++;
  store<i32>(kindColumn + row * 4, recordKind);
  store<i32>(flagsColumn + row * 4, flags);
  if (formatColumn != 0) store<i32>(formatColumn + row * 4, recordFormat);
  if (lineColumn != 0) storeSpan(lineColumn, row, start, end);
  if (lineNumberColumn != 0) store<f64>(lineNumberColumn + row * 8, lineNumber);
  rows++;
}

/** A line whose end is known: [start, end) without CR, or the first bytes of one that is too long. */
function parseKnown(start: usize, end: usize, tooLong: bool, lineNumber: f64): void {
  resetFailure();
  noAnchorReason = 0;
  const outcome = parseMessage(start, end, usize(rows));
  if (outcome == RECORD) {
    keepRow(start, end, tooLong ? recordFlags | FLAG_TRUNCATED : recordFlags, lineNumber);
    return;
  }
  if (tooLong || outcome == CUT_SHORT) truncated++;
  else unparsed++;
  const place = failedAt == 0 ? 0 : i32(failedAt - start) + 1;
  reject(start, end, lines, tooLong ? REASON_TOO_LONG : noAnchorReason != 0 ? noAnchorReason : failedOp, place);
}

/** Finds the line's end first, then parses it. Out: address of its LF. */
function parseCarefully(at: usize, limit: usize, lineNumber: f64): usize {
  const lineEnd = findLineEnd(at, limit);
  const end = lineEnd > at && load<u8>(lineEnd - 1) == CR ? lineEnd - 1 : lineEnd;
  if (end - at > maxLine) parseKnown(at, at + maxLine, true, lineNumber);
  else parseKnown(at, end, false, lineNumber);
  return lineEnd;
}

/**
 * Parses the lines in [from, to) and stops where a line is incomplete (unless `final`: then what is left is a line),
 * the rows are full, or the list of rejects is. `linesBefore`: lines of the input before this range.
 *
 * Lines are first read as usual ones of the format that fitted last, without looking for their ends: reading the fields
 * finds them. Only where that fails is a line's end looked for and every format tried.
 */
export function parse(from: usize, to: usize, final: bool, linesBefore: f64): void {
  const limit = afterLastLineEnd(from, to);
  let at = from;
  lines = 0;
  rows = 0;
  requests = 0;
  events = 0;
  truncated = 0;
  unparsed = 0;
  store<i32>(STATE, 0, REJECTS);
  while (true) {
    const before = rows;
    // The code compiled for the program of that index (usual/compile.ts): it fills whole rows, kind, flags and format too.
    at = call_indirect<usize>(preferred, at, limit, rows, maxRows, linesBefore + f64(lines + 1 - rows));
    rows = load<i32>(usualRows);
    requests += rows - before;
    lines += rows - before;
    if (at >= limit || rows >= maxRows) break;
    at = parseCarefully(at, limit, linesBefore + f64(lines + 1)) + 1;
    lines++;
    if (load<i32>(STATE, REJECTS) == REJECT_ROOM) break;
  }
  if (final && at >= limit && at < to && rows < maxRows) {
    const tooLong = to - at > maxLine;
    parseKnown(at, tooLong ? at + maxLine : to, tooLong, linesBefore + f64(lines + 1));
    lines++;
    at = to;
  }
  settleDeferred();
  store<i32>(STATE, i32(at), NEXT);
  store<i32>(STATE, rows, ROWS);
  store<i32>(STATE, lines, LINES);
  store<i32>(STATE, requests, REQUESTS);
  store<i32>(STATE, events, EVENTS);
  store<i32>(STATE, truncated, TRUNCATED);
  store<i32>(STATE, unparsed, UNPARSED);
  store<i32>(STATE, preferred, PREFERRED);
}

/** Adds the texts of another dictionary to `d`: `count` lengths (u32) at `lengths`, their bytes one after the other at `texts`; writes each one's id at `ids`. */
export function internAll(d: usize, lengths: usize, texts: usize, count: u32, ids: usize): void {
  for (let i: u32 = 0; i < count; i++) {
    const length = load<u32>(lengths + (usize(i) << 2));
    store<i32>(ids + (usize(i) << 2), intern(d, texts, length));
    texts += usize(length);
  }
}

/** Writes the lengths (u32) and bytes of all texts of `d`, by id, at `lengths` and `texts`. */
export function exportAll(d: usize, lengths: usize, texts: usize): void {
  const size = dictionarySize(d);
  for (let i: u32 = 0; i < size; i++) {
    const record = dictionaryRecord(d, i);
    const length = load<u32>(record, 4);
    store<u32>(lengths + (usize(i) << 2), length);
    memory.copy(texts, record + 8, usize(length));
    texts += usize(length);
  }
}
