/** Paths and queries of a made-up shop with an API: many, of varied length and shape, most popular first. */

import { TextTable } from './byte-writer.ts';
import type { Random } from './random.ts';

/** The pages every visitor meets; the most popular ranks. */
const PAGES = [
  '/',
  '/login',
  '/favicon.ico',
  '/api/v1/session',
  '/static/css/main.3f9a1c.css',
  '/static/js/app.81be07.js',
  '/healthz',
  '/cart',
  '/search',
  '/api/v1/me',
  '/robots.txt',
  '/static/img/logo.svg',
  '/checkout',
  '/account/orders',
  '/api/v2/notifications/unread',
  '/graphql',
] as const;

const PATTERNS: readonly ((token: string, word: string, number: number) => string)[] = [
  (token) => `/api/v1/orders/${token}/items`,
  (token) => `/api/v1/orders/${token}`,
  (token) => `/api/v1/customers/${token}/addresses/default`,
  (token, word) => `/products/${word}-${token}`,
  (token, word, number) => `/products/${word}/${number}/${token}/reviews`,
  (token) => `/img/thumb/${token.slice(0, 2)}/${token}.webp`,
  (token, word) => `/img/large/${word}/${token}.jpg`,
  (token, word) => `/static/chunks/${word}.${token}.js`,
  (token) => `/u/${token}`,
  (token, word, number) => `/blog/2026/${String(1 + (number % 12)).padStart(2, '0')}/${word}-${token}.html`,
  (token, word) => `/category/${word}/page/${token}`,
  (token) => `/api/v2/inventory/warehouses/${token}/stock-levels`,
  (token) => `/d/${token}/invoice.pdf`,
  (token, word) => `/help/${word}/${token}`,
];

const WORDS = 'garden lamp copper winter slow-cooker oak river linen travel atlas bicycle ceramic field-notes kettle north'.split(' ');

/** In: how many, at least 1. Out: as many paths, all different. A token that occurs once stands in each pattern, so no two can meet. */
export function makePaths(count: number): TextTable {
  const paths: string[] = PAGES.slice(0, count);
  for (let index = paths.length; index < count; index++) {
    const scrambled = Math.imul(index, 0x9e3779b1) >>> 0;
    const pattern = PATTERNS[(scrambled >>> 8) % PATTERNS.length] as (typeof PATTERNS)[number];
    paths.push(pattern(scrambled.toString(36), WORDS[scrambled % WORDS.length] as string, scrambled % 997));
  }
  return new TextTable(paths);
}

const QUERIES: readonly ((random: Random) => string)[] = [
  (random) => `?page=${1 + random.rank(50)}`,
  (random) => `?q=${WORDS[random.below(WORDS.length)]}+${WORDS[random.below(WORDS.length)]}&sort=price`,
  (random) => `?ref=${random.below(1_000_000).toString(36)}`,
  (random) => `?v=${random.below(1_000_000_000)}`,
  (random) => `?fields=id,name,price&limit=${10 * (1 + random.below(10))}&offset=${10 * random.rank(100)}`,
  () => '?',
];

/** `count` queries, with their `?`. */
export function makeQueries(count: number, random: Random): TextTable {
  return new TextTable(
    Array.from({ length: count }, () => {
      const query = QUERIES[random.below(QUERIES.length)] as (typeof QUERIES)[number];
      return query(random);
    }),
  );
}
