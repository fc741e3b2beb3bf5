import { compilePattern } from '../../pattern.ts';
import type { Profile } from '../profile.ts';
import type { Operation, OperationName, OperationOf, OperationRow, PatternOperation } from './operation.ts';
import { perSecondOfRange } from './per.ts';
import { isMoment, type Moment, momentText, momentWords, readMoment, type TimeRange, timeRange } from './time-range.ts';
import { UnusableOperation } from './unusable-operation.ts';

/** An operation with a regular expression; an empty one changes nothing, as in pprof. */
export function patternRow<N extends PatternOperation>(
  op: N,
  help: string,
  words: string,
  apply: (profile: Profile, pattern: string) => Profile,
): OperationRow<N> {
  const patternOf = (operation: OperationOf<N>) => (operation as { readonly pattern: string }).pattern;
  return {
    value: 'RE',
    help,
    isWhole: ({ pattern }) => typeof pattern === 'string',
    read(pattern) {
      compilePattern(pattern);
      return { op, pattern } as OperationOf<N>;
    },
    write: patternOf,
    words: (operation) => `${words} /${patternOf(operation)}/`,
    apply: (profile, operation) => (patternOf(operation) === '' ? profile : apply(profile, patternOf(operation))),
  };
}

/** An operation that filters by labels; an empty filter changes nothing, as in pprof. */
export function filterRow<N extends 'tagfocus' | 'tagignore'>(
  op: N,
  help: string,
  words: string,
  apply: (profile: Profile, filter: string) => Profile,
): OperationRow<N> {
  const filterOf = (operation: OperationOf<N>) => (operation as { readonly filter: string }).filter;
  return {
    value: 'FILTER',
    help,
    isWhole: ({ filter }) => typeof filter === 'string',
    read(filter) {
      // What is a range of numbers is a pattern too, so all that can be wrong is a pattern.
      for (const pattern of filter.slice(filter.indexOf('=') + 1).split(',')) compilePattern(pattern);
      return { op, filter } as OperationOf<N>;
    },
    write: filterOf,
    words: (operation) => `${words} ${filterOf(operation)}`,
    apply: (profile, operation) => (filterOf(operation) === '' ? profile : apply(profile, filterOf(operation))),
  };
}

/** An operation with one of a few words. */
export function choiceRow<N extends OperationName, F extends string, C extends string>(
  op: N,
  field: F,
  choices: readonly C[],
  help: string,
  words: (choice: C) => string,
  apply: (profile: Profile, choice: C) => Profile,
): OperationRow<N> {
  const choiceOf = (operation: OperationOf<N>) => (operation as unknown as Readonly<Record<F, C>>)[field];
  return {
    value: choices.length > 4 ? 'PRESET' : choices.join('|'),
    choices,
    help,
    isWhole: (operation) => choices.includes(operation[field] as C),
    read(text) {
      const choice = choices.find((known) => known === text);
      if (choice) return { op, [field]: choice } as unknown as OperationOf<N>;
      throw new UnusableOperation(`--${op} is ${JSON.stringify(text)}, expected one of: ${choices.join(', ')}.`);
    },
    write: choiceOf,
    words: (operation) => words(choiceOf(operation)),
    apply: (profile, operation) => apply(profile, choiceOf(operation)),
  };
}

/** An operation that is there or not. */
export function flagRow<N extends OperationName>(
  op: N,
  help: string,
  words: string,
  apply: (profile: Profile) => Profile,
): OperationRow<N> {
  return {
    value: '',
    help,
    isWhole: () => true,
    read: () => ({ op }) as OperationOf<N>,
    write: () => '',
    words: () => words,
    apply: (profile) => apply(profile),
  };
}

/** An end of a range of time. */
export function momentRow<N extends 'from' | 'to'>(op: N, help: string, words: string): OperationRow<N> {
  const momentOf = (operation: OperationOf<N>) => (operation as { readonly at: Moment }).at;
  return {
    value: 'TIME',
    help,
    isWhole: ({ at }) => isMoment(at),
    read: (text) => ({ op, at: readMoment(text) }) as OperationOf<N>,
    write: (operation) => momentText(momentOf(operation)),
    words: (operation) => `${words} ${momentWords(momentOf(operation))}`,
    apply(profile, operation, { whole, earlier }) {
      const left = timeRange(profile, [...earlier, operation as Operation].flatMap(rangeOf), whole);
      return isPerSecond(earlier) ? perSecondOfRange(left, profile) : left;
    },
  };
}

/** Whether weights are told per second by then: to count entries begins anew. */
function isPerSecond(earlier: readonly Operation[]): boolean {
  return earlier.findLast(({ op }) => op === 'per-second' || op === 'count')?.op === 'per-second';
}

function rangeOf(operation: Operation): TimeRange[] {
  if (operation.op === 'from') return [{ from: operation.at }];
  return operation.op === 'to' ? [{ to: operation.at }] : [];
}
