import { shellWord } from '../../shell-word.ts';
import { OPERATION_NAMES, rowOf } from '../operations/index.ts';
import type { Operation } from '../operations/operation.ts';
import { NONE, type Profile, type ThreadIndex } from '../profile.ts';
import type { QueryModel, View } from './query-model.ts';

export interface CommandLine {
  /** `perfwright top /tmp/perf.data --focus 'a b'`, for a POSIX shell. */
  readonly text: string;
  /** What it does otherwise than the view, a sentence each. */
  readonly differences: readonly string[];
}

/** The command that prints what a view shows as a table. */
export function commandLine(
  { profile, defaultView }: QueryModel,
  { view, path }: { view: View; path: string },
): CommandLine {
  const differences: string[] = [];
  const words = ['perfwright', 'top', path];
  const add = (option: string, value: string) => {
    if (value.includes('\0')) differences.push(`--${option} has a NUL in it, which no command line can have.`);
    // What begins with a dash is taken for another option where it stands alone.
    else words.push(...(value.startsWith('-') ? [`--${option}=${value}`] : [`--${option}`, value]));
  };
  const { type } = profile.values[view.value];
  if (view.value !== defaultView.value) add('value', type);
  if (view.value !== defaultView.value && profile.values.findIndex((value) => value.type === type) !== view.value) {
    differences.push(`There are several values called ${type}: it takes the first.`);
  }
  if (view.threads) {
    const called = [...new Set(view.threads.map((thread) => threadCalled(profile, thread)))];
    for (const word of called) add('thread', word);
    const isSame = new Set(view.threads).size === threadsCalled(profile, called);
    if (called.length === 0 || !isSame) differences.push('It takes other threads, too.');
  }
  if (!view.inlines) words.push('--no-inlines');
  if (!view.kernel) words.push('--no-kernel');
  const written = inOrder(view.operations).filter(({ op }) => op !== 'invert');
  if (written.length < view.operations.length) differences.push('Its table is not turned round: there is no --invert.');
  if (JSON.stringify(written) !== JSON.stringify(view.operations.filter(({ op }) => op !== 'invert'))) {
    differences.push('It does what is done to the recording in an order of its own; perfwright top --help has it.');
  }
  const flags = new Set<string>();
  for (const operation of written) {
    const row = rowOf(operation.op);
    if (row.value !== '') add(operation.op, row.write(operation));
    else flags.add(`--${operation.op}`);
  }
  words.push(...flags);
  return { text: words.map(shellWord).join(' '), differences };
}

/** What the command line finds a thread by: its name where its number isn't known, which is no number of others then. */
function threadCalled({ threads, strings }: Profile, thread: ThreadIndex): string {
  const tid = threads.tid[thread];
  return tid === NONE ? strings[threads.name[thread]] : String(tid);
}

/** How many threads the command line finds by these words, each a number or a name. */
function threadsCalled({ threads, strings }: Profile, words: readonly string[]): number {
  let found = 0;
  for (let thread = 0; thread < threads.length; thread++) {
    if (words.includes(String(threads.tid[thread])) || words.includes(strings[threads.name[thread]])) found++;
  }
  return found;
}

/** The operations in the order in which the command line does them. */
function inOrder(operations: readonly Operation[]): readonly Operation[] {
  return [...operations].sort((a, b) => OPERATION_NAMES.indexOf(a.op) - OPERATION_NAMES.indexOf(b.op));
}
