// Memory is taken from the shared WebAssembly.Memory by growing it, in blocks, and never given back: what a block was
// for stays readable as long as the memory lives. The block of a table that was outgrown becomes arena space.

const PAGE: usize = 65536;

/** Address of at least `bytes` bytes, aligned to a page; traps where the system gives no more. */
export function takeBlock(bytes: usize): usize {
  const pages = i32((bytes + PAGE - 1) / PAGE);
  const at = memory.grow(pages);
  if (at < 0) unreachable();
  return usize(at) * PAGE;
}
