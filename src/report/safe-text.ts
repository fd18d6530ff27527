/**
 * What an attacker wrote into a URL or a header, made harmless for the place where it is shown. One function per
 * place; each leaves ordinary text as it is.
 */

/** Controls (C0, DEL, C1), format characters (bidi overrides, zero-width, tags), line and paragraph separators, lone surrogates. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const PLAIN = /^[ -~]*$/;
const PLAIN_JSON = /^[ !#-[\]-~]*$/;

function visible(char: string): string {
  const code = char.codePointAt(0) as number;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\u{${code.toString(16)}}`;
}

/** For a terminal: what would move the cursor, colour, reorder or hide is shown as an escape such as `\x1b`. */
export function terminalText(text: string): string {
  return PLAIN.test(text) ? text : text.replace(UNSEEN, visible);
}

function jsonEscape(char: string): string {
  let out = '';
  for (let i = 0; i < char.length; i++) out += `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`;
  return out;
}

/** A JSON string, quotes included. Beyond JSON's own rules everything unseen is escaped, so it may stand in a page or a terminal. */
export function jsonText(text: string): string {
  if (PLAIN_JSON.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(UNSEEN, jsonEscape);
}

/** First characters by which a spreadsheet takes a cell for a formula (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;

/** A CSV cell (RFC 4180) of text from a log: a would-be formula gets a leading apostrophe. */
export function csvText(text: string): string {
  const defused = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}

/** A cell of a markdown table: neither markup, nor HTML, nor a column more than there is. */
export function markdownText(text: string): string {
  return terminalText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\|`*_[\]~]/g, '\\$&');
}
