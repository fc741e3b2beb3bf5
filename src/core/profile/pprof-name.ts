/**
 * A function's name as pprof's patterns of what to prune are matched with it: up to its parameters, and without the dot of old PowerPC
 * code. (simplifyFunc in https://github.com/google/pprof/blob/main/profile/prune.go)
 */
export function pprofName(name: string): string {
  const bare = name.startsWith('.') ? name.slice(1) : name;
  for (const found of bare.matchAll(/\(anonymous namespace\)|operator\(\)|\(/g)) {
    if (found[0] === '(') return bare.slice(0, found.index);
  }
  return bare;
}
