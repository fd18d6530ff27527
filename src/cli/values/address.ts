/** `[HOST:]PORT` of something to listen on. */

import { HalogenError } from '../../errors.ts';
import type { Parse } from './value.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Where syslog is received unless told otherwise: reachable from this machine only. */
export const DEFAULT_UDP: Address = { host: '127.0.0.1', port: 1514 };

/** Without a host, this machine only. An IPv6 host stands in brackets. */
export const address: Parse<Address> = (text, given) => {
  const match = /^(?:(\[[0-9A-Fa-f:.]+\]|[^\s:[\]]+):)?(\d{1,5})$/.exec(text);
  const port = Number(match?.[2] ?? Number.NaN);
  if (!(port <= 65_535)) throw HalogenError.of('ADDRESS_INVALID', given.flag, text);
  return { host: (match?.[1] ?? DEFAULT_UDP.host).replace(/^\[|\]$/g, ''), port };
};
