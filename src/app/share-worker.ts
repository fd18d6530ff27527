/** A worker thread of a report: works off its share and sends it back. */

import { parentPort, workerData } from 'node:worker_threads';
import { buffersOf } from '../analyze/partial-report.ts';
import { packShare, type ShareInput, startShare, workOff } from './share.ts';

const input = workerData as ShareInput;
const share = startShare(input);
const result = packShare(share, workOff(share, input));
const texts = Object.values(result.texts).flatMap(({ lengths, bytes }) => [lengths.buffer as ArrayBuffer, bytes.buffer as ArrayBuffer]);
parentPort?.postMessage(result, [...buffersOf(result.partial), ...texts]);
