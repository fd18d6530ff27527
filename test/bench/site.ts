/** The made-up site behind the log: frontends, backends, servers, and how slow each of them is. */

import { TextTable } from './byte-writer.ts';
import type { Random } from './random.ts';

interface Application {
  readonly backend: string;
  readonly server: string;
  /** Share of the requests, in 1/64. */
  readonly weight: number;
  /** Median of the response time in ms, and its spread (standard deviation of the logarithm). */
  readonly median: number;
  readonly spread: number;
  /** Whether a cookie keeps a client at its server. */
  readonly sticky: boolean;
}

const APPLICATIONS: readonly Application[] = [
  { backend: 'bk_api', server: 'api', weight: 22, median: 24, spread: 0.9, sticky: false },
  { backend: 'bk_static', server: 'static', weight: 14, median: 2, spread: 0.7, sticky: false },
  { backend: 'bk_web', server: 'web', weight: 12, median: 65, spread: 0.8, sticky: true },
  { backend: 'bk_images', server: 'img', weight: 6, median: 6, spread: 0.9, sticky: false },
  { backend: 'bk_search', server: 'search', weight: 4, median: 140, spread: 0.7, sticky: false },
  { backend: 'bk_checkout', server: 'pay', weight: 3, median: 210, spread: 1.0, sticky: true },
  { backend: 'bk_auth', server: 'auth', weight: 2, median: 40, spread: 0.5, sticky: false },
  { backend: 'bk_admin', server: 'admin', weight: 1, median: 320, spread: 1.2, sticky: true },
];

const QUANTILES = 8_192;
const MAX_RESPONSE_MS = 29_000;

export interface Backend {
  readonly id: number;
  /** Numbers of its servers in `Site.servers`. */
  readonly first: number;
  readonly count: number;
  readonly sticky: boolean;
  /** Response times in ms: one drawn evenly from this table is log-normal. */
  readonly response: Uint16Array;
}

export interface Site {
  /** Texts `backend/`. */
  readonly backendNames: TextTable;
  readonly servers: TextTable;
  readonly backends: readonly Backend[];
  /** 64 numbers of `backends`, each as often as its weight says. */
  readonly draw: readonly Backend[];
  /** In percent of what its backend's table says: one server in nine is slow. */
  readonly slowness: Uint16Array;
}

/** In: how many servers, at least 1; fewer servers than applications leave the last applications out. */
export function makeSite(serverCount: number, random: Random): Site {
  const applications = APPLICATIONS.slice(0, Math.min(APPLICATIONS.length, serverCount));
  const names: string[] = [];
  const backends: Backend[] = [];
  for (const [id, { server, median, spread, sticky }] of applications.entries()) {
    const first = names.length;
    const count = Math.floor((serverCount - first) / (applications.length - id));
    for (let n = 1; n <= count; n++) names.push(`${server}-${String(n).padStart(2, '0')}`);
    backends.push({ id, first, count, sticky, response: logNormal(median, spread) });
  }
  const draw = applications.flatMap(({ weight }, id) => Array.from({ length: weight }, () => backends[id] as Backend));
  return {
    backendNames: new TextTable(applications.map(({ backend }) => `${backend}/`)),
    servers: new TextTable(names),
    backends,
    draw: Array.from({ length: 64 }, (_, n) => draw[n % draw.length] as Backend),
    slowness: Uint16Array.from(names, (_, n) => (n % 9 === 4 ? 260 : 90 + random.below(25))),
  };
}

/** The quantiles of a log-normal distribution, ms: the integral of the normal density is walked once, and each quantile taken as it is passed. */
function logNormal(median: number, spread: number): Uint16Array {
  const quantiles = new Uint16Array(QUANTILES);
  const step = 0.0005;
  let below = 0;
  let at = 0;
  for (let z = -4.5; z < 4.5 && at < QUANTILES; z += step) {
    below += (step * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
    while (at < QUANTILES && below >= (at + 0.5) / QUANTILES) {
      quantiles[at++] = Math.min(MAX_RESPONSE_MS, Math.round(median * Math.exp(spread * z)));
    }
  }
  quantiles.fill(MAX_RESPONSE_MS, at);
  return quantiles;
}
