/** A readable C++ or Rust name without the parameters at its end: `f(int)::{lambda()#1}::operator()() const` → `f(int)::{lambda()#1}::operator()`. */
export function withoutParameters(fullName: string): string {
  const clone = / \[clone [^\]]*\]$/.exec(fullName);
  if (clone) return withoutParameters(fullName.slice(0, clone.index));
  const end = fullName.replace(/(?: (?:const|volatile|&&?))+$/, '');
  if (!end.endsWith(')')) return fullName;
  let depth = 0;
  for (let at = end.length - 1; at > 0; at--) {
    if (end[at] === ')') depth++;
    if (end[at] === '(' && --depth === 0) return end.endsWith('operator()') ? end : end.slice(0, at);
  }
  return fullName;
}
