/**
 * The termination state in words. Its first character says what ended the session, its second in which phase that was;
 * the third and fourth, where there are any, speak of cookies and are left out here. Source: HAProxy 2.6 configuration
 * manual, section 8.5.
 */

const CAUSES: Readonly<Record<string, string>> = {
  C: 'client aborted',
  S: 'server aborted or refused',
  P: 'proxy ended it',
  L: 'answered by the proxy',
  R: 'proxy short of a resource',
  I: 'internal error of the proxy',
  D: 'server went down',
  U: 'backup ended: server is back',
  K: 'operator killed it',
  c: 'client timed out',
  s: 'server timed out',
};

const PHASES: Readonly<Record<string, string>> = {
  R: 'before a full request came',
  Q: 'while queued',
  C: 'while connecting to the server',
  H: 'while awaiting response headers',
  D: 'during data transfer',
  L: 'while sending the last data',
  T: 'in the tarpit',
};

/** What the two characters mean together, where that says more than one after the other. */
const PAIRS: Readonly<Record<string, string>> = {
  '--': 'completed normally',
  CR: 'client aborted before sending a full request',
  cR: 'client was too slow to send its request',
  cD: 'client stopped reading or sending data in time',
  CD: 'client aborted during data transfer',
  SC: 'server refused the connection',
  sC: 'connecting to the server timed out',
  SH: 'server closed before its response headers were whole',
  sH: 'server did not answer in time',
  SD: 'server broke the connection during data transfer',
  sD: 'server stalled during data transfer',
  sQ: 'waited too long in the queue',
  PR: 'proxy refused the request: invalid or denied',
  PC: 'no free port or connection to reach the server',
  PH: 'proxy rejected the response: invalid or denied',
  PT: 'proxy tarpitted the request',
  PD: 'proxy rejected the transferred data as malformed',
  RC: 'proxy had no resource left to connect with',
  LR: 'answered by the proxy itself, no server asked',
};

/** In: a termination state of 1 to 8 characters. Out: a short sentence, null where the manual names neither character. */
export function meaningOf(state: string): string | null {
  const cause = state[0] ?? '';
  const phase = state[1] ?? '-';
  const pair = PAIRS[cause + phase];
  if (pair !== undefined) return pair;
  const because = CAUSES[cause];
  const when = PHASES[phase];
  if (because !== undefined) return when === undefined ? because : `${because} ${when}`;
  return cause === '-' && when !== undefined ? `ended ${when}` : null;
}

/** True for the states that count as an abort by the client: closed (C) or timed out (c) on its side. */
export function isClientAbort(state: string): boolean {
  return state.startsWith('C') || state.startsWith('c');
}
