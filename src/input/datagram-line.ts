/**
 * One datagram is one line. What senders put at its end (LF, CRLF, the NUL of a C string) is cut; a line feed inside
 * would forge a second line and becomes a space; every other byte stays as it came.
 */

const NUL = 0;
const LF = 10;
const CR = 13;
const SPACE = 32;

/** Out: bytes of the datagram without what stands at its end: one NUL, then one LF or CRLF. 0 = it has no content. */
export function contentLength(datagram: Uint8Array): number {
  let end = datagram.length;
  if (end > 0 && datagram[end - 1] === NUL) end--;
  if (end > 0 && datagram[end - 1] === LF) {
    end--;
    if (end > 0 && datagram[end - 1] === CR) end--;
  }
  return end;
}

/** Replaces, in place, each line feed in the first `length` bytes by a space. Out: how many there were. */
export function flattenLineFeeds(datagram: Uint8Array, length: number): number {
  let count = 0;
  for (let at = datagram.indexOf(LF); at >= 0 && at < length; at = datagram.indexOf(LF, at + 1)) {
    datagram[at] = SPACE;
    count++;
  }
  return count;
}
