// Lines without an accept date: HAProxy's own messages about servers, proxies and itself. GRAMMAR.md, "Events".

import { COLON, findTextEnd, isBlank, LESS, skipBlanks } from './bytes';
import { afterPri } from './anchor';

const WORDS_BEFORE_MESSAGE: i32 = 6;

/** The beginnings of such messages: length, then the text, one after the other. */
const BEGINNINGS: usize = memory.data<u8>([
  6, 0x50, 0x72, 0x6f, 0x78, 0x79, 0x20, // "Proxy "
  7, 0x53, 0x65, 0x72, 0x76, 0x65, 0x72, 0x20, // "Server "
  8, 0x42, 0x61, 0x63, 0x6b, 0x65, 0x6e, 0x64, 0x20, // "Backend "
  8, 0x62, 0x61, 0x63, 0x6b, 0x65, 0x6e, 0x64, 0x20, // "backend "
  9, 0x53, 0x74, 0x6f, 0x70, 0x70, 0x69, 0x6e, 0x67, 0x20, // "Stopping "
  8, 0x50, 0x61, 0x75, 0x73, 0x69, 0x6e, 0x67, 0x20, // "Pausing "
  7, 0x50, 0x61, 0x75, 0x73, 0x65, 0x64, 0x20, // "Paused "
  8, 0x52, 0x65, 0x73, 0x75, 0x6d, 0x65, 0x64, 0x20, // "Resumed "
  17, 0x48, 0x65, 0x61, 0x6c, 0x74, 0x68, 0x20, 0x63, 0x68, 0x65, 0x63, 0x6b, 0x20, 0x66, 0x6f, 0x72, 0x20, // "Health check for "
  7, 0x5b, 0x41, 0x4c, 0x45, 0x52, 0x54, 0x5d, // "[ALERT]"
  9, 0x5b, 0x57, 0x41, 0x52, 0x4e, 0x49, 0x4e, 0x47, 0x5d, // "[WARNING]"
  8, 0x5b, 0x4e, 0x4f, 0x54, 0x49, 0x43, 0x45, 0x5d, // "[NOTICE]"
  0,
]);

/** Whether the line [start, end) is such a message, behind a tag or bare. */
export function isEvent(start: usize, end: usize): bool {
  let p = start;
  if (p < end && load<u8>(p) == LESS) p = afterPri(p, end);
  if (beginsMessage(p, end)) return true;
  for (let word = 0; word < WORDS_BEFORE_MESSAGE; word++) {
    p = skipBlanks(p, end);
    const wordEnd = findTextEnd(p, end, 0x20);
    if (wordEnd >= end) return false;
    if (load<u8>(wordEnd - 1) == COLON && isBlank(load<u8>(wordEnd))) return beginsMessage(skipBlanks(wordEnd, end), end);
    p = wordEnd;
  }
  return false;
}

function beginsMessage(p: usize, end: usize): bool {
  let beginning = BEGINNINGS;
  while (true) {
    const length = usize(load<u8>(beginning));
    if (length == 0) return false;
    if (p + length <= end && memory.compare(p, beginning + 1, length) == 0) return true;
    beginning += length + 1;
  }
}
