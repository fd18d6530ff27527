/** From options as typed to options as resolved: every value checked, before anything is opened. */

import { OPTION_NAMES, OPTIONS, type OptionName, type Options, type TypedOptions } from './option-table.ts';
import type { Given } from './values/value.ts';

/** In: what was typed, and the clock (epoch ms). Throws HalogenError OPTION_INVALID at the first bad value. */
export function resolveOptions(typed: TypedOptions, now: number): Options {
  const resolve = (name: OptionName, timezone: string | null): unknown => {
    const given: Given = { flag: OPTIONS[name].flag, now, timezone };
    const value = typed[name];
    return OPTIONS[name].parse(value === true ? '' : (value as string), given);
  };
  const timezone = typed.timezone === undefined ? null : (resolve('timezone', null) as string);
  const names = OPTION_NAMES.filter((name) => typed[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, resolve(name, timezone)])) as Options;
}
