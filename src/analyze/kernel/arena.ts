// Memory of the accumulators, taken by growing the one shared memory and never given back to the system. Blocks start
// at 64 KiB and double, so that small inputs stay small. What a table outgrows comes back as arena space; cells (pages
// of coded records, histogram blocks, summaries) come back to a list of their own size.

const WASM_PAGE: usize = 65_536;
const LARGEST_BLOCK: usize = 4_194_304;
const ALIGNMENT: usize = 16;
const LARGEST_CELL: usize = 1_024;

let next: usize = 0;
let end: usize = 0;
let block: usize = WASM_PAGE;
/** Regions to be used again before the memory grows; each begins with the address of the next one and its own bytes. */
let spare: usize = 0;
/** One list of free cells per multiple of 16 bytes. */
let cellLists: usize = 0;
let taken: usize = 0;
let limit: usize = 0;

export function openArena(bytes: usize): void {
  limit = bytes;
  cellLists = takeZeroed((LARGEST_CELL / ALIGNMENT + 1) << 2);
}

/** True once more than the bound has been taken: from then on only what must grow does. */
export function exhausted(): bool {
  return taken > limit;
}

/** Address of `bytes` bytes of unknown content, 16-byte aligned. Traps where the system gives no more. */
export function take(bytes: usize): usize {
  const size = (bytes + (ALIGNMENT - 1)) & ~(ALIGNMENT - 1);
  if (size > end - next) refill(size);
  const at = next;
  next += size;
  return at;
}

export function takeZeroed(bytes: usize): usize {
  const at = take(bytes);
  memory.fill(at, 0, bytes);
  return at;
}

/** A cell of a multiple of 16 bytes, at most 1,024; content unknown. */
export function takeCell(bytes: usize): usize {
  const list = cellLists + ((bytes / ALIGNMENT) << 2);
  const cell = <usize>load<u32>(list);
  if (cell === 0) return take(bytes);
  store<u32>(list, load<u32>(cell));
  return cell;
}

export function giveBackCell(cell: usize, bytes: usize): void {
  const list = cellLists + ((bytes / ALIGNMENT) << 2);
  store<u32>(cell, load<u32>(list));
  store<u32>(list, u32(cell));
}

/** Makes an outgrown table arena space. */
export function giveBack(at: usize, bytes: usize): void {
  if (bytes < LARGEST_CELL) return;
  store<u32>(at, u32(spare));
  store<u32>(at, u32(bytes), 4);
  spare = at;
}

function refill(size: usize): void {
  const rest = next;
  const restEnd = end;
  if (!useSpare(size)) grow(size);
  if (next !== rest) giveBack(rest, restEnd - rest);
}

function useSpare(size: usize): bool {
  let before: usize = 0;
  for (let at = spare; at !== 0; at = <usize>load<u32>(at)) {
    const bytes = <usize>load<u32>(at, 4);
    if (bytes >= size) {
      if (before === 0) spare = <usize>load<u32>(at);
      else store<u32>(before, load<u32>(at));
      next = at;
      end = at + bytes;
      return true;
    }
    before = at;
  }
  return false;
}

function grow(size: usize): void {
  const wanted = (max(size, block) + (WASM_PAGE - 1)) & ~(WASM_PAGE - 1);
  const first = memory.grow(i32(wanted / WASM_PAGE));
  if (first < 0) unreachable();
  if (block < LARGEST_BLOCK) block <<= 1;
  taken += wanted;
  const at = <usize>first * WASM_PAGE;
  if (at !== end) next = at;
  end = at + wanted;
}
