import { compilePattern, type Pattern } from '../pattern.ts';
import { byText } from './operations/matched-frames.ts';
import { NONE, type Profile } from './profile.ts';
import { baseName } from './unknown-name.ts';

/** What is looked for in a table: a piece of a name, or a regular expression of RE2's syntax. */
export interface TextSearch {
  readonly text: string;
  readonly isRegex: boolean;
  readonly matchCase: boolean;
}

/** Whether a text has what is looked for. Throws MalformedPattern. */
export function searchPattern({ text, isRegex, matchCase }: TextSearch): Pattern {
  if (isRegex) return compilePattern(matchCase ? text : `(?i)${text}`);
  if (matchCase) return (candidate) => candidate.includes(text);
  const lower = text.toLowerCase();
  return (candidate) => candidate.toLowerCase().includes(lower);
}

/** Whether a function, a file and a module, each by its index into the profile's tables, have what is looked for. */
export interface PlaceSearch {
  func(index: number): boolean;
  file(index: number): boolean;
  module(index: number): boolean;
}

/**
 * Searches names of functions with their parameters, and the last part of the paths of files and modules. Folders count only where a `/` is
 * looked for: else the name of a person's home would find everything.
 */
export function placeSearch({ strings, functions, modules }: Profile, search: TextSearch): PlaceSearch {
  const pattern = searchPattern(search);
  const inText = byText(strings, pattern);
  const inPath = search.text.includes('/') ? inText : byText(strings, (path) => pattern(baseName(path)));
  return {
    func: (index) => index !== NONE && inText(functions.fullName[index]),
    file: (index) => index !== 0 && inPath(index),
    module: (index) => index !== NONE && inPath(modules.path[index]),
  };
}

/** By function: 1 where its name, its file or its module has what is looked for. */
export function searchedFunctions(profile: Profile, search: TextSearch): Uint8Array {
  const { functions } = profile;
  const found = placeSearch(profile, search);
  return Uint8Array.from({ length: functions.length }, (_, func) =>
    found.func(func) || found.file(functions.file[func]) || found.module(functions.module[func]) ? 1 : 0,
  );
}
