/**
 * The catalogue of what can go wrong by input or surroundings: stable code, one sentence, exit status.
 * The sentence names what was given and what was expected. Anything thrown that is no HalogenError is a bug.
 */

const CATALOGUE = {
  FILE_UNREADABLE: (file: string, reason: string) => `${file}: cannot be read: ${reason}`,
  OUTPUT_FAILED: (reason: string) => `stdout: cannot be written: ${reason}`,
  OPTION_INVALID: (option: string, expected: string, got: string) => `${option}: expected ${expected}, got "${got}"`,
  OPTION_CONFLICT: (one: string, other: string) => `${one} cannot be used with ${other}`,
  ADDRESS_IN_USE: (address: string) => `${address}: already in use by another program`,
  ADDRESS_INVALID: (option: string, got: string) => `${option}: expected [HOST:]PORT with a port from 0 to 65535, got "${got}"`,
  ADDRESS_UNAVAILABLE: (address: string, reason: string) => `${address}: cannot listen there: ${reason}`,
  STORE_UNUSABLE: (file: string, reason: string) => `${file}: cannot be used as a store: ${reason}`,
  STORE_TOO_NEW: (file: string, found: number, known: number) =>
    `${file}: has schema version ${found}, this halogen knows up to ${known}; use a newer halogen`,
  STORE_MISSING: (file: string) => `${file}: no such store; give FILE, pipe a log in, or name a store with --db`,
  STORE_WITHOUT_LINES: (file: string) => `${file}: a store does not keep lines as they came; --format raw needs FILE or a pipe`,
  QUERY_FAILED: (reason: string) => `sql: ${reason}`,
} as const;

export type ErrorCode = keyof typeof CATALOGUE;
type Parameters1<F> = F extends (...args: infer A) => string ? A : never;

/** A request that could not be served: exit status 2, `message` is the one line to show. */
export class HalogenError extends Error {
  readonly code: ErrorCode;

  private constructor(code: ErrorCode, message: string, cause: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'HalogenError';
    this.code = code;
  }

  /** In: a code of the catalogue and what its sentence names. */
  static of<C extends ErrorCode>(code: C, ...given: Parameters1<(typeof CATALOGUE)[C]>): HalogenError {
    return HalogenError.because(undefined, code, ...given);
  }

  /** The same, keeping the error that led here as `cause`. */
  static because<C extends ErrorCode>(cause: unknown, code: C, ...given: Parameters1<(typeof CATALOGUE)[C]>): HalogenError {
    const sentence = CATALOGUE[code] as (...args: readonly unknown[]) => string;
    return new HalogenError(code, sentence(...given), cause);
  }
}
