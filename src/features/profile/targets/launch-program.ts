import { commandWords } from './command-words.ts';
import { type Entry, environmentOf, onLinux, type RawTarget, textOf } from './raw-program.ts';

/** The program that a launch configuration starts, if it is one that perf sees into. */
export function launchProgram(configuration: Entry): RawTarget {
  const entry = onLinux(configuration);
  const type = textOf(entry['type']);
  const reader = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  if (!reader) {
    return {
      problem: `Launch configurations of type ${type || 'none'} start no native program that perf can look into.`,
    };
  }
  if (textOf(entry['request']) === 'attach') {
    return { problem: 'It attaches to a process: choose the process under Running Processes instead.' };
  }
  const { program, args } = reader(entry);
  if (program === '') return { problem: 'It names no program.' };
  const words = Array.isArray(args) ? args.map(String) : wordsOf(textOf(args));
  if (!words) return { problem: 'Its arguments need a shell. Write them as a list.' };
  return {
    program: {
      argv: [program, ...words],
      cwd: textOf(entry['cwd']),
      env: { ...environmentOf(entry['environment']), ...environmentOf(entry['env']) },
      envFile: textOf(entry['envFile']),
      before: [textOf(entry['preLaunchTask'])].filter((label) => label !== ''),
    },
  };
}

type Reader = (entry: Entry) => { program: string; args: unknown };

const programAndArgs: Reader = (entry) => ({ program: textOf(entry['program']), args: entry['args'] ?? [] });

/** By type of the debugger: cpptools, CodeLLDB, lldb-dap, Native Debug, Cortex and Go (a built program). */
const READERS: Readonly<Record<string, Reader>> = {
  cppdbg: programAndArgs,
  lldb: programAndArgs,
  'lldb-dap': programAndArgs,
  'gdb-dap': programAndArgs,
  gdb: (entry) => ({
    program: textOf(entry['target']) || textOf(entry['program']),
    args: entry['arguments'] ?? entry['args'] ?? [],
  }),
  'lldb-mi': (entry) => ({ program: textOf(entry['target']), args: entry['arguments'] ?? [] }),
  go: (entry) => (textOf(entry['mode']) === 'exec' ? programAndArgs(entry) : { program: '', args: [] }),
};

function wordsOf(text: string): string[] | undefined {
  return text === '' ? [] : commandWords(text);
}
