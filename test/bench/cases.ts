/**
 * What is timed: a report of halogen beside the output of halog that answers the same question. halog always writes
 * every row, so halogen is timed doing that, and also writing the few that a person would look at.
 */

export interface Case {
  readonly name: string;
  /** Arguments of halogen before the FILE. */
  readonly halogen: readonly string[];
  readonly halog: readonly string[];
}

export const CASES: readonly Case[] = [
  { name: 'servers', halogen: ['servers', '--format', 'json'], halog: ['-srv'] },
  { name: 'status', halogen: ['status', '--format', 'json'], halog: ['-st'] },
  { name: 'terminations', halogen: ['terminations', '--format', 'json'], halog: ['-tc'] },
  { name: 'urls', halogen: ['urls', '--format', 'json'], halog: ['-ut'] },
  { name: 'urls-top', halogen: ['urls', '--format', 'json', '--limit', '20'], halog: ['-ut'] },
  { name: 'clients', halogen: ['clients', '--format', 'json'], halog: ['-ic'] },
  { name: 'clients-top', halogen: ['clients', '--format', 'json', '--limit', '20'], halog: ['-ic'] },
];

/** How the log reaches the program: named (or as stdin, for halog, which opens no files), or through a pipe. */
export const SOURCES = ['file', 'pipe'] as const;
export type Source = (typeof SOURCES)[number];
