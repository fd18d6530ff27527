// The coded records of a small group lie in a chain of pages, each larger than the one before and linked to it. Records
// run on from one page into the next, so only the end of the last page is unused.

import { giveBackCell, takeCell } from './arena';

/** Fields of a group, before its key words. A group is small (a chain of pages) until it is large (a summary). */
export const PLACE: usize = 0; // u32: its summary if large, else its last page, 0 without any
export const WRITE: usize = 4; // u32: where the next byte goes
export const RECORDS: usize = 8; // u16
export const ROOM: usize = 10; // u16: bytes free in the last page
export const PAGES: usize = 12; // u8
export const LARGE: usize = 13; // u8: 1 = large
export const KEY: usize = 16;

/** Pages a group may have; then it becomes large. Together they are about as large as a summary with its histograms. */
const MOST_PAGES = 12;
/** Bytes of records in so many pages. */
export const MOST_BYTES: usize = 3_488;
const LINK: usize = 4;
/** Bytes from which the bulk instruction copies faster than a loop. */
const LONG: usize = 128;

/** 32, 32, 48, 64, 96, 128, … 768, 1,024 bytes. */
function pageBytes(page: i32): usize {
  if (page === 0) return 32;
  return <usize>(page & 1 ? 32 : 24) << (page >> 1);
}

/** Appends `length` coded bytes, `records` records. Out: false, and nothing done, if the chain may not grow that far. */
export function append(group: usize, from: usize, length: usize, records: u32): bool {
  let room = <usize>load<u16>(group, ROOM);
  if (length > room && bytesFree(group, room) < length) return false;
  store<u16>(group, u16(load<u16>(group, RECORDS) + records), RECORDS);
  while (length > room) {
    copy(<usize>load<u32>(group, WRITE), from, room);
    from += room;
    length -= room;
    room = addPage(group);
  }
  const at = <usize>load<u32>(group, WRITE);
  copy(at, from, length);
  store<u32>(group, u32(at + length), WRITE);
  store<u16>(group, u16(room - length), ROOM);
  return true;
}

/** Bytes a chain can still take. */
function bytesFree(group: usize, room: usize): usize {
  let free = room;
  for (let page = <i32>load<u8>(group, PAGES); page < MOST_PAGES; page++) free += pageBytes(page) - LINK;
  return free;
}

function addPage(group: usize): usize {
  const pages = <i32>load<u8>(group, PAGES);
  const bytes = pageBytes(pages);
  const page = takeCell(bytes);
  store<u32>(page, load<u32>(group, PLACE));
  store<u32>(group, u32(page), PLACE);
  store<u32>(group, u32(page + LINK), WRITE);
  store<u8>(group, u8(pages + 1), PAGES);
  return bytes - LINK;
}

/** Copies the records of a small group to `out`, in one piece of at most MOST_BYTES. Out: bytes. */
export function gather(group: usize, out: usize): usize {
  const length = bytesOfChain(group);
  let page = <usize>load<u32>(group, PLACE);
  let used = <usize>load<u32>(group, WRITE) - page - LINK;
  let at = out + length;
  for (let p = <i32>load<u8>(group, PAGES) - 1; p >= 0; p--) {
    at -= used;
    copy(at, page + LINK, used);
    page = <usize>load<u32>(page);
    if (p > 0) used = pageBytes(p - 1) - LINK;
  }
  return length;
}

export function bytesOfChain(group: usize): usize {
  const pages = <i32>load<u8>(group, PAGES);
  let bytes: usize = 0;
  for (let p = 0; p < pages; p++) bytes += pageBytes(p) - LINK;
  return bytes - <usize>load<u16>(group, ROOM);
}

export function freePages(group: usize): void {
  let page = <usize>load<u32>(group, PLACE);
  for (let p = <i32>load<u8>(group, PAGES) - 1; p >= 0; p--) {
    const before = <usize>load<u32>(page);
    giveBackCell(page, pageBytes(p));
    page = before;
  }
}

/** A copy that is mostly short: the bulk instruction costs a call. */
function copy(to: usize, from: usize, length: usize): void {
  if (length > LONG) {
    memory.copy(to, from, length);
    return;
  }
  while (length >= 8) {
    store<u64>(to, load<u64>(from));
    to += 8;
    from += 8;
    length -= 8;
  }
  if (length & 4) {
    store<u32>(to, load<u32>(from));
    to += 4;
    from += 4;
  }
  if (length & 2) {
    store<u16>(to, load<u16>(from));
    to += 2;
    from += 2;
  }
  if (length & 1) store<u8>(to, load<u8>(from));
}
