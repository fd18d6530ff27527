/**
 * The oracle of the parser's kernel: GRAMMAR.md once more, as slowly and as plainly as can be. One line at a time,
 * bytes as latin1 characters, regular expressions and objects. It shares the vocabulary of src/model with the kernel
 * and nothing else: where the two differ, one of them is wrong.
 */

import { MAX_LINE_BYTES } from '../../src/limits.ts';
import { FLAG_PARTIAL_TIME, FLAG_TRUNCATED, KIND_ERROR, KIND_EVENT, KIND_HTTP, KIND_TCP } from '../../src/model/columns.ts';
import { ABSENT, dataTime } from '../../src/model/timers.ts';
import { acceptDate } from './reference-date.ts';
import { type Field, type Found, FRONTEND, HTTP_FIELDS, HTTP_TIMERS, TARGET, TCP_FIELDS, TCP_TIMERS } from './reference-fields.ts';
import { type ReferenceResult, recordOf, type ZoneOffset } from './reference-record.ts';
import { cutRequestParts, requestParts } from './reference-request.ts';

const FORMAT_HTTPLOG = 0;
const FORMAT_HTTPSLOG = 1;
const FORMAT_TCPLOG = 2;
const FORMAT_ERROR = 3;
const FORMAT_EVENT = 4;

const TRUNCATED: ReferenceResult = { outcome: 'truncated' };
const UNPARSED: ReferenceResult = { outcome: 'unparsed' };

/** In: any bytes. Out: the lines in them, without their LF and one CR before it. */
export function splitLines(bytes: Uint8Array): Uint8Array[] {
  const texts = Buffer.from(bytes).toString('latin1').split('\n');
  const last = texts.pop() as string;
  const lines = texts.map((text) => text.replace(/\r$/, ''));
  if (last !== '') lines.push(last);
  return lines.map((text) => Buffer.from(text, 'latin1'));
}

/** In: one line as splitLines gives it. Out: what has become of it. */
export function parseLine(line: Uint8Array, zoneOffset: ZoneOffset): ReferenceResult {
  const text = Buffer.from(line.subarray(0, MAX_LINE_BYTES)).toString('latin1');
  const tooLong = line.length > MAX_LINE_BYTES;
  const result = judge(text, zoneOffset);
  if (result.outcome !== 'record') return tooLong ? TRUNCATED : result;
  const flags = (result.record.flags as number) | (tooLong ? FLAG_TRUNCATED : 0);
  return { outcome: 'record', record: { ...result.record, line: text, flags } };
}

function judge(text: string, zoneOffset: ZoneOffset): ReferenceResult {
  const anchor = text.match(/(?:^|[ \t])\[\d\d\//);
  if (anchor === null)
    return isEvent(text) ? { outcome: 'record', record: recordOf({ kind: KIND_EVENT, format: FORMAT_EVENT }) } : UNPARSED;
  const at = text.indexOf('[', anchor.index);
  const head = readHead(text.slice(0, at), text.slice(at), zoneOffset);
  if (head === null) return UNPARSED;
  const request = readRequest(head);
  return request.outcome === 'record' ? request : (readError(head) ?? request);
}

interface Head {
  readonly found: Found;
  /** What follows the accept date's bracket. */
  readonly rest: string;
}

/** The client, which is the last word of `before`, and the accept date, with which `from` begins. */
function readHead(before: string, from: string, zoneOffset: ZoneOffset): Head | null {
  const word = before.match(/([^ \t]+)[ \t]+$/);
  if (word === null) return null;
  const token = word.index === 0 ? (word[1] as string).replace(/^<\d{1,3}>/, '') : (word[1] as string);
  const client = token.match(/^(.+):(\d{1,5}|-)$/s);
  const dated = from.match(/^\[([^\]]*)\](.*)$/s);
  if (client === null || dated === null) return null;
  const date = acceptDate(dated[1] as string, zoneOffset);
  if (date === null) return null;
  const port = client[2] === '-' ? null : Number(client[2]);
  return { found: { client_ip: client[1] as string, client_port: port, accept_date: date, flags: 0 }, rest: dated[2] as string };
}

/** Adds to `into` what a field says. */
function add(into: Found, found: Found): void {
  const flags = (into.flags as number) | ((found.flags as number | undefined) ?? 0);
  Object.assign(into, found, { flags });
}

/** `FRONTEND/BIND: TEXT`, where the text is not empty. */
function readError({ found, rest }: Head): ReferenceResult | null {
  const match = rest.match(/^[ \t]+([^ \t/]+)\/[^ \t]*:[ \t]+[^ \t]/);
  if (match === null) return null;
  const record = { ...found };
  add(record, FRONTEND.read(match[1] as string) as Found);
  return { outcome: 'record', record: recordOf({ ...record, kind: KIND_ERROR, format: FORMAT_ERROR }) };
}

function readRequest({ found, rest }: Head): ReferenceResult {
  const record: Found = { ...found };
  let left = rest;

  /** Takes the next field. Out: null once the line's fate is not decided by it. */
  const take = (...alternatives: readonly Field[]): ReferenceResult | null => {
    const match = left.match(/^[ \t]+([^ \t]*)(.*)$/s);
    if (match === null) return left === '' ? TRUNCATED : UNPARSED;
    const [, word, after] = match as unknown as [string, string, string];
    left = after;
    for (const field of alternatives) {
      const value = word === '' ? null : field.read(word);
      if (value === null) continue;
      add(record, value);
      return null;
    }
    return after === '' && alternatives.some((field) => field.mayBegin(word)) ? TRUNCATED : UNPARSED;
  };

  const fate = take(FRONTEND) ?? take(TARGET) ?? take(HTTP_TIMERS, TCP_TIMERS);
  if (fate !== null) return fate;
  const tcp = record.time_request === undefined;
  for (const field of tcp ? TCP_FIELDS : HTTP_FIELDS) {
    const ended = take(field);
    if (ended !== null) return ended;
  }
  add(record, { kind: tcp ? KIND_TCP : KIND_HTTP, format: tcp ? FORMAT_TCPLOG : FORMAT_HTTPLOG, time_data: dataTimeOf(record) });
  if (!tcp && !readCaptures(record, left)) return UNPARSED;
  return { outcome: 'record', record: recordOf(record) };
}

function dataTimeOf(found: Found): number {
  const ms = (column: 'time_request' | 'time_queue' | 'time_connect' | 'time_response' | 'time_total') =>
    (found[column] as number | undefined) ?? ABSENT;
  const partial = ((found.flags as number) & FLAG_PARTIAL_TIME) !== 0;
  return dataTime(ms('time_request'), ms('time_queue'), ms('time_connect'), ms('time_response'), ms('time_total'), partial);
}

/** Captures, request and what follows it, into `record`. Out: whether it fits; a line that ends within them does, with its flag. */
function readCaptures(record: Found, text: string): boolean {
  let left = text;
  for (const column of ['captured_request_headers', 'captured_response_headers'] as const) {
    const block = left.match(/^[ \t]+\{([^}]*)(\}?)(.*)$/s);
    if (block === null) break;
    add(record, { [column]: block[1] as string });
    if (block[2] === '') return cut(record);
    left = block[3] as string;
  }
  if (/^[ \t]*$/.test(left)) return cut(record);
  const quoted = left.match(/^[ \t]+"(.*)$/s);
  if (quoted === null) return false;
  const [request, after] = closeRequest(quoted[1] as string);
  if (after === null) {
    add(record, cutRequestParts(request));
    return cut(record);
  }
  add(record, requestParts(request));
  if (!/^([ \t]|$)/.test(after)) return false;
  const tail = after.match(
    /^[ \t]+((?:\d+|-)\/(?:[0-9A-Fa-f]+|-)\/(?:\d+|-)\/(?:\d+|-)\/(?:\d+|-))[ \t]+([^ \t/]+)\/([^ \t/]+)\/([^ \t]+)[ \t]*$/,
  );
  if (tail === null) return true;
  const value = (group: number) => (tail[group] === '-' ? null : (tail[group] as string));
  add(record, { format: FORMAT_HTTPSLOG, ssl_errors: tail[1] as string, ssl_sni: value(2), ssl_version: value(3), ssl_ciphers: value(4) });
  return true;
}

function cut(record: Found): true {
  add(record, { flags: FLAG_TRUNCATED });
  return true;
}

/** In: what follows the opening quote. Out: the request, and what follows its closing quote; null if it is not closed. */
function closeRequest(text: string): readonly [string, string | null] {
  const plain = text.search(/(?<!\\)"/);
  const close = plain >= 0 ? plain : text.lastIndexOf('"');
  return close < 0 ? [text, null] : [text.slice(0, close), text.slice(close + 1)];
}

const EVENT =
  /^(?:Proxy |Server |Backend |backend |Stopping |Pausing |Paused |Resumed |Health check for |\[ALERT\]|\[WARNING\]|\[NOTICE\])/;

/** In: a line without an anchor. A message begins after the tag, or where the line does, a PRI apart. */
function isEvent(text: string): boolean {
  const line = text.replace(/^<\d{1,3}>/, '');
  const tag = line.match(/^[ \t]*(?:[^ \t]+[ \t]+){0,5}?[^ \t]*:[ \t]+(.*)$/s);
  return EVENT.test(line) || (tag !== null && EVENT.test(tag[1] as string));
}
