import { commandWords } from './command-words.ts';
import { type Entry, environmentOf, isEntry, onLinux, type RawTarget, textOf } from './raw-program.ts';

/**
 * The program that an entry of tasks.json runs; undefined for what is no process or shell task, or builds.
 * @param file the whole of tasks.json, for the options it gives to all tasks
 */
export function taskProgram(task: Entry, file: Entry = {}): RawTarget | undefined {
  const entry = onLinux(task);
  const type = textOf(entry['type']) || textOf(file['type']);
  if ((type !== 'process' && type !== 'shell') || isBuild(entry['group'])) return undefined;
  const command = wordOf(entry['command']);
  if (command === '') return undefined;
  const args = (Array.isArray(entry['args']) ? entry['args'] : []).map(wordOf);
  // A shell task without arguments may be a whole command line; with them, the command is one word.
  const words = type === 'shell' && args.length === 0 ? commandWords(command) : [command, ...args];
  if (!words) return { problem: 'Its command line needs a shell. Profile the program that it starts instead.' };
  const options = [file['options'], entry['options']].filter(isEntry);
  return {
    program: {
      argv: words,
      cwd: options.map(({ cwd }) => textOf(cwd)).findLast((cwd) => cwd !== '') ?? '',
      env: Object.assign({}, ...options.map(({ env }) => environmentOf(env))),
      envFile: '',
      before: [entry['dependsOn']].flat().filter((label): label is string => typeof label === 'string'),
    },
  };
}

/** A task's label: `label`, or what older files call `taskName`. */
export function taskLabel(task: Entry): string {
  return textOf(task['label']) || textOf(task['taskName']);
}

function isBuild(group: unknown): boolean {
  const kind = isEntry(group) ? textOf(group['kind']) : textOf(group);
  return kind === 'build' || kind === 'clean' || kind === 'rebuild';
}

/** A word that may come with its quoting: `{"value": "a b", "quoting": "strong"}`. */
function wordOf(word: unknown): string {
  if (isEntry(word)) return wordOf(word['value']);
  return Array.isArray(word) ? word.map(String).join(' ') : typeof word === 'string' ? word : String(word ?? '');
}
