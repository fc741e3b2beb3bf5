import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { MalformedInput } from '../core/importers/importer.ts';
import type { Profile, ValueType } from '../core/profile/profile.ts';
import { ask, type QueryAnswer, type QueryArguments, type QueryName } from '../core/profile/queries/index.ts';
import { QueryModel, type View } from '../core/profile/queries/query-model.ts';
import { openRecording } from '../runs/open-recording.ts';
import { type Call, type CommandOption, text, UsageError } from './command.ts';
import { OPERATION_OPTIONS, operationsOf } from './operation-options.ts';
import { pipedInput } from './piped-input.ts';
import { runArtifact } from './run-argument.ts';

/** A recording that a command was given, and the part of it that its options select. */
export interface Input {
  /** What a person calls it: its path, or standard input. */
  readonly name: string;
  readonly path: string;
  readonly model: QueryModel;
  readonly view: View;
  /** What is counted, as the operations leave it. */
  readonly value: ValueType;
  ask<N extends QueryName>(name: N, args: QueryArguments<N>): QueryAnswer<N>;
}

/** Says what is known against recordings, so that a figure isn't taken for more than it is; once, or of which of them where it isn't of all. */
export function tellWarnings(call: Call, ...inputs: readonly Input[]): void {
  const tell = (kind: string, of: (profile: Profile) => readonly string[]) => {
    const inputsOf = new Map<string, string[]>();
    for (const { model, name } of inputs) {
      for (const sentence of of(model.profile)) inputsOf.set(sentence, [...(inputsOf.get(sentence) ?? []), name]);
    }
    for (const [sentence, names] of inputsOf) {
      const where = names.length === inputs.length ? '' : `${names.join(', ')}: `;
      call.terminal.err(`${kind}: ${where}${sentence}\n`);
    }
  };
  tell('Warning', ({ quality, samples }) => [
    ...quality.warnings,
    ...(samples.length === 0 ? ['It holds no samples.'] : []),
  ]);
  tell('Note', ({ origin }) => origin.mayMislead);
}

/** The options that say what of a recording is looked at; the same for every command that reads one. */
export const VIEW_OPTIONS: Readonly<Record<string, CommandOption>> = {
  value: { type: 'string', value: 'TYPE', help: 'Value type (event) to count: a name that show lists.' },
  thread: { type: 'string', value: 'TID|NAME', multiple: true, help: 'Only this thread; may be given more than once.' },
  inlines: { type: 'boolean', help: '--no-inlines counts inlined functions as part of where they were inlined.' },
  kernel: { type: 'boolean', help: '--no-kernel counts kernel time as that of the code that made the system call.' },
  ...OPERATION_OPTIONS,
};

/** Opens what IN names, and says what is amiss with the part of it that the options select. */
export async function openInput(call: Call, word: string | undefined): Promise<Input> {
  const input = await readInput(call, word);
  viewed(call, input, input.view);
  return input;
}

/** What a view shows of an input. Says what is amiss with it: `side` is which of two it is. */
export function viewed(call: Call, { model }: Input, view: View, side?: string): ReturnType<QueryModel['viewed']> {
  const shown = model.viewed(view);
  const warnings = shown.profile.quality.warnings.slice(model.profile.quality.warnings.length);
  if (view.operations.length > 0 && shown.weights.sampleCount === 0) warnings.push('Nothing is left to be shown.');
  for (const warning of warnings) call.terminal.err(`Warning: ${side ? `${side}: ` : ''}${warning}\n`);
  return shown;
}

/** Opens what IN names: a file of any known format, a pipe, `-`, or a run by its id, the start of one, or `latest`. */
export async function readInput(call: Call, word: string | undefined): Promise<Input> {
  if (word === undefined || word === '')
    throw new UsageError('IN is missing: a recording, a run, or latest. See --help.');
  const { path, name } = await place(call, word);
  const isWithInlines = call.values['inlines'] !== false;
  let profile: Profile;
  try {
    profile = await openRecording(path, { inlines: isWithInlines, name }, ({ stage, done, at }) => {
      const what = stage === 'reading' ? `Reading ${name}` : `Looking up symbols${at ? ` of ${at}` : ''}`;
      call.terminal.progress(`${what}: ${Math.floor(done * 100)} %`);
    });
  } catch (error) {
    // An importer doesn't say which file is broken, and there may be two.
    throw error instanceof MalformedInput ? new UsageError(`${name}: ${error.message}`) : error;
  }
  call.terminal.progress('');
  const model = new QueryModel(profile);
  const view = viewOf(call, model);
  const { values } = model.viewed(view).profile;
  return { name, path, model, view, value: values[view.value], ask: (query, args) => ask(model, query, args) };
}

async function place(call: Call, word: string): Promise<{ readonly path: string; readonly name: string }> {
  const file = resolve(call.cwd, word);
  const piped = await pipedInput(word === '-' ? word : file, call.terminal.progress);
  if (piped) return piped;
  const path = existsSync(file) ? file : await runArtifact(call.cwd, word);
  return { path, name: path };
}

/** The view that a command's options select. Throws UsageError where one names something the profile hasn't. */
function viewOf(call: Call, { profile, defaultView }: QueryModel): View {
  const { values, threads, strings } = profile;
  const wanted = text(call, 'value');
  const value = wanted === undefined ? defaultView.value : values.findIndex(({ type }) => type === wanted);
  if (value < 0) {
    const known = values.map(({ type }) => type).join(', ');
    throw new UsageError(`There is no value type ${JSON.stringify(wanted)} in this recording. It has: ${known}.`);
  }
  const names = (call.values['thread'] as readonly string[] | undefined) ?? [];
  const chosen = names.flatMap((name) => {
    const found = Array.from({ length: threads.length }, (_, index) => index).filter(
      (index) => String(threads.tid[index]) === name || strings[threads.name[index]] === name,
    );
    if (found.length === 0) throw new UsageError(`There is no thread ${JSON.stringify(name)}; show lists them.`);
    return found;
  });
  const operations = operationsOf(call);
  for (const operation of operations) {
    if (operation.op === 'process' && !threads.pid.includes(operation.pid))
      throw new UsageError(`There is no process ${operation.pid}; show lists them.`);
  }
  return {
    value,
    threads: names.length > 0 ? chosen : null,
    inlines: call.values['inlines'] !== false,
    kernel: call.values['kernel'] !== false,
    operations,
  };
}
