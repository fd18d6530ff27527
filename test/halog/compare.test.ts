/** halogen's counts and sums against those of HAProxy's own halog, on the same lines, digit by digit. */

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { need } from '../fixtures/need.ts';
import { type JsonRow, jsonReport } from '../fixtures/run-halogen.ts';
import { type HalogUrl, halogServers, halogStatus, halogTerminations, halogUrls } from './halog.ts';
import { makeInputs } from './inputs.ts';

const skip = need('halog');
const { inputs, remove } = makeInputs(200_000);
after(remove);

const CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx', 'other'] as const;

/** halog's mean: cut off to a whole number, 0 of nothing. */
const meanCutOff = ({ sum, count }: { sum: number; count: number }): number => (count === 0 ? 0 : Math.trunc(sum / count));

for (const { name, file, lines, skip: words } of inputs) {
  test(`when ${name} are read, then no line is left out`, { skip }, () => {
    assert.equal(jsonReport('servers', file).ledger.requests, lines);
  });

  test(`when ${name} are grouped by server, then requests, status classes, negative timers and means are halog's`, { skip }, () => {
    const rows = jsonReport('servers', file).rows.map((row) => ({
      name: `${row.backend}/${row.server}`,
      status: CLASSES.map((c) => row.status[c]),
      requests: row.requests,
      // A request that reached a phase reached those before it: without a response time it has a negative timer, and only then.
      ok: row.timers.response.count,
      meanConnect: meanCutOff(row.timers.connect),
      meanResponse: meanCutOff(row.timers.response),
    }));
    assert.deepEqual(byName(rows), byName(halogServers(file, words)));
  });

  test(`when ${name} are grouped by status, then the counts are halog's`, { skip }, () => {
    const rows = jsonReport('status', file).rows;
    assert.deepEqual(new Map(rows.map((row) => [row.status_code, row.requests])), halogStatus(file, words));
  });

  test(`when ${name} are grouped by termination state, then the counts are halog's`, { skip }, () => {
    const rows = jsonReport('terminations', file).rows;
    // halog looks at the first two letters; the other two tell what became of a cookie.
    const counts = sumBy(rows.map((row) => [row.termination.slice(0, 2), row.requests]));
    assert.deepEqual(sorted(counts), sorted(halogTerminations(file, words)));
  });

  for (const option of ['-u', '-ut'] as const) {
    test(`when ${name} are grouped by URL, then counts and sums are those of halog ${option}`, { skip }, () => {
      const all = jsonReport('urls', file).rows;
      const unanswered = jsonReport('urls', file, '--slower', 'response=0ms', '--invert').rows;
      assert.deepEqual(
        halogenUrls(all, unanswered),
        mergeUrls(halogUrls(file, words, option).map(([url, sums]) => [commonUrl(url), sums])),
      );
    });
  }
}

/** In: the rows of all requests, and of those without a response time, for which halog takes the total time. */
function halogenUrls(all: readonly JsonRow[], unanswered: readonly JsonRow[]): Map<string, HalogUrl> {
  const answered = all.map(({ path, requests, bytes_read, timers: { response } }): [string, HalogUrl] => [
    commonUrl(path ?? '"<BADREQ>"'),
    { requests, failed: requests - response.count, time: response.sum, timeOk: response.sum, bytes: bytes_read },
  ]);
  const waited = unanswered.map(({ path, timers: { total } }): [string, HalogUrl] => [
    commonUrl(path ?? '"<BADREQ>"'),
    { requests: 0, failed: 0, time: total.sum, timeOk: 0, bytes: 0 },
  ]);
  return mergeUrls([...answered, ...waited]);
}

/**
 * What both call a URL: halog cuts at `;` as well, leaves HTTP/2's absolute form as it is, and takes the closing quote with
 * the URL where HAProxy had to cut a long request and no version follows.
 */
function commonUrl(url: string): string {
  const path = url.replace(/^[a-z]+:\/\/[^/]*|"$/g, '').split(';', 1)[0] as string;
  return path === '' ? '/' : path;
}

function mergeUrls(rows: readonly (readonly [string, HalogUrl])[]): Map<string, HalogUrl> {
  const merged = new Map<string, HalogUrl>();
  for (const [url, more] of rows) {
    const sums = merged.get(url) ?? { requests: 0, failed: 0, time: 0, timeOk: 0, bytes: 0 };
    merged.set(url, {
      requests: sums.requests + more.requests,
      failed: sums.failed + more.failed,
      time: sums.time + more.time,
      timeOk: sums.timeOk + more.timeOk,
      bytes: sums.bytes + more.bytes,
    });
  }
  return new Map([...merged].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sumBy(pairs: readonly (readonly [string, number])[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [key, count] of pairs) sums.set(key, (sums.get(key) ?? 0) + count);
  return sums;
}

function sorted(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

function byName<T extends { readonly name: string }>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => (a.name < b.name ? -1 : 1));
}
