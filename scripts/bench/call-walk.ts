import { seededRandom } from '../../test/support/seeded-random.ts';

/**
 * Stacks of a program's walk through a tree of calls between so many functions, each as numbers of functions, the outermost first; without
 * end. The array that is given is changed for the next.
 */
export function* callWalk(seed: number): Generator<readonly number[]> {
  const random = seededRandom(seed);
  const below = (end: number) => Math.floor(random() * end);
  const stack: number[] = [];
  for (;;) {
    if (stack.length === DEEPEST || (stack.length > 0 && random() < RETURNS)) stack.length = below(stack.length);
    // Each function calls a few others.
    stack.push(((stack.at(-1) ?? 0) * 31 + below(CALLEES) * 97 + 17) % WALKED_FUNCTIONS);
    if (stack.length >= SHALLOWEST && random() < 0.5) yield stack;
  }
}

export const WALKED_FUNCTIONS = 5000;
const CALLEES = 6;
const SHALLOWEST = 10;
const DEEPEST = 60;
/** How often some calls return before the next is made. */
const RETURNS = 0.05;
