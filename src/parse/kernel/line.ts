// One line by one format, with all the care it may need.
// A program (opcodes.ts) reads left to right and writes straight into row `row` of the wanted columns; a row counts
// only once the caller moves on from it, so a program that fails half-way leaves nothing behind.

import {
  FILL_ABSENT,
  FILL_MINUS_ONE,
  OP_ACCEPT,
  OP_BLANKS,
  OP_BLOCKS,
  OP_BYTE,
  OP_DATA_TIME,
  OP_END,
  OP_ERROR_TEXT,
  OP_HEAD,
  OP_INTS,
  OP_REQUEST,
  OP_SIZE,
  OP_SSL_ERRORS,
  OP_TEXT,
  OP_TEXT_UNTIL,
  OP_WINDOW,
} from '../opcodes';
import { readClient } from './anchor';
import { CLOSE_BRACKET, isBlank, isLineEnd, QUOTE, skipBlanks } from './bytes';
import { dateValue, readDate } from './date';
import { CUT, MISMATCH, noteFailure } from './failure';
import { readInts, readSize, sawPlus } from './integers';
import { ABSENT, addFlags, beginRecord, FLAG_PARTIAL_TIME, FLAG_TRUNCATED, recordFlags, setFormat } from './record';
import { absentRequest, closingQuote, storeRequest } from './request';
import { blanks, readBlocks, readErrorText, readSslErrors, readText, readTextUntil } from './texts';

/** What became of a line. */
export const NO_RECORD: i32 = 0;
export const RECORD: i32 = 1;
/** The line ends where the format goes on, before the queues were complete. */
export const CUT_SHORT: i32 = 2;

function fill(a: usize, count: i32, row: usize): void {
  for (let i = 0; i < count; i++) {
    const address = usize(load<u32>(a));
    const kind = load<u32>(a, 4);
    if (kind == FILL_ABSENT) store<i32>(address + row * 4, ABSENT);
    else if (kind == FILL_MINUS_ONE) store<i32>(address + row * 4, -1);
    else store<f64>(address + row * 8, NaN);
    a += 8;
  }
}

// @ts-ignore: decorator
@inline
function column(a: usize, at: usize, row: usize): i32 {
  const address = load<u32>(a + at);
  return address == 0 ? ABSENT : load<i32>(usize(address) + row * 4);
}

/** Td = Ta - (TR + Tw + Tc + Tr); see dataTime in src/model/timers.ts, whose rule this is. */
// @ts-ignore: decorator
@inline
function storeDataTime(a: usize, row: usize): void {
  const request = column(a, 4, row);
  const queue = column(a, 8, row);
  const connect = column(a, 12, row);
  const response = column(a, 16, row);
  const total = column(a, 20, row);
  let data = -1;
  if (
    (recordFlags & FLAG_PARTIAL_TIME) == 0 &&
    (total | queue | connect) >= 0 &&
    (request >= 0 || request == ABSENT) &&
    (response >= 0 || response == ABSENT)
  ) {
    const spent = i64(max(request, 0)) + queue + connect + max(response, 0);
    data = i32(max<i64>(0, i64(total) - spent));
  }
  store<i32>(usize(load<u32>(a)) + row * 4, data);
}

/** OP_HEAD: `CLIENT [DATE] `, the client being in front of `anchor`. Out: the address past it, MISMATCH or CUT. */
// @ts-ignore: decorator
@inline
function readHead(a: usize, anchor: usize, end: usize, row: usize): usize {
  if (!readClient(a, row)) return MISMATCH;
  const q = readDate(anchor + 1, end);
  if (q == MISMATCH || q >= end || load<u8>(q) != CLOSE_BRACKET) return MISMATCH;
  const address = load<u32>(a, 12);
  if (address != 0) store<f64>(usize(address) + row * 8, dateValue);
  return blanks(q + 1, end);
}

/** OP_REQUEST. Out: the address past the closing quote, or MISMATCH; where the line ends before it, FLAG_TRUNCATED is set. */
// @ts-ignore: decorator
@inline
function readRequest(a: usize, p: usize, end: usize, row: usize): usize {
  if ((recordFlags & FLAG_TRUNCATED) != 0) {
    absentRequest(a, row);
    return p;
  }
  if (load<u8>(p) != QUOTE) return MISMATCH;
  const close = closingQuote(p + 1, end);
  if (close != end && load<u8>(close) == QUOTE) {
    storeRequest(a, row, p + 1, close, false);
    return close + 1;
  }
  addFlags(FLAG_TRUNCATED);
  storeRequest(a, row, p + 1, close, true);
  return close;
}

/**
 * Runs the program at `program` on the message whose date stands at `anchor`, in a line that ends at `end`.
 * Out: RECORD with the record… globals set, NO_RECORD, or CUT_SHORT.
 */
export function run(program: usize, anchor: usize, end: usize, row: usize): i32 {
  beginRecord(load<i32>(program), load<i32>(program, 4));
  const fills = load<i32>(program, 8);
  const fillsAt = program + 12;
  if (fills != 0) fill(fillsAt, fills, row);
  let a = fillsAt + usize(fills) * 8;
  let p = anchor;
  let accepted: usize = 0;
  while (true) {
    const op = load<i32>(a);
    a += 4;
    let q: usize;
    switch (op) {
      case OP_TEXT: {
        q = readText(a, p, end, row);
        a += 16;
        break;
      }
      case OP_TEXT_UNTIL: {
        q = readTextUntil(a, p, end, row);
        a += 16;
        break;
      }
      case OP_INTS: {
        const count = load<i32>(a);
        const plus = load<i32>(a, 4);
        q = readInts(p, end, count, plus != 0, a + 16, row);
        if (sawPlus) addFlags(plus);
        if (q > CUT && load<u32>(a, 8) != 0) q = blanks(q, end);
        a += 16 + (usize(count) << 2);
        break;
      }
      case OP_SIZE: {
        q = readSize(p, end, load<u32>(a, 4), row);
        if (sawPlus) addFlags(load<i32>(a));
        if (q > CUT) q = blanks(q, end);
        a += 8;
        break;
      }
      case OP_HEAD: {
        q = readHead(a, anchor, end, row);
        a += 16;
        break;
      }
      case OP_DATA_TIME: {
        storeDataTime(a, row);
        q = p;
        a += 24;
        break;
      }
      case OP_BLOCKS: {
        q = readBlocks(a, p, end, row);
        a += 8;
        break;
      }
      case OP_REQUEST: {
        q = readRequest(a, p, end, row);
        if (q != MISMATCH && (recordFlags & FLAG_TRUNCATED) != 0) return RECORD;
        a += 40;
        break;
      }
      case OP_WINDOW: {
        q = p;
        break;
      }
      case OP_ACCEPT: {
        if (isLineEnd(p, end)) return RECORD;
        q = isBlank(load<u8>(p)) ? p : MISMATCH;
        accepted = q;
        a += 4;
        break;
      }
      case OP_BLANKS: {
        q = blanks(p, end);
        break;
      }
      case OP_BYTE: {
        q = isLineEnd(p, end) ? CUT : load<u8>(p) == u8(load<u32>(a)) ? p + 1 : MISMATCH;
        a += 4;
        break;
      }
      case OP_SSL_ERRORS: {
        q = readSslErrors(load<u32>(a), p, end, row);
        a += 4;
        break;
      }
      case OP_ERROR_TEXT: {
        q = readErrorText(a, p, end, row);
        a += 8;
        break;
      }
      default: {
        // OP_END
        const strict = load<u32>(a, 4) != 0;
        if (isLineEnd(p, end) || (isBlank(load<u8>(p)) && (!strict || isLineEnd(skipBlanks(p, end), end)))) {
          setFormat(load<i32>(a));
          return RECORD;
        }
        q = MISMATCH;
      }
    }
    if (q <= CUT) {
      if (accepted != 0) {
        fill(fillsAt, fills, row);
        return RECORD;
      }
      noteFailure(p, op);
      return q == CUT ? CUT_SHORT : NO_RECORD;
    }
    p = q;
  }
}
