/** What cannot be served: one line on stderr that names what was wrong, nothing on stdout, exit status 2. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runHalogen } from '../fixtures/run-halogen.ts';

const folder = mkdtempSync(join(tmpdir(), 'halogen-refusals-'));
after(() => rmSync(folder, { recursive: true }));
const missingStore = join(folder, 'none.db');

const REFUSED: readonly (readonly [args: readonly string[], says: RegExp])[] = [
  [[], /expected a command/],
  [['nonsense'], /unknown command 'nonsense'/],
  [['servers', '--nonsense'], /unknown option '--nonsense'/],
  [['servers', '--sort'], /--sort .*missing/],
  [['servers', '--since', 'tomorrow-ish'], /--since: expected a time .*, got "tomorrow-ish"/],
  [['servers', '--status', '9xx'], /--status: expected status codes .*, got "9xx"/],
  [['servers', '--client', '10.0.0.0/99'], /--client: expected an address .*, got "10.0.0.0\/99"/],
  [['servers', '--slower', 'long'], /--slower: expected a duration .*, got "long"/],
  [['servers', '--kind', 'udp'], /--kind: expected one of http, tcp, error, event, got "udp"/],
  [['servers', '--percentiles', '0'], /--percentiles: expected percentiles .*, got "0"/],
  [['servers', '--limit', '-1'], /--limit: expected a whole number from 0, got "-1"/],
  [['servers', '--format', 'xml'], /--format: expected one of table, json, ndjson, csv, markdown, got "xml"/],
  [['servers', '--columns', 'requests,speed'], /--columns: expected names .*, got "speed"/],
  [['servers', '--sort', 'speed:asc'], /--sort: expected one of backend, server, requests.*, got "speed"/],
  [['servers', '--timezone', 'Mars/Base'], /--timezone: expected a time zone .*, got "Mars\/Base"/],
  [['servers', '--db', missingStore, 'file.log'], /--db cannot be used with FILE/],
  [['servers', '--db', missingStore], /none\.db: no such store/],
  [['servers', '--by', 'status'], /unknown option '--by'/],
  [['timeline', '--every', '0s'], /--every: expected a duration .*, got "0s"/],
  [['report', '-'], /--by: expected one or more keys/],
  [['report', '--by', 'colour', '-'], /--by: expected keys among .*, got "colour"/],
  [['records', '--format', 'json'], /--format: expected one of ndjson, csv, raw, got "json"/],
  [['ingest'], /missing required argument 'FILE'/],
  [['listen', '--udp', 'here'], /--udp: expected \[HOST:\]PORT .*, got "here"/],
  [['listen', 'file.log'], /too many arguments/],
  [['sql'], /missing required argument 'QUERY'/],
  [['demo', '--seconds', '0'], /--seconds: expected a whole number from 1, got "0"/],
  [['servers', '--backend', 'a,,\x1b[2J'], /--backend: expected a value, got ""/],
  [['servers', '--status', '\x1b[2J'], /got "\\x1b\[2J"/],
];

for (const [args, says] of REFUSED) {
  test(`when the command line is halogen ${JSON.stringify(args.join(' ')).replace(folder, '')}, then it is refused in one line`, () => {
    const { status, stdout, stderr } = runHalogen(args);
    assert.match(stderr, /^halogen: [^\n]+\n$/);
    assert.match(stderr, says);
    assert.equal(stdout, '');
    assert.equal(status, 2);
  });
}
