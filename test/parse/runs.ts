/** How deep the property tests go: HALOGEN_RUNS multiplies the runs of each (1 unless set). */
const times = Number(process.env.HALOGEN_RUNS ?? '1');

export function runs(usual: number): { readonly numRuns: number } {
  return { numRuns: Math.max(1, Math.round(usual * times)) };
}
