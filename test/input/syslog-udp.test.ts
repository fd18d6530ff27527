import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { openUdp, type UdpSource } from '../../src/input/syslog-udp.ts';
import { UDP_RECEIVE_BUFFER_BYTES } from '../../src/limits.ts';

const onLinux = process.platform === 'linux';

async function receiver(context: TestContext): Promise<UdpSource> {
  const source = await openUdp({ host: '127.0.0.1', port: 0 });
  context.after(() => source.close());
  return source;
}

async function sender(context: TestContext, to: UdpSource): Promise<Socket> {
  const socket = createSocket('udp4');
  context.after(() => socket.close());
  socket.connect(to.address.port, to.address.host);
  await once(socket, 'connect');
  socket.setSendBufferSize(1_048_576); // room for the largest datagram
  return socket;
}

function send(socket: Socket, datagram: Uint8Array | string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(datagram, (error) => (error === null ? resolve() : reject(error)));
  });
}

/** Everything received and still to be received, until the source is closed. */
async function closeAndRead(source: UdpSource): Promise<Buffer> {
  await source.close();
  const parts: Buffer[] = [];
  const buffer = Buffer.alloc(262_144);
  for (let taken = source.take(buffer); taken > 0; taken = source.take(buffer)) parts.push(Buffer.from(buffer.subarray(0, taken)));
  return Buffer.concat(parts);
}

test('when datagrams arrive, then they are lines in the order sent, whatever ended them', async (context) => {
  const source = await receiver(context);
  const socket = await sender(context, source);
  for (const datagram of ['plain', 'lf\n', 'crlf\r\n', 'nul\0', '', '\n', 'forged\nline\n']) await send(socket, datagram);
  assert.equal((await closeAndRead(source)).toString(), 'plain\nlf\ncrlf\nnul\nforged line\n');
  const { received, bytes, dropped, empty, innerLineFeeds, errors } = source.counters();
  assert.deepEqual(
    { received, bytes, dropped, empty, innerLineFeeds, errors },
    { received: 5, bytes: 30, dropped: 0, empty: 2, innerLineFeeds: 1, errors: 0 },
  );
});

test('when a datagram holds any bytes but LF, then they arrive as they were sent', async (context) => {
  const source = await receiver(context);
  const socket = await sender(context, source);
  const every = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte !== 10));
  await send(socket, every);
  assert.deepEqual(await closeAndRead(source), Buffer.concat([every, Buffer.from('\n')]));
});

test('when a datagram is the largest IPv4 allows, then it is one whole line', async (context) => {
  const source = await receiver(context);
  const socket = await sender(context, source);
  await send(socket, Buffer.alloc(65_507, 'x'));
  assert.equal((await closeAndRead(source)).toString(), `${'x'.repeat(65_507)}\n`);
});

test('when 20,000 datagrams arrive at a pace, then none is lost and their order is kept', async (context) => {
  const source = await receiver(context);
  const socket = await sender(context, source);
  const count = 20_000;
  for (let at = 0; at < count; at++) {
    if (at % 100 === 99) await send(socket, `line ${at}`);
    else socket.send(`line ${at}`);
  }
  await setImmediate();
  const lines = (await closeAndRead(source)).toString().split('\n').slice(0, -1);
  assert.equal(source.counters().kernelDropped ?? 0, 0);
  assert.deepEqual(
    lines,
    Array.from({ length: count }, (_, at) => `line ${at}`),
  );
});

test('when a consumer waits, then it wakes for a line, and without one when the time is over', async (context) => {
  const source = await receiver(context);
  const socket = await sender(context, source);
  const buffer = Buffer.alloc(65_536);
  const start = performance.now();
  await source.waitAsync(30);
  assert.ok(performance.now() - start >= 25);
  assert.equal(source.take(buffer), 0);

  const waiting = source.waitAsync(10_000);
  await send(socket, 'awake');
  await waiting;
  assert.equal(buffer.toString('utf8', 0, source.take(buffer)), 'awake\n');
  assert.ok(performance.now() - start < 5_000);
});

test('when the source is closed, then a waiting consumer wakes and closing again is harmless', async () => {
  const source = await openUdp({ host: '127.0.0.1', port: 0 });
  const waiting = source.waitAsync(60_000);
  await Promise.all([source.close(), source.close(), waiting]);
  await source.close();
  await source.waitAsync(60_000);
  assert.equal(source.take(Buffer.alloc(10)), 0);
});

test('when the system allows, then the receive buffer is raised, and what was obtained is told', async (context) => {
  const source = await receiver(context);
  const plain = createSocket('udp4');
  context.after(() => plain.close());
  plain.bind(0, '127.0.0.1');
  await once(plain, 'listening');
  plain.setRecvBufferSize(UDP_RECEIVE_BUFFER_BYTES);
  assert.equal(source.receiveBuffer, plain.getRecvBufferSize());
});

test('when nothing was lost, then the kernel says 0, before and after the end', { skip: !onLinux }, async (context) => {
  const source = await receiver(context);
  assert.equal(source.counters().kernelDropped, 0);
  await source.close();
  assert.equal(source.counters().kernelDropped, 0);
});

test('when the port is taken, then ADDRESS_IN_USE names the address', async (context) => {
  const source = await receiver(context);
  const { host, port } = source.address;
  await assert.rejects(openUdp({ host, port }), { code: 'ADDRESS_IN_USE', message: new RegExp(`${host}:${port}`) });
});

for (const host of ['203.0.113.1', 'no-such-host.invalid', '::1']) {
  test(`when the host is "${host}", then it is ADDRESS_UNAVAILABLE`, async () => {
    await assert.rejects(openUdp({ host, port: 0 }), { code: 'ADDRESS_UNAVAILABLE' });
  });
}

test('when the host is empty or the port out of range, then it is ADDRESS_INVALID', async () => {
  for (const port of [65_536, -1, 1.5, Number.NaN]) await assert.rejects(openUdp({ host: '127.0.0.1', port }), { code: 'ADDRESS_INVALID' });
  await assert.rejects(openUdp({ host: '', port: 1514 }), { code: 'ADDRESS_INVALID' });
});

test('when 200,000 datagrams come as fast as they can, then received + dropped + kernel drops = sent', {
  skip: !onLinux,
}, async (context) => {
  const source = await receiver(context);
  const socket = await sender(context, source);
  const count = 200_000;
  const datagram = Buffer.from(`<134>Nov  1 00:00:00 haproxy[1]: ${'x'.repeat(180)}\n`);
  for (let at = 1; at <= count; at++) {
    if (at % 500 === 0) await send(socket, datagram);
    else socket.send(datagram);
  }
  const received = await closeAndRead(source);
  const counters = source.counters();
  assert.equal(counters.received + counters.dropped + (counters.kernelDropped ?? 0), count);
  assert.equal(counters.bytes, counters.received * datagram.length);
  assert.equal(received.length, counters.bytes);
});
