/** Sends records as HAProxy would: rendered as httplog, one datagram each, at a steady pace. */

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { FORMATS } from '../format/formats.ts';
import { lineRenderer } from '../format/render.ts';
import { envelope } from '../format/render-envelope.ts';
import type { DemoTraffic } from './demo-traffic.ts';

const LINES_PER_SECOND = 300;
/** Milliseconds between two groups of datagrams. */
const PACE_MS = 20;

/** Sends until the signal aborts. In: where to, an IPv4 address. Out: lines sent. Dates are in UTC. */
export async function sendTraffic(to: { host: string; port: number }, traffic: DemoTraffic, signal: AbortSignal): Promise<number> {
  const httplog = FORMATS.find(({ name }) => name === 'httplog') as (typeof FORMATS)[number];
  const render = lineRenderer(httplog.logFormat);
  const socket = createSocket('udp4');
  socket.connect(to.port, to.host);
  await once(socket, 'connect');
  const start = performance.now();
  let sent = 0;
  try {
    while (!signal.aborted) {
      const due = ((performance.now() - start) * LINES_PER_SECOND) / 1_000;
      for (; sent < due; sent++) {
        const time = Date.now();
        socket.send(`${envelope({ time, tag: 'haproxy', pid: process.pid })}${render(traffic.nextRecord(time))}\n`);
      }
      await setTimeout(PACE_MS);
    }
  } finally {
    socket.close();
  }
  return sent;
}
