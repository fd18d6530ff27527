/** Holds the import table against the sources: each breach is printed as `file → file`. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { test } from 'node:test';

const root = process.cwd();
const BASE = ['model', 'errors.ts', 'limits.ts'];
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  model: BASE,
  'errors.ts': BASE,
  'limits.ts': BASE,
  'webassembly.d.ts': [],
  format: BASE,
  parse: [...BASE, 'format'],
  input: BASE,
  analyze: BASE,
  store: [...BASE, 'analyze'],
  report: [...BASE, 'analyze'],
  app: [...BASE, 'format', 'parse', 'input', 'analyze', 'store', 'report'],
  cli: [...BASE, 'app', 'report'],
};

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

function imports(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'|new URL\('(\.[^']+)'/g)].map((m) =>
    normalize(join(dirname(file), (m[1] ?? m[2]) as string)),
  );
}

/** The room of a source: its folder below src, or the file itself for the two at the top. */
const room = (file: string): string => relative(join(root, 'src'), file).split('/')[0] as string;

test('when a source imports another, then the import table allows it', () => {
  const breaches: string[] = [];
  for (const file of sources(join(root, 'src'))) {
    const allowed = ALLOWED[room(file)];
    if (allowed === undefined) {
      breaches.push(`${relative(root, file)} → (its folder is not in the import table)`);
      continue;
    }
    for (const target of imports(file)) {
      if (room(target) === room(file) || allowed.includes(room(target))) continue;
      if (target.endsWith('package.json')) continue;
      breaches.push(`${relative(root, file)} → ${relative(root, target)}`);
    }
  }
  assert.deepEqual(breaches, []);
});

test('when the top level is listed, then it holds what the design names and nothing else', () => {
  const named = [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'biome.json',
    'src',
    'fixtures',
    'bin',
    'test',
    'README.md',
    'LICENSE',
    'CHANGELOG.md',
  ];
  const made = ['node_modules', 'dist'];
  const others = readdirSync(root).filter(
    (name) => !name.startsWith('.') && !named.includes(name) && !made.includes(name) && !name.includes('.db'),
  );
  assert.deepEqual(others, []);
});
