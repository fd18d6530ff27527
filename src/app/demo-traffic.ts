/**
 * Made-up traffic with something to find in it: three backends behind one frontend, servers of different speed, one
 * that fails, one backend with more requests than it takes at once, and a few URLs that most requests go to. The same
 * seed gives the same records.
 */

import type { LogRecord } from '../format/log-record.ts';

interface Server {
  readonly name: string;
  /** Usual response time, ms. */
  readonly response: number;
  /** Share of requests that end in a 5xx. */
  readonly failing: number;
}

interface Backend {
  readonly name: string;
  /** Share of the traffic. */
  readonly share: number;
  /** Share of its requests that find all servers busy. */
  readonly queued: number;
  readonly servers: readonly Server[];
  /** The first are asked for most. */
  readonly paths: readonly string[];
}

const BACKENDS: readonly Backend[] = [
  {
    name: 'app',
    share: 0.55,
    queued: 0.01,
    servers: [
      { name: 'app1', response: 35, failing: 0.002 },
      { name: 'app2', response: 38, failing: 0.002 },
      { name: 'app3', response: 190, failing: 0.004 },
    ],
    paths: ['/', '/products', '/products/1042', '/cart', '/login', '/account/orders', '/products/77?ref=mail'],
  },
  {
    name: 'api',
    share: 0.35,
    queued: 0,
    servers: [
      { name: 'api1', response: 12, failing: 0.001 },
      { name: 'api2', response: 14, failing: 0.12 },
    ],
    paths: ['/api/v1/stock', '/api/v1/prices?currency=EUR', '/api/v1/orders', '/api/v1/customers/311'],
  },
  {
    name: 'search',
    share: 0.1,
    queued: 0.4,
    servers: [
      { name: 'search1', response: 240, failing: 0.005 },
      { name: 'search2', response: 260, failing: 0.005 },
    ],
    paths: ['/search?q=shoes', '/search?q=red+shoes&page=2', '/search/suggest?q=sh'],
  },
];

/** Longest a request waits in the queue, ms. */
const LONGEST_QUEUE = 1_500;
/** A connection that got no answer within this is given up, ms. */
const SERVER_TIMEOUT = 10_000;

/** A generator of records without end. */
export class DemoTraffic {
  #state: number;
  #connections = 0;

  /** In: any integer; one seed, one sequence. */
  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** Out: a request that ended at `now`, epoch ms. */
  nextRecord(now: number): LogRecord {
    const backend = this.#backend();
    const server = this.#skewed(backend.servers, 1);
    const fails = this.#random() < server.failing;
    const timesOut = fails && this.#random() < 0.1;
    const times = {
      time_request: this.#random() < 0.9 ? 0 : this.#around(15),
      time_queue: this.#random() < backend.queued ? this.#integer(LONGEST_QUEUE) : 0,
      time_connect: this.#random() < 0.8 ? 0 : this.#around(2),
      time_response: timesOut ? -1 : this.#around(server.response),
    };
    const data = this.#integer(4);
    const total = times.time_request + times.time_queue + times.time_connect + (timesOut ? SERVER_TIMEOUT : times.time_response) + data;
    const connections = this.#integer(40) + 1;
    const busy = Math.min(connections, this.#integer(12) + 1);
    return {
      client_ip: `198.51.100.${1 + this.#integer(60)}`,
      client_port: 1_024 + (this.#connections++ % 60_000),
      accept_date: now - total,
      frontend_name: 'web',
      backend_name: backend.name,
      server_name: server.name,
      ...times,
      time_total: total,
      status_code: timesOut ? 504 : fails ? 503 : this.#success(),
      bytes_read: 180 + this.#around(2_400),
      termination_state: timesOut ? 'sH--' : '----',
      actconn: connections,
      feconn: connections,
      beconn: busy,
      srv_conn: Math.ceil(busy / backend.servers.length),
      retries: timesOut ? 3 : 0,
      srv_queue: 0,
      backend_queue: times.time_queue > 0 ? 1 + this.#integer(8) : 0,
      http_request: `${this.#random() < 0.9 ? 'GET' : 'POST'} ${this.#skewed(backend.paths, 2)} HTTP/1.1`,
    };
  }

  #backend(): Backend {
    let left = this.#random();
    for (const backend of BACKENDS) {
      left -= backend.share;
      if (left < 0) return backend;
    }
    return BACKENDS[0] as Backend; // shares add up to 1 but for rounding
  }

  #success(): number {
    const at = this.#random();
    if (at < 0.9) return 200;
    return at < 0.96 ? 304 : 404;
  }

  /** One of `choices`: `power` 1 takes each as often, more takes the first ones more often. */
  #skewed<T>(choices: readonly T[], power: number): T {
    return choices[Math.floor(this.#random() ** power * choices.length)] as T;
  }

  /** A whole number near `usual`, with the long tail upwards that response times have. */
  #around(usual: number): number {
    const spread = this.#random() + this.#random() + this.#random() - 1.5;
    return Math.round(usual * Math.exp(spread));
  }

  /** 0 to below `bound`. */
  #integer(bound: number): number {
    return Math.floor(this.#random() * bound);
  }

  /** 0 to below 1: mulberry32, 32 bits of state, ample for traffic that only has to look alive. */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
}
