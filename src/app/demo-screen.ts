/** The part of a terminal that a live table is drawn on: the alternate screen, so that what stood there comes back. */

const ENTER = '\x1b[?1049h\x1b[?25l';
const LEAVE = '\x1b[?25h\x1b[?1049l';
const HOME = '\x1b[H';
const CLEAR_LINE = '\x1b[K';
const CLEAR_BELOW = '\x1b[J';

export class DemoScreen {
  readonly #write: (text: string) => void;

  /** Takes over the terminal that `write` writes to, until `close`. */
  constructor(write: (text: string) => void) {
    this.#write = write;
    write(ENTER);
  }

  /** Replaces what is shown, without the flicker of clearing it first. In: lines that fit the width. */
  draw(text: string): void {
    this.#write(`${HOME}${text.replaceAll('\n', `${CLEAR_LINE}\n`)}${CLEAR_BELOW}`);
  }

  close(): void {
    this.#write(LEAVE);
  }
}
