/** The timers of a request, in the order in which HAProxy's phases follow each other. Milliseconds; -1 = phase never reached. */

export const TIMERS = ['request', 'queue', 'connect', 'response', 'data', 'total'] as const;
export type Timer = (typeof TIMERS)[number];

/** A phase the request never reached (HAProxy writes -1); counted apart, never averaged. */
export const NEVER_REACHED = -1;

/**
 * The value of an integer column in a record whose format has no such field (a TCP line has no status):
 * shown as null, counted nowhere.
 */
export const ABSENT = -2_147_483_648;

/** Milliseconds of the transfer phase, Td, from the others; the parser and the store fill `time_data` by the same rule.
 * HAProxy documents Td = Ta - (TR + Tw + Tc + Tr) (configuration manual, 8.4). Any phase never reached, or a total
 * cut short by option logasap (`partial`), gives NEVER_REACHED; a negative difference (clock rounding) gives 0.
 * TCP lines have neither TR nor Tr: pass ABSENT. */
export function dataTime(request: number, queue: number, connect: number, response: number, total: number, partial: boolean): number {
  if (partial || total < 0 || queue < 0 || connect < 0) return NEVER_REACHED;
  if ((request < 0 && request !== ABSENT) || (response < 0 && response !== ABSENT)) return NEVER_REACHED;
  const spent = (request === ABSENT ? 0 : request) + queue + connect + (response === ABSENT ? 0 : response);
  return Math.max(0, total - spent);
}
