// The kernel: lines of bytes in the shared memory → rows of columns. It keeps no line between calls; what surrounds
// it (src/parse/parser.ts) feeds it ranges of the input buffer and takes the rows away.
//
// The input buffer has 64 readable bytes in front of every range and behind it.

import { REASON_EMPTY, REASON_NO_ANCHOR, REASON_TOO_LONG } from '../opcodes';
import { CR, findLineEnd } from './bytes';
import { dictionaryOverflowed, dictionaryRecord, dictionarySize, initDictionary, intern } from './dictionary';
import { isEvent } from './event';
import { failedAt, failedOp, resetFailure } from './failure';
import { CUT_SHORT, findAnchor, findClient, NO_RECORD, RECORD, recordFlags, recordFormat, recordKind, run } from './line';

export { dictionaryOverflowed, dictionaryRecord, dictionarySize, initDictionary };

const FLAG_TRUNCATED: i32 = 1;
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

/**
 * Parses the lines in [from, to) and stops where a line is incomplete (unless `final`: then what is left is a line),
 * the rows are full, or the list of rejects is. `linesBefore`: lines of the input before this range.
 */
export function parse(from: usize, to: usize, final: bool, linesBefore: f64): void {
  let at = from;
  let rows = 0;
  let lines = 0;
  let requests = 0;
  let events = 0;
  let truncated = 0;
  let unparsed = 0;
  store<i32>(STATE, 0, REJECTS);
  while (at < to && rows < maxRows && load<i32>(STATE, REJECTS) < REJECT_ROOM) {
    const lineEnd = findLineEnd(at, to);
    if (lineEnd == to && !final) break;
    let end = lineEnd;
    let tooLong = false;
    if (end - at > maxLine) {
      end = at + maxLine;
      tooLong = true;
    } else if (lineEnd < to && end > at && load<u8>(end - 1) == CR) {
      end--;
    }
    const row = usize(rows);
    resetFailure();
    noAnchorReason = 0;
    const outcome = parseMessage(at, end, row);
    if (outcome == RECORD) {
      const flags = tooLong ? recordFlags | FLAG_TRUNCATED : recordFlags;
      if (recordKind >= KIND_ERROR) events++;
      else if ((flags & FLAG_TRUNCATED) != 0) truncated++;
      else requests++;
      store<i32>(kindColumn + row * 4, recordKind);
      store<i32>(flagsColumn + row * 4, flags);
      if (formatColumn != 0) store<i32>(formatColumn + row * 4, recordFormat);
      if (lineColumn != 0) {
        store<i32>(lineColumn + row * 4, i32(at));
        store<i32>(lineColumn + row * 4, i32(end), 16384);
      }
      if (lineNumberColumn != 0) store<f64>(lineNumberColumn + row * 8, linesBefore + f64(lines + 1));
      rows++;
    } else if (tooLong) {
      truncated++;
      reject(at, end, lines, REASON_TOO_LONG, 0);
    } else {
      if (outcome == CUT_SHORT) truncated++;
      else unparsed++;
      const place = failedAt == 0 ? 0 : i32(failedAt - at) + 1;
      reject(at, end, lines, noAnchorReason != 0 ? noAnchorReason : failedOp, place);
    }
    lines++;
    at = lineEnd < to ? lineEnd + 1 : lineEnd;
  }
  store<i32>(STATE, i32(at), NEXT);
  store<i32>(STATE, rows, ROWS);
  store<i32>(STATE, lines, LINES);
  store<i32>(STATE, requests, REQUESTS);
  store<i32>(STATE, events, EVENTS);
  store<i32>(STATE, truncated, TRUNCATED);
  store<i32>(STATE, unparsed, UNPARSED);
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
