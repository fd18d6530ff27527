/**
 * The logs on which halogen and halog are compared: what both understand. halog has no notion of TCP lines, of error lines
 * or of a plus before a time; of a cut line it reads what it finds. Those stay out.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Expected } from '../../fixtures/rig/expected.ts';
import { capturedLogs } from '../fixtures/captured.ts';

export interface Input {
  readonly name: string;
  readonly file: string;
  readonly lines: number;
  /** halog's `-s`: 1 (its default) for a header with a host name, 0 without. */
  readonly skip: number;
}

/** Writes the inputs into a folder of their own; `remove` takes it away. */
export function makeInputs(generatedLines: number): { readonly inputs: readonly Input[]; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'halogen-compare-'));
  return {
    inputs: [captured(join(folder, 'captured.log')), generated(join(folder, 'generated.log'), generatedLines)],
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function captured(file: string): Input {
  const lines = capturedLogs()
    .filter(({ name }) => name !== 'envelopes')
    .flatMap((log) => log.lines.filter((_, i) => isWholeHttp(log.expected[i] as Expected)));
  writeFileSync(file, lines.map((line) => `${line.toString('latin1')}\n`).join(''), 'latin1');
  return { name: 'the captured logs', file, lines: lines.length, skip: 0 };
}

function isWholeHttp({ kind, flags }: Expected): boolean {
  return kind === 'http' && !flags.some((flag) => flag === 'truncated' || flag.startsWith('partial'));
}

function generated(file: string, lines: number): Input {
  generateLog(file, '--lines', String(lines), '--seed', '7', '--distinct-urls', '5000');
  return { name: `${lines} generated lines`, file, lines, skip: 1 };
}

/** Runs the benchmark's generator. In: the file to write, and the generator's own options. */
export function generateLog(file: string, ...options: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, ['dist/test/bench/generate.js', '--output', file, ...options], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`generate: ${stderr}`);
}
