import { MalformedPattern } from '../core/pattern.ts';
import { OPERATION_NAMES, rowOf } from '../core/profile/operations/index.ts';
import type { Operation, OperationName, OperationOf } from '../core/profile/operations/operation.ts';
import { PRESET_NAMES } from '../core/profile/operations/presets.ts';
import { isReversed, momentWords } from '../core/profile/operations/time-range.ts';
import { UnusableOperation } from '../core/profile/operations/unusable-operation.ts';
import { type Call, type CommandOption, UsageError } from './command.ts';

/** The options that do something to a recording before it is looked at: a row of the table of operations each. */
export const OPERATION_OPTIONS = optionsOf(OPERATION_NAMES.filter((name) => name !== 'invert'));

/** The same for what is written or drawn: turned round, self and total of a table would be other things. */
export const DRAWING_OPTIONS = optionsOf(OPERATION_NAMES);

/** What `--help` says where there are such options. */
export const OPERATION_NOTES = [
  `What is done to a recording is done in the order of this list, whatever the order it is given in; what takes a value may be given more than
once. RE is a regular expression of RE2's syntax, as in go tool pprof, found anywhere in a name. PRESET is one of:
${PRESET_NAMES.join(', ')}.`,
];

function optionsOf(names: readonly OperationName[]): Readonly<Record<string, CommandOption>> {
  return Object.fromEntries(
    names.map((name) => {
      const { value, help } = rowOf(name);
      return [name, value === '' ? { type: 'boolean', help } : { type: 'string', value, multiple: true, help }];
    }),
  );
}

/** What the options of a call ask for, in the table's order. Throws UsageError. */
export function operationsOf(call: Call): Operation[] {
  const operations = OPERATION_NAMES.flatMap((name) => {
    const given = call.values[name];
    if (given === undefined || given === false) return [];
    const texts = Array.isArray(given) ? given.map(String) : [''];
    return texts.map((text) => operationOf(name, text));
  });
  checkRange(operations);
  return operations;
}

function checkRange(operations: readonly Operation[]): void {
  const starts = operations.filter(({ op }) => op === 'from') as OperationOf<'from'>[];
  const ends = operations.filter(({ op }) => op === 'to') as OperationOf<'to'>[];
  for (const { at: from } of starts) {
    const to = ends.find(({ at }) => isReversed(from, at))?.at;
    if (to === undefined) continue;
    const [start, end] = [momentWords(from), momentWords(to)];
    throw new UsageError(`--from ${start} and --to ${end}: that range ends before it has begun.`);
  }
}

function operationOf(name: OperationName, text: string): Operation {
  try {
    return rowOf(name).read(text) as Operation;
  } catch (error) {
    if (!(error instanceof UnusableOperation || error instanceof MalformedPattern)) throw error;
    const { message } = error;
    throw new UsageError(message.startsWith(`--${name} `) ? message : `--${name}: ${message}`);
  }
}
