import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { endianness } from 'node:os';
import { test } from 'node:test';
import { dropsInTable, kernelDrops } from '../../src/input/kernel-drops.ts';

const table = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  297: 0100007F:05EA 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 44110 2 0000000000000000 0
  813: 0100007F:00EA 00000000:0000 07 00000000:00034200 00:00000000 00000000     0        0 44111 2 0000000000000000 1250
`;

test('when the table lists the socket, then its drops are the last column', { skip: endianness() === 'BE' }, () => {
  assert.equal(dropsInTable(table, '127.0.0.1', 0x05ea), 0);
  assert.equal(dropsInTable(table, '127.0.0.1', 0x00ea), 1250);
});

test('when the table does not list the socket, then its drops are unknown', () => {
  assert.equal(dropsInTable(table, '127.0.0.2', 0x05ea), null);
  assert.equal(dropsInTable('', '127.0.0.1', 0x05ea), null);
});

test('when a socket is open, then it is found; when it is closed, then its drops are unknown', {
  skip: process.platform !== 'linux',
}, async () => {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  assert.equal(kernelDrops('127.0.0.1', port), 0);
  socket.close();
  assert.equal(kernelDrops('127.0.0.1', port), null);
});
