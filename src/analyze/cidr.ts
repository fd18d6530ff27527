/**
 * Blocks of addresses. IPv4 and IPv4-mapped IPv6 (`::ffff:192.0.2.1`) are the same address; a block of IPv6 shorter than
 * /96 holds no IPv4 address, so that `::/0` means all of IPv6.
 */

import { isIPv4, isIPv6 } from 'node:net';

type Words = readonly [number, number, number, number];

const MAPPED = 0xffff;

/** Compiles a block or a single address, already validated. Out: does it hold the address of this text? */
export function compileCidr(block: string): (address: string) => boolean {
  const [text = '', length] = block.split('/');
  const base = parseAddress(text);
  if (base === null) return () => false;
  const given = length === undefined ? 128 : Number(length);
  const bits = length !== undefined && isIPv4(text) ? given + 96 : given;
  return (address) => {
    const words = parseAddress(address);
    if (words === null || (bits < 96 && isMapped(words))) return false;
    return words.every((word, i) => sameBits(word, base[i] as number, bits - 32 * i));
  };
}

/** Are the first `bits` bits of two words the same? */
function sameBits(one: number, other: number, bits: number): boolean {
  if (bits <= 0) return true;
  return bits >= 32 ? one === other : (one ^ other) >>> (32 - bits) === 0;
}

function isMapped(words: Words): boolean {
  return words[0] === 0 && words[1] === 0 && words[2] === MAPPED;
}

/** The 128 bits of an address as four unsigned words; null for what is no address (`unix`, `-`). */
function parseAddress(text: string): Words | null {
  if (isIPv4(text)) return [0, 0, MAPPED, parseIPv4(text)];
  if (!isIPv6(text)) return null;
  const [bare = ''] = text.split('%');
  const [head = '', tail] = bare.split('::');
  const front = parseGroups(head);
  const back = tail === undefined ? [] : parseGroups(tail);
  const groups = [...front, ...new Array<number>(8 - front.length - back.length).fill(0), ...back];
  const word = (i: number): number => (((groups[i] as number) << 16) | (groups[i + 1] as number)) >>> 0;
  return [word(0), word(2), word(4), word(6)];
}

function parseGroups(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const word = parseIPv4(group);
    return [word >>> 16, word & 0xffff];
  });
}

function parseIPv4(text: string): number {
  return text.split('.').reduce((word, part) => ((word << 8) | Number(part)) >>> 0, 0);
}
