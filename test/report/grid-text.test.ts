import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeReport } from '../../src/report/write-report.ts';
import { gathered, PLAIN_VIEW, sampleResult, sampleRow } from './sample-result.ts';

test('when a report is written as CSV, then each column has its flat name and each cell its bare number', async () => {
  const rows = [sampleRow({ method: 'GET', path: '/a,b' }), sampleRow({ method: null, path: '=cmd()' })];
  const view = {
    ...PLAIN_VIEW,
    format: 'csv',
    columns: ['method', 'path', 'requests', 'status.2xx', 'response.p95', 'response.p99'],
  } as const;
  const { text } = await gathered((sink) => writeReport(sampleResult('urls', ['method', 'path'], rows), view, sink));
  assert.equal(text, 'method,path,requests,status_2xx,response_p95,response_p99\r\nGET,"/a,b",1234,2,8,\r\n,\'=cmd(),1234,2,8,\r\n');
});

test('when a CSV has no rows and no columns are chosen, then its header still names everything', async () => {
  const { text } = await gathered((sink) => writeReport(sampleResult('status', ['status'], []), { ...PLAIN_VIEW, format: 'csv' }, sink));
  const names = text.trim().split(',');
  assert.equal(names[0], 'status_code');
  assert.equal(names.length, 1 + 1 + 6 + 7 + 6 * 8);
});

test('when a report is written as markdown, then pipes are escaped and numbers stand at the right', async () => {
  const rows = [sampleRow({ method: 'GET', path: '/a|b' })];
  const view = { ...PLAIN_VIEW, format: 'markdown', columns: ['path', 'requests', 'response.p95'] } as const;
  const { text } = await gathered((sink) => writeReport(sampleResult('urls', ['method', 'path'], rows), view, sink));
  assert.equal(text, '| path | requests | response p95 |\n| --- | ---: | ---: |\n| /a\\|b | 1,234 | 8 ms |\n');
});
