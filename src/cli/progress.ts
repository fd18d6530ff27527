/** How far long work is, in one line of the terminal that it takes back when it is done. */

import { formatShare } from '../model/units.ts';
import type { Surroundings } from './surroundings.ts';

/** Work shorter than this shows nothing. */
const PATIENCE_MS = 500;
const REDRAW_MS = 100;
const CLEAR_LINE = '\r\x1b[K';

export interface Progress {
  /** In: 0 to 1. */
  readonly show: (share: number) => void;
  readonly end: () => void;
}

/** Null where stderr is no terminal. */
export function progressOn({ terminalNote }: Surroundings): Progress | null {
  if (terminalNote === null) return null;
  let next = performance.now() + PATIENCE_MS;
  let shown = false;
  return {
    show: (share) => {
      const now = performance.now();
      if (now < next) return;
      next = now + REDRAW_MS;
      shown = true;
      terminalNote(`${CLEAR_LINE}${formatShare(Math.floor(share * 100) / 100)} read`);
    },
    end: () => {
      if (shown) terminalNote(CLEAR_LINE);
    },
  };
}
