import type { Profile } from '../profile.ts';
import type { OperationName } from './operation.ts';

/** Operations that take away what they mean: one of them that takes nothing away means nothing of what is there. */
const TAKING_AWAY: ReadonlySet<OperationName> = new Set<OperationName>([
  'ignore',
  'hide',
  'tagignore',
  'taghide',
  'without',
  'merge',
  'collapse',
  'collapse-module',
]);

/**
 * The profile after an operation, with a warning where that should have taken something away and didn't: a name that is written wrongly
 * leaves all as it was, which looks like an answer. What keeps what it means needs no such warning, since nothing would be left.
 */
export function sayingWhereWithoutEffect(before: Profile, after: Profile, op: OperationName, words: string): Profile {
  if (!TAKING_AWAY.has(op) || before.samples.length === 0 || !isSame(before, after)) return after;
  const { quality } = after;
  return { ...after, quality: { ...quality, warnings: [...quality.warnings, `“${words}” changes nothing here.`] } };
}

function isSame(before: Profile, after: Profile): boolean {
  return (
    before.samples.length === after.samples.length &&
    before.stacks.length === after.stacks.length &&
    before.labelSets.key.length === after.labelSets.key.length &&
    areEqual(before.samples.stack, after.samples.stack) &&
    areEqual(before.stacks.parent, after.stacks.parent) &&
    areEqual(before.stacks.frame, after.stacks.frame)
  );
}

function areEqual(a: Int32Array, b: Int32Array): boolean {
  if (a === b) return true;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
