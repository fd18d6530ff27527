/**
 * Datagrams that Linux threw away because a socket's receive buffer was full: the column `drops` of /proc/net/udp
 * (proc(5)). A socket is found by its local address and port, which no other IPv4 socket shares unless both ask to.
 */

import { readFileSync } from 'node:fs';
import { endianness } from 'node:os';

const TABLE = '/proc/net/udp';

/** In: the bound IPv4 address and port. Out: datagrams dropped so far; null where the system does not tell. */
export function kernelDrops(host: string, port: number): number | null {
  let table: string;
  try {
    table = readFileSync(TABLE, 'latin1');
  } catch {
    return null; // no Linux, or /proc is not mounted: unknown is not zero
  }
  return dropsInTable(table, host, port);
}

/** The same from the text of the table; null where the socket is not in it. */
export function dropsInTable(table: string, host: string, port: number): number | null {
  const local = localAddress(host, port);
  for (const row of table.split('\n')) {
    const columns = row.trim().split(/\s+/);
    if (columns[1] === local) return Number(columns.at(-1));
  }
  return null;
}

/** The table's form of an address: the four bytes as one integer of the machine, and the port, both hexadecimal. */
function localAddress(host: string, port: number): string {
  const bytes = host.split('.').map(Number);
  if (endianness() === 'LE') bytes.reverse();
  const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');
  return `${bytes.map((byte) => hex(byte, 2)).join('')}:${hex(port, 4)}`;
}
