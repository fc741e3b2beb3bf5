import type { Profile } from '../profile.ts';
import { collapseCycles, collapseRecursion } from './collapse-recursion.ts';
import { focus, ignore } from './focus.ts';
import { collapseModules, GROUPS, groupBy } from './group.ts';
import { hide, show } from './hide.ts';
import { invert } from './invert.ts';
import { collapseCallees, mergeIntoCallers } from './merge.ts';
import type { Operation, OperationContext, OperationName, OperationRow } from './operation.ts';
import { choiceRow, filterRow, flagRow, momentRow, patternRow } from './operation-rows.ts';
import { counted, per, perSecond } from './per.ts';
import { PRESET_NAMES, PRESETS } from './presets.ts';
import { ofProcess } from './process.ts';
import { pruneFrom } from './prune-from.ts';
import { ROOTS, rootedBy, rootedByLabel } from './root.ts';
import { showFrom } from './show-from.ts';
import { showTo } from './show-to.ts';
import { tagFocus, tagIgnore } from './tag-filter.ts';
import { tagHide, tagShow } from './tag-show.ts';
import { UnusableOperation } from './unusable-operation.ts';
import { only, without } from './without.ts';
import { sayingWhereWithoutEffect } from './without-effect.ts';

/**
 * Everything that can be done to a profile before it is looked at, in the order in which the command line does it, whatever the order its
 * options are given in: labels as roots, then what `go tool pprof` does in its own order, then what it hasn't.
 */
export const OPERATIONS: { readonly [N in OperationName]: OperationRow<N> } = {
  process: {
    value: 'PID',
    help: 'Only samples of this process.',
    isWhole: ({ pid }) => Number.isInteger(pid),
    read(text) {
      if (/^\d+$/.test(text)) return { op: 'process', pid: Number(text) };
      throw new UnusableOperation(`${JSON.stringify(text)} is no process: expected its number.`);
    },
    write: ({ pid }) => String(pid),
    words: ({ pid }) => `process ${pid}`,
    apply: (profile, { pid }) => ofProcess(profile, pid),
  },
  from: momentRow('from', 'Only samples from this moment on: 1.5s, 200ms, 10%.', 'from'),
  to: momentRow('to', 'Only samples before this moment.', 'until'),
  root: choiceRow(
    'root',
    'by',
    ROOTS,
    'A call tree for each thread or process.',
    (by) => `a tree for each ${by}`,
    rootedBy,
  ),
  tagroot: {
    value: 'KEY',
    help: 'A call tree for each value of this label.',
    isWhole: ({ key }) => typeof key === 'string',
    read: (key) => ({ op: 'tagroot', key }),
    write: ({ key }) => key,
    words: ({ key }) => `a tree for each ${key}`,
    apply: (profile, { key }) => rootedByLabel(profile, key),
  },
  focus: patternRow('focus', 'Only samples with a function, file or module that matches.', 'only with', focus),
  ignore: patternRow(
    'ignore',
    'Without samples that have such a function, file or module.',
    'without samples of',
    ignore,
  ),
  hide: patternRow('hide', 'Without frames whose function, file or module matches.', 'hidden', hide),
  show: patternRow('show', 'Only frames whose function, file or module matches.', 'only frames of', show),
  'show-from': patternRow('show-from', 'Stacks from the outermost frame on that matches.', 'from', showFrom),
  tagfocus: filterRow('tagfocus', 'Only samples with a label that matches: RE, KEY=RE, 1kb:2kb.', 'labelled', tagFocus),
  tagignore: filterRow('tagignore', 'Without samples that have such a label.', 'not labelled', tagIgnore),
  tagshow: patternRow('tagshow', 'Only labels whose key matches.', 'only labels', tagShow),
  taghide: patternRow('taghide', 'Without labels whose key matches.', 'without labels', tagHide),
  'prune-from': patternRow('prune-from', 'Stacks down to the innermost function that matches.', 'down to', pruneFrom),
  'show-to': patternRow('show-to', 'Stacks down to the outermost frame that matches.', 'callers of', showTo),
  only: choiceRow(
    'only',
    'preset',
    PRESET_NAMES,
    'Only frames of this preset.',
    (name) => `only ${PRESETS[name].title}`,
    only,
  ),
  without: choiceRow(
    'without',
    'preset',
    PRESET_NAMES,
    'Frames of this preset count as part of their caller.',
    (name) => `without ${PRESETS[name].title}`,
    without,
  ),
  merge: patternRow(
    'merge',
    'Functions that match count as part of their caller.',
    'merged into callers:',
    mergeIntoCallers,
  ),
  collapse: patternRow(
    'collapse',
    'What functions that match call counts as their own.',
    'collapsed:',
    collapseCallees,
  ),
  'collapse-module': patternRow(
    'collapse-module',
    'Runs of frames in a module that matches are one.',
    'collapsed module',
    collapseModules,
  ),
  'collapse-recursion': flagRow(
    'collapse-recursion',
    'A function that calls itself is one frame.',
    'recursion collapsed',
    collapseRecursion,
  ),
  'collapse-cycles': flagRow(
    'collapse-cycles',
    'The same for calls in a circle; what is in it goes.',
    'cycles collapsed',
    collapseCycles,
  ),
  group: choiceRow(
    'group',
    'by',
    GROUPS,
    'Files, modules or packages in place of functions.',
    (by) => `by ${by}`,
    groupBy,
  ),
  count: flagRow('count', 'Entries of the recording are counted, whatever they weigh.', 'counted', counted),
  'per-second': flagRow('per-second', 'Weights by second of the recording.', 'per second', perSecond),
  per: {
    value: 'N[,NAME]',
    help: 'Weights divided by N: 1200,request.',
    isWhole: ({ amount, name }) => typeof amount === 'number' && typeof name === 'string',
    read(text) {
      const [, amount, name = 'unit'] = /^([^,]*)(?:,\s*(.*\S)\s*)?$/.exec(text) ?? [];
      if (amount?.trim() && Number(amount) > 0 && Number.isFinite(Number(amount))) {
        return { op: 'per', amount: Number(amount), name };
      }
      throw new UnusableOperation(
        `${JSON.stringify(text)} says no number above 0, or no name after it: expected 1200 or 1200,request.`,
      );
    },
    write: ({ amount, name }) => `${amount},${name}`,
    words: ({ amount, name }) => `per ${name}, of ${amount}`,
    apply: (profile, { amount, name }) => per(profile, amount, name),
  },
  invert: flagRow('invert', 'Stacks turned round: what ran, and below it who called it.', 'inverted', invert),
};

export const OPERATION_NAMES = Object.keys(OPERATIONS) as OperationName[];

/** The row of an operation, which takes what it is the row of. */
export function rowOf(name: OperationName): OperationRow<OperationName> {
  return OPERATIONS[name] as OperationRow<OperationName>;
}

/**
 * The profile after a list of operations, one after the other; `before` says what was done to it already. Throws UnusableOperation or
 * MalformedPattern.
 */
export function operated(
  profile: Profile,
  operations: readonly Operation[],
  before: OperationContext = { whole: profile, earlier: [] },
): Profile {
  const { whole } = before;
  return operations.reduce((shown, operation, at) => {
    const earlier = [...before.earlier, ...operations.slice(0, at)];
    const row = rowOf(operation.op);
    const after = row.apply(shown, operation, { whole, earlier });
    if (row.write(operation) === '') return after;
    return sayingWhereWithoutEffect(shown, after, operation.op, row.words(operation));
  }, profile);
}

/** An operation from data that may be anything; undefined where it is none, or none that can be understood. */
export function operationFrom(data: unknown): Operation | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { op } = data as { op?: unknown };
  if (typeof op !== 'string' || !Object.hasOwn(OPERATIONS, op)) return undefined;
  const row = rowOf(op as OperationName);
  if (!row.isWhole(data as Readonly<Record<string, unknown>>)) return undefined;
  try {
    row.read(row.write(data as Operation));
    return data as Operation;
  } catch {
    return undefined;
  }
}

/** The operations in a list that may be anything, as one that was stored or came with a link; without what is none. */
export function operationsFrom(data: unknown): readonly Operation[] {
  if (!Array.isArray(data)) return [];
  return data.slice(0, MOST_OPERATIONS).flatMap((one) => operationFrom(one) ?? []);
}

/** More than anyone puts together by hand. */
const MOST_OPERATIONS = 100;

/** What a chip of an operation says. */
export function operationWords(operation: Operation): string {
  return rowOf(operation.op).words(operation);
}
