/** Medians of a benchmark as a table for people, and as a file to keep. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Source } from './cases.ts';
import { type Measurement, median } from './measure.ts';

/** Medians; null where it could not be measured. */
export interface Medians {
  readonly wallMs: number | null;
  readonly cpuMs: number | null;
  readonly peakMiB: number | null;
}

export interface Result {
  readonly name: string;
  readonly source: Source;
  readonly halogen: Medians;
  /** null where halog is not installed. */
  readonly halog: Medians | null;
}

export interface Context {
  readonly lines: number;
  readonly bytes: number;
  readonly runs: number;
  readonly command: string;
}

export function medians(measurements: readonly Measurement[]): Medians {
  return {
    wallMs: median(measurements.map(({ wallMs }) => wallMs)),
    cpuMs: median(measurements.map(({ cpuMs }) => cpuMs)),
    peakMiB: median(measurements.map(({ peakMiB }) => peakMiB)),
  };
}

/** halog ÷ halogen of wall time: above 1, halogen was faster. */
export function ratio({ halogen, halog }: Result): number | null {
  return halog === null || halog.wallMs === null || halogen.wallMs === null ? null : halog.wallMs / halogen.wallMs;
}

const HEADINGS = ['report', 'from', 'halogen ms', 'halog ms', 'halog ÷ halogen', 'CPU ms', 'halog CPU ms', 'peak MiB', 'halog peak MiB'];

export function table(results: readonly Result[]): string {
  const number = (value: number | null | undefined, digits = 0) => (value === null || value === undefined ? '-' : value.toFixed(digits));
  const rows = results.map((result) => {
    const { name, source, halogen, halog } = result;
    const pairs = (['wallMs', 'cpuMs', 'peakMiB'] as const).map((what) => [number(halogen[what]), number(halog?.[what])]);
    const [wall = [], ...others] = pairs;
    return [name, source, ...wall, number(ratio(result), 2), ...others.flat()];
  });
  const widths = HEADINGS.map((heading, column) => Math.max(heading.length, ...rows.map((row) => (row[column] as string).length)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] as number) : cell.padStart(widths[column] as number))).join('  ');
  return [HEADINGS, ...rows].map(line).join('\n');
}

/** Writes test/bench/results/DATE-LINES.json below the current folder. Out: its path. */
export function save(results: readonly Result[], context: Context): string {
  const now = new Date();
  const folder = join('test', 'bench', 'results');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${now.toISOString().slice(0, 10)}-${context.lines}-lines.json`);
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, memoryMiB: Math.round(totalmem() / 2 ** 20) };
  const rounded = results.map((result) => ({ ...result, ratio: ratio(result) }));
  const text = JSON.stringify({ date: now.toISOString(), node: process.version, machine, ...context, results: rounded }, round, 2);
  writeFileSync(path, `${text}\n`);
  return path;
}

const round = (_key: string, value: unknown): unknown => (typeof value === 'number' ? Math.round(value * 100) / 100 : value);
