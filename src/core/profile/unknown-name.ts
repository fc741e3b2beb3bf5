/**
 * What code without a symbol is called: `libfoo.so+0x1234`, from the last part of the module's path and the address in it; `0x1234` where
 * the module isn't known either. Nothing is dropped for want of a name.
 */
export function unknownName(modulePath: string, address: bigint): string {
  const place = `0x${address.toString(16)}`;
  return modulePath === '' ? place : `${baseName(modulePath)}+${place}`;
}

/** Whether `name` is what `unknownName` calls code in this module. */
export function isUnknownName(name: string, modulePath: string): boolean {
  const start = modulePath === '' ? '' : `${baseName(modulePath)}+`;
  return name.startsWith(start) && /^0x[0-9a-f]+$/.test(name.slice(start.length));
}

/**
 * Whether `name` says that no symbol is known: as `unknownName` does, or as folded text of perf's does, which has `[unknown]` there, or the
 * module, `[libc.so.6]`.
 */
export function isWithoutSymbol(name: string, modulePath: string): boolean {
  if (name === '[unknown]' || isUnknownName(name, modulePath)) return true;
  return modulePath === '' && /^\[[^\]]*\.so[.\d]*\]$/.test(name);
}

/** The last part of a path; a name without a slash, such as `[vdso]`, is its own. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
