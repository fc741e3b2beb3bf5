import { knownPackage } from './operations/package-of.ts';
import { NONE } from './profile.ts';
import type { FlameFunctions } from './queries/flame-graph.ts';
import { baseName } from './unknown-name.ts';

/** What a recording's code is told apart by: its modules, or its packages where all of it is in one module, or nobody knows in which. */
export type CodeGrouping = 'module' | 'package';

/** Groups of code in the order in which they are given colours: a module's path, a package's name; `''` is code of none. */
export interface CodeGroups {
  readonly by: CodeGrouping;
  readonly names: readonly string[];
}

/** What code of these modules is told apart by; `''` stands for none. */
export function codeGrouping(modules: Iterable<string>): CodeGrouping {
  const known = new Set(modules);
  known.delete('');
  return known.size > 1 ? 'module' : 'package';
}

/** The path of a module by its position; `''` for NONE. */
export function pathOfModule({ modules }: Pick<FlameFunctions, 'modules'>, module: number): string {
  return module === NONE ? '' : modules[module];
}

/** By function: the group that it is in. Who belongs to no package is told apart by file. */
export function groupOfEach(
  functions: Pick<FlameFunctions, 'name' | 'file' | 'module' | 'modules'>,
  by: CodeGrouping,
): string[] {
  const { name, file, module } = functions;
  return Array.from(module, (at, func) => {
    const path = pathOfModule(functions, at);
    if (by === 'module') return path;
    return knownPackage({ name: name[func], file: file[func] }) ?? (baseName(file[func]) || baseName(path));
  });
}
