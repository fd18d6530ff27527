/**
 * Records, one after the other, as NDJSON, as CSV, or as the lines they came from. A writer takes batches and hands
 * text (raw: bytes) to its output in pieces; what it has gathered goes out with `end`. Nothing of a batch is kept.
 */

import { PIECE_CHARS } from '../limits.ts';
import type { ColumnName } from '../model/columns.ts';
import type { LogBatch } from '../model/log-batch.ts';
import { type Encoding, openField } from './field-readers.ts';
import { RECORD_COLUMNS, RECORD_FIELDS } from './record-fields.ts';
import type { RecordFormat } from './record-format.ts';
import { csvText, jsonText, terminalText } from './safe-text.ts';

/** Takes the output at once: it returns when it is written. */
export type Output = (data: string | Uint8Array) => void;

export interface RecordWriter {
  /** What a batch has to hold for this writer. */
  readonly columns: readonly ColumnName[];
  /** Records and lines written so far. */
  readonly written: number;
  /** In: a batch, its selection (1 = keep, null = all), and the file it came from. */
  batch(batch: LogBatch, keep: Uint8Array | null, file: string): void;
  /** A line that no format matched, its file, its number from 1, and why. */
  unparsed(line: Uint8Array, file: string, lineNumber: number, reason: string): void;
  end(): void;
}

const JSON_ENCODING: Encoding = {
  absent: 'null',
  text: jsonText,
  texts: (joined) => `[${jsonText(joined).replaceAll('|', '","')}]`,
  date: (iso) => `"${iso}"`,
};

const CSV_ENCODING: Encoding = { absent: '', text: csvText, texts: csvText, date: (iso) => iso };
const TERMINAL_CSV_ENCODING: Encoding = {
  ...CSV_ENCODING,
  text: (value) => csvText(terminalText(value)),
  texts: (value) => csvText(terminalText(value)),
};

/** What a text format puts around the values: the text before each field's value, and after the last. */
interface Layout {
  readonly encoding: Encoding;
  readonly head: (names: readonly string[]) => string;
  readonly before: (name: string, index: number) => string;
  readonly after: string;
}

const NDJSON: Layout = {
  encoding: JSON_ENCODING,
  head: () => '',
  before: (name, i) => `${i === 0 ? '{' : ','}"${name}":`,
  after: '}\n',
};
const CSV: Layout = {
  encoding: CSV_ENCODING,
  head: (names) => `${names.join(',')}\r\n`,
  before: (_name, i) => (i === 0 ? '' : ','),
  after: '\r\n',
};

const UNPARSED_KEYS = ['file', 'line', 'reason', 'text'] as const;

class TextWriter implements RecordWriter {
  readonly columns = RECORD_COLUMNS;
  written = 0;
  readonly #out: Output;
  readonly #layout: Layout;
  readonly #fields;
  #piece = '';
  #headed = false;

  constructor(layout: Layout, out: Output) {
    this.#out = out;
    this.#layout = layout;
    this.#fields = RECORD_FIELDS.map((field, i) => openField(field, layout.before(field.name, i), layout.encoding));
  }

  batch(batch: LogBatch, keep: Uint8Array | null, file: string): void {
    this.#head(RECORD_FIELDS.map(({ name }) => name));
    const bytes = Buffer.from(batch.bytes.buffer, batch.bytes.byteOffset, batch.bytes.byteLength);
    const reads = this.#fields.map((open) => open(batch, bytes, file));
    for (let row = 0; row < batch.rows; row++) {
      if (keep !== null && keep[row] === 0) continue;
      let text = '';
      for (const read of reads) text += read(row);
      this.#put(text + this.#layout.after);
    }
  }

  unparsed(line: Uint8Array, file: string, lineNumber: number, reason: string): void {
    this.#head(UNPARSED_KEYS);
    const { encoding, before, after } = this.#layout;
    const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8');
    const values = [encoding.text(file), String(lineNumber), encoding.text(reason), encoding.text(text)];
    this.#put(UNPARSED_KEYS.map((name, i) => before(name, i) + values[i]).join('') + after);
  }

  end(): void {
    if (this.#piece !== '') this.#out(this.#piece);
    this.#piece = '';
  }

  #head(names: readonly string[]): void {
    if (!this.#headed) this.#piece += this.#layout.head(names);
    this.#headed = true;
  }

  #put(text: string): void {
    this.#piece += text;
    this.written++;
    if (this.#piece.length >= PIECE_CHARS) this.end();
  }
}

const LF = 10;

/** The lines as they came, LF after each. */
class RawWriter implements RecordWriter {
  readonly columns: readonly ColumnName[] = ['line'];
  written = 0;
  readonly #out: Output;
  readonly #piece = Buffer.allocUnsafeSlow(PIECE_CHARS);
  #used = 0;

  constructor(out: Output) {
    this.#out = out;
  }

  batch(batch: LogBatch, keep: Uint8Array | null): void {
    const starts = batch.columns.starts('line');
    const ends = batch.columns.ends('line');
    for (let row = 0; row < batch.rows; row++) {
      if (keep !== null && keep[row] === 0) continue;
      this.#put(batch.bytes, starts[row] as number, ends[row] as number);
    }
  }

  unparsed(line: Uint8Array): void {
    this.#put(line, 0, line.length);
  }

  end(): void {
    if (this.#used > 0) this.#out(this.#piece.subarray(0, this.#used));
    this.#used = 0;
  }

  #put(bytes: Uint8Array, start: number, end: number): void {
    this.written++;
    if (this.#used + end - start + 1 > this.#piece.length) this.end();
    if (end - start + 1 > this.#piece.length) {
      this.#out(bytes.subarray(start, end));
      this.#out('\n');
      return;
    }
    this.#piece.set(bytes.subarray(start, end), this.#used);
    this.#used += end - start;
    this.#piece[this.#used++] = LF;
  }
}

/** A writer of `format`. On a terminal, what the lines contain is shown and not obeyed; elsewhere they are exact. */
export function recordWriter(format: RecordFormat, onTerminal: boolean, out: Output): RecordWriter {
  if (format === 'ndjson') return new TextWriter(NDJSON, out);
  if (format === 'csv') return new TextWriter(onTerminal ? { ...CSV, encoding: TERMINAL_CSV_ENCODING } : CSV, out);
  return new RawWriter(onTerminal ? (data) => out(shown(data)) : out);
}

function shown(data: string | Uint8Array): string {
  const text = typeof data === 'string' ? data : Buffer.from(data).toString('utf8');
  return text.split('\n').map(terminalText).join('\n');
}
