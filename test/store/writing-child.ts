/** A process to be killed: writes small commits to the store named by its argument until then, a dot to stdout after each. */
import { writeSync } from 'node:fs';
import { emptyLedger } from '../../src/model/ledger.ts';
import { StoreWriter } from '../../src/store/writer.ts';
import { request, TestProducer } from './batches.ts';

/** Requests of one commit: more than one INSERT holds, and no multiple of a block. */
export const COMMIT_ROWS = 333;

function writeForever(path: string): void {
  const writer = new StoreWriter(path);
  const source = writer.source('haproxy.log', 'stdin');
  const producer = new TestProducer();
  for (let line = 1; ; line += COMMIT_ROWS) {
    const records = Array.from({ length: COMMIT_ROWS }, (_, i) => {
      const path = `/item/${line + i}`;
      return request({ line_number: line + i, path, query: null, uri: path, http_request: `GET ${path} HTTP/1.1` });
    });
    writer.add(source, producer.batch(records), null);
    writer.ledger(source, { ...emptyLedger(), lines: COMMIT_ROWS, requests: COMMIT_ROWS });
    writer.commit();
    writeSync(1, '.');
  }
}

const [, , path] = process.argv;
if (path !== undefined) writeForever(path);
