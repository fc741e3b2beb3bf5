import type { CharacterSet } from './character-set.ts';

/** What has to be true of a place between two characters. */
export type Assertion = 'text start' | 'text end' | 'line start' | 'line end' | 'word edge' | 'no word edge';

/**
 * One step of a pattern's machine. Distances are from the step itself, so that a piece of program can be put anywhere, and twice.
 * A run that comes to the end of the program has found the pattern.
 */
export type Step =
  | { readonly does: 'read'; readonly set: CharacterSet }
  | { readonly does: 'assert'; readonly what: Assertion }
  | { readonly does: 'jump'; readonly distance: number }
  /** Goes on at the next step, and `distance` away too. */
  | { readonly does: 'fork'; readonly distance: number };

export type Program = readonly Step[];

/** Either of the programs. */
export function either(choices: readonly Program[]): Program {
  let whole = choices[choices.length - 1];
  for (let at = choices.length - 2; at >= 0; at--) {
    const own = choices[at];
    whole = [
      { does: 'fork', distance: own.length + 2 },
      ...own,
      { does: 'jump', distance: whole.length + 1 },
      ...whole,
    ];
  }
  return whole;
}

/** The program `least` to `most` times; `most` may be infinite. */
export function repeated(program: Program, least: number, most: number): Program {
  const steps: Step[] = [];
  for (let time = 0; time < least; time++) steps.push(...program);
  if (most === Number.POSITIVE_INFINITY) {
    steps.push({ does: 'fork', distance: program.length + 2 }, ...program);
    steps.push({ does: 'jump', distance: -program.length - 1 });
    return steps;
  }
  const optional = most - least;
  for (let time = 0; time < optional; time++) {
    steps.push({ does: 'fork', distance: (optional - time) * (program.length + 1) }, ...program);
  }
  return steps;
}
