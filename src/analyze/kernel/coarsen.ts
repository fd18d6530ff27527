// A timeline whose width is chosen as it goes: when there are too many buckets, each group gets the key of a wider one,
// and groups that come to have the same key become one.

import { addAside, forgetGroups, groupAt, groups, putBack, setAside } from './groups';
import { find, forgetKeys } from './key-index';
import { wordColumns, words } from './layout';
import { KEY } from './pages';
import { ABSENT_WORD } from './time-buckets';

/**
 * Divides the bucket number that stands in words `word` (high) and `word + 1` (low) of each key by `divisor`. Overwrites
 * the first row of the word columns.
 */
export function coarsen(word: i32, divisor: i64): void {
  const before = groups;
  forgetGroups();
  forgetKeys();
  for (let group = 0; group < before; group++) {
    const old = setAside(group);
    for (let w = 0; w < words; w++) store<i32>(columnOf(w), load<i32>(old + KEY + (<usize>w << 2)));
    if (load<i32>(columnOf(word)) !== ABSENT_WORD) {
      const bucket = floorDivide((<i64>load<i32>(columnOf(word)) << 32) | <i64>load<u32>(columnOf(word + 1)), divisor);
      store<i32>(columnOf(word), i32(bucket >> 32));
      store<i32>(columnOf(word + 1), i32(bucket));
    }
    const known = groups;
    const target = find(0);
    if (groups > known) putBack(target);
    else addAside(target);
  }
}

function columnOf(word: i32): usize {
  return <usize>load<u32>(wordColumns + (<usize>word << 2));
}

function floorDivide(value: i64, divisor: i64): i64 {
  const quotient = value / divisor;
  return value % divisor < 0 ? quotient - 1 : quotient;
}
