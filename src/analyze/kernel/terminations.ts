// Per termination state (a dictionary id, from -1) one byte: 1 where the state tells an abort by the client. JavaScript
// fills it as the dictionary grows.

import { giveBack, take } from './arena';

let table: usize = 0;
let size: usize = 0;

/** Makes room for `ids` ids. Out: address of the byte of id 0. */
export function terminationTable(ids: usize): usize {
  if (ids + 1 > size) {
    const larger = max<usize>(size << 1, max<usize>(ids + 1, 256));
    const at = take(larger);
    if (table === 0) store<u8>(at, 0);
    else {
      memory.copy(at, table, size);
      giveBack(table, size);
    }
    table = at;
    size = larger;
  }
  return table + 1;
}

/** 1 for an abort by the client, else 0: for id -1, a record without a state, and for what a row beyond the batch holds. */
@inline
export function abortOf(id: i32): u32 {
  const at = <usize>u32(id + 1);
  return at < size ? load<u8>(table + at) : 0;
}
