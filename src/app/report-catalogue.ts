/** The reports there are and the words to ask for one: what the command line needs to know before anything is read. */

export { rowKeys } from '../analyze/group-keys.ts';
export type { FilterSpec, Key, ReportPlan, Shape } from '../analyze/plan.ts';
export { REPORTS, sortKeys } from '../analyze/reports.ts';
