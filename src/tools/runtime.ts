import { closeSync, openSync, readlinkSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { readElfProgram } from './elf-program.ts';
import { findOnPath } from './find-on-path.ts';
import { readProc } from './proc-stat.ts';

/** What runs a program's code: it decides which profiler sees the program's own functions. */
export type Runtime = 'python' | 'node' | 'go' | 'java' | 'native';

/**
 * The runtime of what a command line starts, by its name, its `#!` line, or what was built into it. Words before the program proper, such
 * as `env NAME=value` and `uv run`, are looked past. `native` where nothing tells otherwise.
 */
export async function runtimeOfProgram(
  argv: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Runtime> {
  const [program = ''] = withoutWrappers(argv);
  const known = runtimeOfName(basename(program));
  if (known) return known;
  const found = findOnPath(program, env, cwd);
  if (found.kind !== 'found') return 'native';
  const [interpreter] = withoutWrappers(interpreterOf(found.path));
  const scripted = interpreter === undefined ? undefined : runtimeOfName(basename(interpreter));
  return scripted ?? (await runtimeOfFile(found.path));
}

/** The runtime of a process: by its executable, and by the libraries that it has mapped. */
export async function runtimeOfProcess(pid: number): Promise<Runtime> {
  const known = runtimeByName(pid);
  if (known) return known;
  const maps = readProc(`${pid}/maps`) ?? '';
  const mapped = LIBRARIES.find(({ library }) => library.test(maps));
  return mapped?.runtime ?? (await runtimeOfFile(`/proc/${pid}/exe`));
}

/** The same by its executable's name alone, for many processes at once; undefined where that doesn't tell. */
export function runtimeByName(pid: number): Runtime | undefined {
  return runtimeOfName(basename(executableOf(pid)));
}

/** What a person calls them; '' for what has no name of its own. */
export const RUNTIME_TITLES: Readonly<Record<Runtime, string>> = {
  python: 'Python',
  node: 'Node',
  go: 'Go',
  java: 'Java',
  native: '',
};

/** By the name of the executable. Package managers are scripts of the runtime that they run. */
const NAMES: readonly { readonly runtime: Runtime; readonly name: RegExp }[] = [
  { runtime: 'python', name: /^(python|pypy)[\d.]*t?$/ },
  { runtime: 'python', name: /^(pytest|pip|uvicorn|gunicorn|flask|django-admin|celery)$/ },
  { runtime: 'node', name: /^(node|nodejs|npm|npx|yarn|pnpm|tsx|ts-node)$/ },
  { runtime: 'java', name: /^(java|mvn|mvnw|gradle|gradlew|jshell)$/ },
  { runtime: 'go', name: /^go$/ },
];

const LIBRARIES: readonly { readonly runtime: Runtime; readonly library: RegExp }[] = [
  { runtime: 'python', library: /\/libpython[\d.]+t?\.so/ },
  { runtime: 'java', library: /\/libjvm\.so/ },
  { runtime: 'node', library: /\/libnode\.so/ },
];

function runtimeOfName(name: string): Runtime | undefined {
  return NAMES.find((row) => row.name.test(name))?.runtime;
}

async function runtimeOfFile(path: string): Promise<Runtime> {
  try {
    return (await readElfProgram(path))?.isGo ? 'go' : 'native';
  } catch {
    return 'native';
  }
}

/** Programs that start the program named after them, and the words that stand between. */
const WRAPPERS: Readonly<Record<string, RegExp>> = {
  env: /^(-|\w+=)/,
  nice: /^(-|\d)/,
  ionice: /^(-|\d)/,
  timeout: /^(-|[\d.]+[smhd]?$)/,
  stdbuf: /^-/,
  nohup: /^-/,
  setsid: /^-/,
  taskset: /^(-|0x|[\da-f,-]+$)/,
  time: /^-/,
  uv: /^(run$|-)/,
  poetry: /^(run$|-)/,
  pipenv: /^(run$|-)/,
  pdm: /^(run$|-)/,
  hatch: /^(run$|-)/,
};

function withoutWrappers(argv: readonly string[]): readonly string[] {
  let at = 0;
  for (;;) {
    const words = WRAPPERS[basename(argv[at] ?? '')];
    if (words === undefined) return argv.slice(at);
    at++;
    while (at < argv.length && words.test(argv[at])) at++;
  }
}

/** The words of a script's `#!` line (execve(2)), none where it has none. */
function interpreterOf(path: string): readonly string[] {
  const head = Buffer.alloc(256);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, head, 0, head.length, 0);
    } finally {
      closeSync(file);
    }
  } catch {
    return [];
  }
  const line = /^#!\s*([^\n\0]*)/.exec(head.toString('latin1'))?.[1] ?? '';
  return line.split(/\s+/).filter((word) => word !== '');
}

/** '' where it can't be seen. What was replaced by a newer file has that said after its name. */
function executableOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '');
  } catch {
    return '';
  }
}
