/**
 * Globs: `*` any run of characters, `?` one character, `[abc]`, `[a-z]` one of them, `[!…]` or `[^…]` none of them; a `[`
 * that nothing closes stands for itself. Case matters. The texts come from attackers, so matching never backtracks over
 * more than the last `*`: at worst text × pattern steps, where a regular expression could take far more.
 */

type Step = { readonly any: true } | { readonly any: false; matches(character: string): boolean };

/** Compiles a glob. Out: does the whole text match it? */
export function compileGlob(glob: string): (text: string) => boolean {
  if (!/[*?[]/.test(glob)) return (text) => text === glob;
  const steps = stepsOf([...glob]);
  return (text) => matchSteps(steps, [...text]);
}

function stepsOf(glob: readonly string[]): Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < glob.length; at++) {
    const character = glob[at] as string;
    const close = character === '[' ? glob.indexOf(']', at + (isNegation(glob[at + 1]) ? 3 : 2)) : -1;
    if (character === '*') steps.push({ any: true });
    else if (character === '?') steps.push({ any: false, matches: () => true });
    else if (close > 0) {
      steps.push({ any: false, matches: classOf(glob.slice(at + 1, close)) });
      at = close;
    } else steps.push({ any: false, matches: (given) => given === character });
  }
  return steps;
}

function classOf(inside: readonly string[]): (character: string) => boolean {
  const negated = isNegation(inside[0]);
  const ranges: (readonly [string, string])[] = [];
  for (let at = negated ? 1 : 0; at < inside.length; at++) {
    const first = inside[at] as string;
    const last = inside[at + 1] === '-' ? inside[at + 2] : undefined;
    ranges.push([first, last ?? first]);
    if (last !== undefined) at += 2;
  }
  return (character) => ranges.some(([first, last]) => first <= character && character <= last) !== negated;
}

function isNegation(character: string | undefined): boolean {
  return character === '!' || character === '^';
}

function matchSteps(steps: readonly Step[], text: readonly string[]): boolean {
  let step = 0;
  let at = 0;
  let starStep = -1;
  let starAt = 0;
  while (at < text.length) {
    const next = steps[step];
    if (next?.any) {
      starStep = step++;
      starAt = at;
    } else if (next?.matches(text[at] as string)) {
      step++;
      at++;
    } else if (starStep >= 0) {
      step = starStep + 1;
      at = ++starAt;
    } else return false;
  }
  while (steps[step]?.any) step++;
  return step === steps.length;
}
