import { NONE, type Profile } from '../profile.ts';
import { baseName } from '../unknown-name.ts';

/**
 * By base name of a module before, its base name after: the same; but where one module has gone and one has come that have most of their
 * functions in common, it is the same program under another name.
 */
export function pairedModules(before: Profile, after: Profile): ReadonlyMap<string, string> {
  const left = namesByModule(before);
  const right = namesByModule(after);
  const pairs = new Map<string, string>();
  for (const name of left.keys()) if (right.has(name)) pairs.set(name, name);
  const gone = [...left].filter(([name]) => !right.has(name));
  const come = [...right].filter(([name]) => !left.has(name));
  if (gone.length !== 1 || come.length !== 1) return pairs;
  const [[oldName, oldFunctions], [newName, newFunctions]] = [gone[0], come[0]];
  const shared = [...oldFunctions].filter((name) => newFunctions.has(name)).length;
  if (shared * 2 >= Math.max(1, Math.min(oldFunctions.size, newFunctions.size))) pairs.set(oldName, newName);
  return pairs;
}

/** By base name of a module: the names of functions in it. */
function namesByModule({ functions, modules, strings }: Profile): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  for (let func = 0; func < functions.length; func++) {
    const module = functions.module[func];
    if (module === NONE) continue;
    const name = baseName(strings[modules.path[module]]);
    const known = names.get(name);
    if (known) known.add(strings[functions.name[func]]);
    else names.set(name, new Set([strings[functions.name[func]]]));
  }
  return names;
}
