/**
 * How requests end, as weights: one row per way, with the termination state, status and reached phases that HAProxy
 * logs for it (configuration manual, 8.5).
 */

export interface Outcome {
  /** Share of all requests, in 1/4096. */
  readonly weight: number;
  readonly state: string;
  /** -1: no answer. Ignored by tcplog. */
  readonly status: number;
  /** Phases reached, of request, queue, connect, response: all four is a request that was answered. */
  readonly phases: 0 | 1 | 2 | 3 | 4;
  /** Whether a server was chosen; `frontend` means the request never left the frontend either. */
  readonly target: 'server' | 'backend' | 'frontend';
  /** Whether a whole request was read; otherwise `<BADREQ>` is logged. */
  readonly request: boolean;
  /** Milliseconds waited at least, where a timeout ended it. */
  readonly timeout: number;
  /** Whether the server was tried again, as after a refused connection. */
  readonly retried: boolean;
}

const ANSWERED = { phases: 4, target: 'server', request: true, timeout: 0, retried: false } as const;

/** What is left of the 4096 shares goes to the first row: 200 without any trouble. */
export const HTTP_OUTCOMES: readonly Outcome[] = [
  { ...ANSWERED, weight: 0, state: '--', status: 200 },
  { ...ANSWERED, weight: 180, state: '--', status: 304 },
  { ...ANSWERED, weight: 110, state: '--', status: 201 },
  { ...ANSWERED, weight: 60, state: '--', status: 204 },
  { ...ANSWERED, weight: 70, state: '--', status: 302 },
  { ...ANSWERED, weight: 20, state: '--', status: 206 },
  { ...ANSWERED, weight: 120, state: '--', status: 404 },
  { ...ANSWERED, weight: 30, state: '--', status: 401 },
  { ...ANSWERED, weight: 14, state: '--', status: 400 },
  { ...ANSWERED, weight: 12, state: '--', status: 429 },
  { ...ANSWERED, weight: 24, state: '--', status: 500 },
  { ...ANSWERED, weight: 6, state: '--', status: 503 },
  { ...ANSWERED, weight: 16, state: 'CD', status: 200 },
  { ...ANSWERED, weight: 4, state: 'SD', status: 200 },
  { ...ANSWERED, weight: 3, state: 'cD', status: 200, timeout: 60_000 },
  { ...ANSWERED, weight: 8, state: 'CH', status: -1, phases: 3 },
  { ...ANSWERED, weight: 8, state: 'sH', status: 504, phases: 3, timeout: 30_000 },
  { ...ANSWERED, weight: 5, state: 'SH', status: 502, phases: 3 },
  { ...ANSWERED, weight: 2, state: 'PH', status: 502, phases: 3 },
  { ...ANSWERED, weight: 8, state: 'SC', status: 503, phases: 2, retried: true },
  { ...ANSWERED, weight: 4, state: 'sC', status: 503, phases: 2, retried: true, timeout: 20_000 },
  { ...ANSWERED, weight: 3, state: 'SC', status: 503, phases: 2, target: 'backend' },
  { ...ANSWERED, weight: 4, state: 'sQ', status: 503, phases: 2, target: 'backend', timeout: 5_000 },
  { ...ANSWERED, weight: 3, state: 'CQ', status: 503, phases: 2, target: 'backend' },
  { ...ANSWERED, weight: 40, state: 'LR', status: 301, phases: 1, target: 'frontend' },
  { ...ANSWERED, weight: 12, state: 'PR', status: 403, phases: 1, target: 'frontend' },
  { ...ANSWERED, weight: 8, state: 'cR', status: 408, phases: 0, target: 'frontend', request: false, timeout: 10_000 },
  { ...ANSWERED, weight: 6, state: 'PR', status: 400, phases: 0, target: 'frontend', request: false },
  { ...ANSWERED, weight: 6, state: 'CR', status: 400, phases: 0, target: 'frontend', request: false },
];

/** As above for tcplog, whose phases are queue and connect: 2 means that neither was cut short, 1 that connect was. */
export const TCP_OUTCOMES: readonly Outcome[] = [
  { ...ANSWERED, weight: 0, state: '--', status: -1, phases: 2 },
  { ...ANSWERED, weight: 120, state: 'CD', status: -1, phases: 2 },
  { ...ANSWERED, weight: 60, state: 'SD', status: -1, phases: 2 },
  { ...ANSWERED, weight: 90, state: 'cD', status: -1, phases: 2, timeout: 60_000 },
  { ...ANSWERED, weight: 20, state: 'SC', status: -1, phases: 1, retried: true },
  { ...ANSWERED, weight: 8, state: 'sC', status: -1, phases: 1, retried: true, timeout: 20_000 },
  { ...ANSWERED, weight: 6, state: 'sQ', status: -1, phases: 0, target: 'backend', timeout: 5_000 },
  { ...ANSWERED, weight: 4, state: 'PR', status: -1, phases: 0, target: 'frontend' },
];

const SHARES = 4096;

/** 4096 row numbers, each as often as its weight says: a draw is one look-up. */
export function drawTable(outcomes: readonly Outcome[]): Uint8Array {
  const table = new Uint8Array(SHARES);
  let at = 0;
  for (const [row, { weight }] of outcomes.entries()) {
    table.fill(row, at, at + weight);
    at += weight;
  }
  if (at > SHARES) throw new RangeError(`weights sum to ${at}, more than ${SHARES}`);
  return table; // what is left holds 0, the first row
}
