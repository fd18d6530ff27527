/** A small log of known content, for tests from outside: three servers, a failure, a queue, an event, a line of no format. */

const LINES = [
  '10.0.0.1:4001 [01/Nov/2026:10:00:00.000] web app/app1 0/0/1/20/25 200 1000 - - ---- 1/1/0/0/0 0/0 "GET /a?x=1 HTTP/1.1"',
  '10.0.0.2:4002 [01/Nov/2026:10:00:01.000] web app/app1 0/500/1/40/545 200 2000 - - ---- 1/1/0/0/0 3/0 "GET /a?x=2 HTTP/1.1"',
  '10.0.0.1:4003 [01/Nov/2026:10:00:02.500] web app/app2 0/0/1/900/901 503 300 - - SH-- 1/1/0/0/+2 0/0 "POST /b HTTP/1.1"',
  '2001:db8::1:4004 [01/Nov/2026:10:01:00.000] web web/<NOSRV> 0/-1/-1/-1/2 -1 0 - - CR-- 1/1/0/0/0 0/0 "<BADREQ>"',
].map((message) => `Nov  1 10:00:00 lb1 haproxy[1]: ${message}`);

export const SAMPLE_LOG = `${[
  ...LINES,
  'Nov  1 10:02:00 lb1 haproxy[1]: Server app/app2 is DOWN, reason: Layer4 timeout.',
  'this is no log line',
].join('\n')}\n`;

export const SAMPLE_ACCOUNT = '6 lines: 4 requests, 1 event, 1 unparsed (halogen records --unparsed shows them)';
