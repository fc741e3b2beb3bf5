import { type FunctionIndex, NONE, type Profile } from '../profile.ts';
import { baseName } from '../unknown-name.ts';
import { pairedFiles } from './paired-files.ts';
import { pairedModules } from './paired-modules.ts';

/** What the functions, files and modules of one side are known by in both. */
export interface SideNames {
  file(path: string): string;
  /** By base name of its path. */
  module(name: string): string;
  /** Equal for two functions that are one. */
  function(func: FunctionIndex): string;
}

/**
 * How what is before and what is after are told to be the same: a function by its name, its source file and its module's base name. So it may
 * begin on another line, its module may lie elsewhere, and its sources may have been built in another folder. Parameters tell functions apart
 * only where several of a name are in one file. A file or a module that only one of the two formats knows doesn't count.
 */
export function sideNames(before: Profile, after: Profile): { before: SideNames; after: SideNames } {
  const files = pairedFiles(filesOf(before), filesOf(after));
  const modules = pairedModules(before, after);
  const hasFiles = [before, after].every((profile) => [...filesOf(profile)].some((file) => file !== ''));
  const hasModules = [before, after].every(({ functions }) => functions.module.some((module) => module !== NONE));
  const overloaded = new Set<string>();
  const namesOf = (profile: Profile, file: (path: string) => string, module: (name: string) => string): SideNames => {
    const { functions, strings } = profile;
    const plain = (func: FunctionIndex) => {
      const own = functions.module[func];
      const path = own === NONE ? '' : strings[profile.modules.path[own]];
      return JSON.stringify([
        strings[functions.name[func]],
        hasFiles ? file(strings[functions.file[func]]) : '',
        hasModules ? module(baseName(path)) : '',
      ]);
    };
    const fullNames = new Map<string, number>();
    for (let func = 0; func < functions.length; func++) {
      const name = plain(func);
      const known = fullNames.get(name);
      if (known === undefined) fullNames.set(name, functions.fullName[func]);
      else if (known !== functions.fullName[func]) overloaded.add(name);
    }
    return {
      file,
      module,
      function(func) {
        const name = plain(func);
        return overloaded.has(name) ? `${name} ${strings[functions.fullName[func]]}` : name;
      },
    };
  };
  return {
    before: namesOf(
      before,
      (path) => files.get(path) ?? path,
      (name) => modules.get(name) ?? name,
    ),
    after: namesOf(
      after,
      (path) => path,
      (name) => name,
    ),
  };
}

function filesOf({ functions, frames, strings }: Profile): Set<string> {
  return new Set([functions.file, frames.file].flatMap((column) => Array.from(column, (file) => strings[file])));
}
