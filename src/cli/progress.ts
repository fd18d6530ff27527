/** How far long work is, in one line of the terminal that it takes back when it is done. */

import type { Surroundings } from './surroundings.ts';

/** Work shorter than this shows nothing. */
const PATIENCE_MS = 500;
const REDRAW_MS = 100;
const CLEAR_LINE = '\r\x1b[K';

type Work<T> = (show: ((share: number) => void) | undefined) => Promise<T>;

/** Runs `work` with a function to tell its progress to, 0 to 1; none where stderr is no terminal. */
export async function withProgress<T>({ terminalNote }: Surroundings, work: Work<T>): Promise<T> {
  if (terminalNote === null) return work(undefined);
  let next = performance.now() + PATIENCE_MS;
  let shown = false;
  const show = (share: number): void => {
    const now = performance.now();
    if (now < next) return;
    next = now + REDRAW_MS;
    shown = true;
    terminalNote(`${CLEAR_LINE}${Math.floor(share * 100)} % read`);
  };
  try {
    return await work(show);
  } finally {
    if (shown) terminalNote(CLEAR_LINE);
  }
}
