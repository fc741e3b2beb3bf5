import type { ModuleProblem } from './module-files.ts';

/** Modules that are named in a sentence; the rest are counted. */
const MOST_NAMED = 5;

type Problem = ModuleProblem | 'no tool' | 'unsure' | 'moved' | 'stripped' | 'changed';

const SENTENCES: Record<Problem, (modules: string, several: boolean) => string> = {
  missing: (modules, several) =>
    `${modules} ${several ? 'are' : 'is'} not on this machine, so ${several ? 'their' : 'its'} functions can't be named.`,
  rebuilt: (modules, several) =>
    `${modules} ${several ? 'were' : 'was'} rebuilt or replaced since the recording (the build-id differs), so ${several ? 'their' : 'its'} functions can't be named. Record again to see them.`,
  unreadable: (modules, several) => `${modules} ${several ? 'are not sound ELF files' : 'is not a sound ELF file'}.`,
  stripped: (modules, several) =>
    `${modules} ${several ? 'have' : 'has'} no symbols (stripped, or built without), so most of ${several ? 'their' : 'its'} functions can't be named.`,
  changed: (modules, several) =>
    `${modules} ${several ? 'were' : 'was'} written after the recording and ${several ? 'have' : 'has'} no build-id to tell whether anything changed: functions and lines may be named wrongly.`,
  unsure: (modules) =>
    `Functions of ${modules} are named by the files of this machine: the recording is of another and has no build-ids of them, so names may be wrong.`,
  moved: (modules) =>
    `Functions of ${modules} can't be named: the machine was started again since, and its kernel's modules lie elsewhere now.`,
  'no tool': (modules) =>
    `Lines and inlined functions of ${modules} are not shown: none of llvm-symbolizer, addr2line and eu-addr2line is installed.`,
};

/** What could not be used to name addresses, as few sentences however many modules a recording has. */
export class SymbolWarnings {
  readonly #sentences = new Set<string>();
  readonly #modules = new Map<Problem, string[]>();
  readonly #perfMaps = new Map<string, string[]>();

  add(sentence: string): void {
    if (this.#sentences.size < 2 * MOST_NAMED) this.#sentences.add(sentence);
  }

  module(problem: Problem, path: string): void {
    addTo(this.#modules, problem, path);
  }

  perfMap(path: string, problem: string): void {
    addTo(this.#perfMaps, problem, path);
  }

  sentences(): string[] {
    const all = [...this.#sentences];
    for (const [problem, paths] of this.#modules) all.push(SENTENCES[problem](listed(paths), paths.length > 1));
    for (const [problem, paths] of this.#perfMaps) {
      all.push(`Code that was compiled while it ran can't all be named by ${listed(paths)}: ${problem}.`);
    }
    return all;
  }
}

function addTo<K>(lists: Map<K, string[]>, key: K, path: string): void {
  const list = lists.get(key);
  if (list) list.push(path);
  else lists.set(key, [path]);
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).join(', ');
  return names.length > MOST_NAMED ? `${shown} and ${names.length - MOST_NAMED} more` : shown;
}
