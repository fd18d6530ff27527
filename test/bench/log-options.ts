/** What a generated log can be asked to be. */

export const FORMATS = ['httplog', 'httpslog', 'tcplog', 'mixed'] as const;
export type Format = (typeof FORMATS)[number];
export const ENVELOPES = ['local', 'rfc3164', 'iso', 'none', 'mixed'] as const;
export type Envelope = (typeof ENVELOPES)[number];

export interface LogOptions {
  readonly lines: number;
  /** 32 bits; the same seed and options give the same bytes. */
  readonly seed: number;
  readonly distinctUrls: number;
  /** Up to 16,777,216. */
  readonly distinctClients: number;
  readonly servers: number;
  readonly format: Format;
  /** rfc3164 (with host) is what halog reads by default. */
  readonly envelope: Envelope;
  /** Request and response headers in braces. */
  readonly captures: boolean;
  /** Civil time of the first line, ms, and the time that the log covers, ms. */
  readonly start: number;
  readonly span: number;
}

export const LOG_DEFAULTS: LogOptions = {
  lines: 1_000_000,
  seed: 1,
  distinctUrls: 100_000,
  distinctClients: 1_000_000,
  servers: 32,
  format: 'httplog',
  envelope: 'rfc3164',
  captures: true,
  start: Date.UTC(2026, 10, 3),
  span: 24 * 3_600_000,
};
