/**
 * Runs HAProxy's halog and reads what it prints. Each reader gives exactly the columns printed, as numbers.
 *
 * halog is told by `-s` how many words more or less than usual stand before the client: 1, its default, fits a header with
 * a host name, 0 one without. All lines of one input must therefore carry the same kind of header.
 */

import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** In: the log's path, the value of `-s`, one output option. Out: the lines printed. Throws where halog complains. */
function halog(file: string, skip: number, option: string): string[] {
  const input = openSync(file, 'r');
  const { stdout, stderr, status } = spawnSync('halog', ['-s', String(skip), option], {
    stdio: [input, 'pipe', 'pipe'],
    encoding: 'latin1',
    maxBuffer: 1 << 30,
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
  });
  closeSync(input);
  if (status !== 0 || !/^\d+ lines in, \d+ lines out, 0 parsing errors\s*$/.test(stderr))
    throw new Error(`halog ${option}: ${stderr.slice(-500)}`);
  return stdout.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

export interface HalogServer {
  /** backend/server */
  readonly name: string;
  /** 1xx to 5xx, then all other. */
  readonly status: readonly number[];
  readonly requests: number;
  /** Requests none of whose five timers is negative. */
  readonly ok: number;
  /** Whole ms, cut off: the mean of the connect and of the response times that are not negative. */
  readonly meanConnect: number;
  readonly meanResponse: number;
}

export function halogServers(file: string, skip: number): HalogServer[] {
  return halog(file, skip, '-srv').map((line) => {
    const [name = '', ...words] = line.split(' ');
    const numbers = words.map(Number);
    const [requests, ok, , meanConnect, meanResponse] = numbers.slice(6) as [number, number, number, number, number];
    return { name, status: numbers.slice(0, 6), requests, ok, meanConnect, meanResponse };
  });
}

/** Status code → requests; -1 is HAProxy's "no answer". */
export function halogStatus(file: string, skip: number): Map<number, number> {
  return new Map(halog(file, skip, '-st').map((line) => line.split(' ').map(Number) as [number, number]));
}

/** First two letters of the termination state → requests. */
export function halogTerminations(file: string, skip: number): Map<string, number> {
  return new Map(
    halog(file, skip, '-tc').map((line) => {
      const [state = '', count] = line.split(' ');
      return [state, Number(count)];
    }),
  );
}

export interface HalogUrl {
  readonly requests: number;
  /** Requests with a negative timer. */
  readonly failed: number;
  /** Sum of the response times, with the total time instead where that is negative; ms. */
  readonly time: number;
  /** The same of the response times that are not negative. */
  readonly timeOk: number;
  readonly bytes: number;
}

/** URL as halog cuts it (at a blank, `?` or `;`) → its sums. In: `-u` or `-ut`, which differ in order alone. */
export function halogUrls(file: string, skip: number, option: '-u' | '-ut'): [string, HalogUrl][] {
  return halog(file, skip, option).map((line) => {
    const words = line.split(' ');
    const [requests, failed, time, , timeOk, , , bytes] = words.slice(0, 8).map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return [words.slice(8).join(' '), { requests, failed, time, timeOk, bytes }];
  });
}
