/**
 * Makes HAProxy logs of any size from a seed: valid lines only, shaped like the traffic of a busy site. Popularity of
 * URLs and clients is Zipf's, and one line in eight takes the next of them in turn, so that each occurs once there are
 * eight times as many lines. Per line no string, no Date and no object is made.
 */

import { ByteWriter, TextTable } from './byte-writer.ts';
import { Calendar } from './calendar.ts';
import {
  CAPTURES,
  COOKIE_STATES,
  COOKIES,
  FRONTEND_ENDS,
  FRONTENDS,
  HEADS,
  HEX,
  HOST_TAG,
  METHOD_DRAW,
  METHODS,
  NETWORKS,
  NO_SERVER,
  REQUESTS,
  TAG,
  TLS,
  VERSIONS,
  ZONE_TAG,
} from './line-texts.ts';
import { ENVELOPES, type Envelope, LOG_DEFAULTS, type LogOptions } from './log-options.ts';
import { drawTable, HTTP_OUTCOMES, type Outcome, TCP_OUTCOMES } from './outcomes.ts';
import { Random } from './random.ts';
import { type Backend, makeSite, type Site } from './site.ts';
import { makePaths, makeQueries } from './urls.ts';

/** No generated line is longer. */
const LONGEST_LINE = 1_024;
/** Above any total time in the outcomes, so that accept dates before the first line still have a day in the calendar. */
const LONGEST_REQUEST_MS = 200_000;
const QUERY_TEXTS = 4_096;
const SPACE = 32;
const SLASH = 47;
const COLON = 58;
const NEVER = -1;

/** Ways to end, as look-ups. */
class Endings {
  readonly rows: readonly Outcome[];
  readonly draw: Uint8Array;
  /** Texts of the state with a blank: three per row, one per cookie state; for tcplog all alike. */
  readonly states: TextTable;

  constructor(rows: readonly Outcome[], cookies: boolean) {
    this.rows = rows;
    this.draw = drawTable(rows);
    this.states = new TextTable(rows.flatMap(({ state }) => COOKIE_STATES.map((cookie) => (cookies ? `${state}${cookie} ` : `${state} `))));
  }
}

export class LogGenerator {
  readonly options: LogOptions;
  readonly #random: Random;
  readonly #site: Site;
  readonly #paths: TextTable;
  readonly #queries: TextTable;
  readonly #calendar: Calendar;
  readonly #http = new Endings(HTTP_OUTCOMES, true);
  readonly #tcp = new Endings(TCP_OUTCOMES, false);
  readonly #writer = new ByteWriter(new Uint8Array(0));
  #line = 0;

  constructor(options: Partial<LogOptions> = {}) {
    this.options = { ...LOG_DEFAULTS, ...options };
    const { seed, servers, distinctUrls, start, span } = this.options;
    this.#random = new Random(seed);
    this.#site = makeSite(servers, this.#random);
    this.#paths = makePaths(distinctUrls);
    this.#queries = makeQueries(QUERY_TEXTS, this.#random);
    this.#calendar = new Calendar(start - LONGEST_REQUEST_MS, start + span);
  }

  /**
   * Writes the next lines from the start of `into`, whole ones only, until a further one might not fit or none is left.
   * Out: bytes written, 0 once all lines are out. `into` has at least 1,024 bytes.
   */
  fill(into: Uint8Array): number {
    const writer = this.#writer;
    writer.bytes = into;
    writer.at = 0;
    const last = into.length - LONGEST_LINE;
    if (last < 0) throw new RangeError(`a line takes up to ${LONGEST_LINE} bytes, got ${into.length}`);
    const { lines, start, span } = this.options;
    while (this.#line < lines && writer.at <= last) {
      const now = start + Math.floor((this.#line * span) / lines);
      this.#writeLine(now);
      this.#line++;
    }
    return writer.at;
  }

  #writeLine(now: number): void {
    const { format } = this.options;
    const random = this.#random;
    const share = format === 'mixed' ? random.below(16) : 0;
    const tcp = format === 'tcplog' || share > 13;
    const tls = !tcp && (format === 'httpslog' || share > 10);
    this.#writeEnvelope(now);
    this.#writeMessage(now, tcp, tls);
    this.#writer.byte(10);
  }

  #writeEnvelope(now: number): void {
    const writer = this.#writer;
    let { envelope } = this.options;
    if (envelope === 'mixed') envelope = ENVELOPES[this.#random.below(4)] as Envelope;
    if (envelope === 'none') return;
    if (envelope === 'iso') {
      this.#calendar.iso(writer, now);
      writer.text(HEADS, ZONE_TAG);
      return;
    }
    this.#calendar.syslog(writer, now);
    writer.text(HEADS, envelope === 'local' ? TAG : HOST_TAG);
  }

  #writeMessage(now: number, tcp: boolean, tls: boolean): void {
    const writer = this.#writer;
    const random = this.#random;
    const endings = tcp ? this.#tcp : this.#http;
    const row = endings.draw[random.bits() & 4_095] as number;
    const outcome = endings.rows[row] as Outcome;
    const bits = random.bits();
    const backend = this.#site.draw[bits & 63] as Backend;
    const server = backend.first + random.below(backend.count);
    const secure = !tcp && (tls || (bits & 0x1c0) !== 0);

    const queueing = outcome.phases > 0 && this.#isQueueing(now, backend);
    const request = tcp ? 0 : outcome.phases > 0 ? ((bits & 0xe00) === 0 ? random.rank(400) : 0) : NEVER;
    const reached = tcp ? outcome.phases + 1 : outcome.phases;
    const queue = reached < 2 ? NEVER : queueing ? 1 + random.rank(4_000) : outcome.target === 'backend' ? outcome.timeout : 0;
    const connect = reached < 3 ? NEVER : (bits >>> 12) & 1 ? (bits >>> 13) & 1 : random.rank(12);
    const response = reached < 4 ? NEVER : this.#responseTime(backend, server);
    const spent = Math.max(0, request) + Math.max(0, queue) + Math.max(0, connect) + Math.max(0, response);
    const total = spent + (outcome.timeout > queue ? outcome.timeout : 0) + (reached === 4 || tcp ? random.rank(1_500) : random.rank(40));

    this.#writeClient();
    writer.byte(SPACE);
    writer.byte(91);
    this.#calendar.accept(writer, now - total);
    writer.byte(93);
    writer.byte(SPACE);
    const frontend = tcp ? 2 : secure ? 1 : 0;
    writer.text(FRONTENDS, frontend);
    writer.text(FRONTEND_ENDS, secure ? 1 : 0);
    this.#writeTarget(outcome, frontend, backend, server);
    if (!tcp) {
      this.#writeNumber(request, SLASH);
      this.#writeNumber(queue, SLASH);
      this.#writeNumber(connect, SLASH);
      this.#writeNumber(response, SLASH);
      this.#writeNumber(total, SPACE);
      this.#writeNumber(outcome.status, SPACE);
    } else {
      this.#writeNumber(queue, SLASH);
      this.#writeNumber(connect, SLASH);
      this.#writeNumber(total, SPACE);
    }
    this.#writeNumber(outcome.target === 'server' && reached > 3 ? 160 + random.rank(1_000_000) : outcome.status < 0 ? 0 : 212, SPACE);
    const stuck = backend.sticky && outcome.target === 'server' ? 1 + ((bits >>> 14) & 7 ? 0 : 1) : 0;
    if (!tcp) writer.text(COOKIES, stuck > 0 ? (bits >>> 17) & 3 : 0);
    writer.text(endings.states, row * COOKIE_STATES.length + stuck);
    this.#writeCounters(now, outcome, queueing);
    if (tcp) return;
    writer.byte(SPACE);
    if (this.options.captures) writer.text(CAPTURES, random.below(CAPTURES.size));
    this.#writeRequest(outcome);
    if (tls) writer.text(TLS, random.below(TLS.size));
  }

  /** Each backend queues for a minute every quarter of an hour, at its own time; then every other request waits. */
  #isQueueing(now: number, backend: Backend): boolean {
    return ((now / 1_000 + backend.id * 97) | 0) % 900 < 60 && (this.#random.bits() & 1) === 0;
  }

  #responseTime(backend: Backend, server: number): number {
    const typical = backend.response[this.#random.bits() & (backend.response.length - 1)] as number;
    return ((typical * (this.#site.slowness[server] as number)) / 100) | 0;
  }

  /** One in 16 comes over IPv6; addresses are of the networks kept for private use and documentation. */
  #writeClient(): void {
    const writer = this.#writer;
    const random = this.#random;
    const { distinctClients } = this.options;
    const id = (this.#line & 7) === 3 ? Math.floor(this.#line / 8) % distinctClients : random.rank(distinctClients);
    const scattered = Math.imul(id + 1, 0x9e3779b1) & 0xffffff;
    if ((id & 15) === 7) {
      writer.text(NETWORKS, 1);
      writer.text(HEX, scattered >>> 12);
      writer.text(NETWORKS, 2);
      writer.text(HEX, scattered & 0xfff);
    } else {
      writer.text(NETWORKS, 0);
      writer.integer(scattered >>> 16);
      writer.byte(46);
      writer.integer((scattered >>> 8) & 255);
      writer.byte(46);
      writer.integer(scattered & 255);
    }
    writer.byte(COLON);
    writer.integer(1_024 + random.below(64_511));
  }

  #writeTarget(outcome: Outcome, frontend: number, backend: Backend, server: number): void {
    const writer = this.#writer;
    if (outcome.target === 'frontend') {
      writer.text(FRONTENDS, frontend);
      writer.text(NO_SERVER, 1);
      return;
    }
    writer.text(this.#site.backendNames, backend.id);
    if (outcome.target === 'backend') {
      writer.text(NO_SERVER, 0);
      return;
    }
    writer.text(this.#site.servers, server);
    writer.byte(SPACE);
  }

  #writeNumber(value: number, then: number): void {
    this.#writer.integer(value);
    this.#writer.byte(then);
  }

  /** Connections swell and ebb once an hour; 1 % of the requests were tried again, some of them elsewhere. */
  #writeCounters(now: number, outcome: Outcome, queueing: boolean): void {
    const bits = this.#random.bits();
    const hourly = Math.abs(((now / 1_000) % 3_600) - 1_800) >>> 2;
    const all = 40 + hourly + (bits & 63);
    const inFrontend = all - ((bits >>> 6) & 15);
    const inBackend = outcome.target === 'frontend' ? 0 : (inFrontend >>> 1) - ((bits >>> 10) & 7);
    this.#writeNumber(all, SLASH);
    this.#writeNumber(inFrontend, SLASH);
    this.#writeNumber(inBackend, SLASH);
    this.#writeNumber(outcome.target === 'server' ? inBackend >>> 2 : 0, SLASH);
    const again = outcome.retried ? 3 : outcome.target === 'server' && ((bits >>> 13) & 127) === 0 ? 1 + ((bits >>> 20) & 1) : 0;
    if (again > 0 && ((bits >>> 21) & 1) === 0) this.#writer.byte(43);
    this.#writeNumber(again, SPACE);
    const waiting = queueing ? 1 + ((bits >>> 22) & 31) : 0;
    this.#writeNumber((bits >>> 27) & 1 ? waiting : 0, SLASH);
    this.#writer.integer((bits >>> 27) & 1 ? 0 : waiting);
  }

  #writeRequest(outcome: Outcome): void {
    const writer = this.#writer;
    if (!outcome.request) {
      writer.text(REQUESTS, 0);
      return;
    }
    const random = this.#random;
    const { distinctUrls } = this.options;
    const bits = random.bits();
    writer.text(METHODS, METHOD_DRAW[bits & 63] as number);
    writer.text(this.#paths, (this.#line & 7) === 5 ? Math.floor(this.#line / 8) % distinctUrls : random.rank(distinctUrls));
    if ((bits & 0x1c0) < 0x80) writer.text(this.#queries, (bits >>> 9) & (QUERY_TEXTS - 1));
    writer.text(VERSIONS, (bits >>> 21) & 3);
  }
}

/** The whole of a log at once, for tests; the size of a few million lines is the bound of this. */
export function generateLog(options: Partial<LogOptions> = {}): Buffer {
  const generator = new LogGenerator(options);
  const parts: Buffer[] = [];
  const room = Buffer.allocUnsafe(1 << 20);
  for (let written = generator.fill(room); written > 0; written = generator.fill(room)) parts.push(Buffer.from(room.subarray(0, written)));
  return Buffer.concat(parts);
}
