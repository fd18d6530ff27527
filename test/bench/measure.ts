/**
 * Runs a program to its end and says what it took. Wall time is from the start of the process to its exit, with all
 * that starting costs. Node gives no resource usage of a child, so processor time and peak memory are read from /proc
 * every few milliseconds while it runs: the last reading stands, which may miss the last few milliseconds (memory's
 * high-water mark only ever rises). Without /proc both are null.
 */

import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import type { Source } from './cases.ts';

export interface Measurement {
  readonly wallMs: number;
  /** User and system time of all threads. */
  readonly cpuMs: number | null;
  readonly peakMiB: number | null;
}

const READ_EVERY_MS = 5;
/** Ticks of /proc/PID/stat; 100 a second on every Linux that Node runs on. */
const TICK_MS = 10;
const KEPT_OF_STDERR = 2_000;

/** In: program and arguments; `file` becomes its stdin, directly or through `cat` and a pipe. Throws Error unless it exits with 0. */
export async function measure(command: readonly string[], file: string, source: Source): Promise<Measurement> {
  const stdin = openSync(file, 'r');
  const [program = '', ...args] = source === 'file' ? command : ['bash', '-c', 'exec "$@" < <(cat)', 'bash', ...command];
  const start = performance.now();
  const child = spawn(program, args, { stdio: [stdin, 'ignore', 'pipe'] });
  let usage: Usage | null = null;
  const reading = setInterval(() => {
    usage = readUsage(child.pid) ?? usage;
  }, READ_EVERY_MS);
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-KEPT_OF_STDERR);
  });
  try {
    const wallMs = await new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status, signal) => {
        if (status === 0) resolve(performance.now() - start);
        else reject(new Error(`${command.join(' ')}: ended with ${signal ?? status}: ${errors}`));
      });
    });
    const last = usage as Usage | null;
    return { wallMs, cpuMs: last?.cpuMs ?? null, peakMiB: last?.peakMiB ?? null };
  } finally {
    clearInterval(reading);
    closeSync(stdin);
  }
}

interface Usage {
  readonly cpuMs: number;
  readonly peakMiB: number;
}

/** Out: null once the process has ended. */
function readUsage(pid: number | undefined): Usage | null {
  try {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    if (peak === null) return null;
    // The program's name stands in parentheses and may hold blanks; user and system ticks are the 12th and 13th field behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS, peakMiB: Number(peak[1]) / 1024 };
  } catch {
    return null; // it has just exited, or this is no Linux
  }
}

/** The middle value, or the mean of the two in the middle; null if any is missing. */
export function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (known.length < values.length || known.length === 0) return null;
  const middle = Math.floor(known.length / 2);
  if (known.length % 2 === 1) return known[middle] as number;
  return ((known[middle - 1] as number) + (known[middle] as number)) / 2;
}
