/** What a mapping is a mapping of, in a profile's terms. */
export interface MappedModule {
  readonly path: string;
  readonly kind: 'native' | 'kernel' | 'jit';
  /** What to add to an address in the mapping, modulo 2^64, to get the address in the module. */
  readonly bias: bigint;
}

/**
 * The module of a user-space mapping that is named as the kernel names it in MMAP records. Addresses in it are offsets in its file; in
 * the vDSO and its like, offsets from its start; in memory without a file, where only a just-in-time compiler puts code, absolute, and
 * the module is the file that such a compiler describes its code in for perf.
 */
export function userModule(name: string, pid: number, start: bigint, pageOffset: bigint): MappedModule {
  if (isAnonymous(name)) return { path: `/tmp/perf-${pid}.map`, kind: 'jit', bias: 0n };
  // A 32-bit process on a 64-bit kernel has a vDSO of its own, which perf calls so.
  if (name === '[vdso]' && start < 1n << 32n) return { path: '[vdso32]', kind: 'native', bias: -start };
  if (name.startsWith('[')) return { path: name, kind: 'native', bias: -start };
  return { path: name, kind: 'native', bias: pageOffset - start };
}

/** The module of a mapping in the kernel; `name` is that of a module file, or `[kernel.kallsyms]` with a symbol perf relocates by. */
export function kernelModule(name: string): MappedModule {
  const image = /^\[(?:guest\.)?kernel\.kallsyms[^\]]*\]/.exec(name);
  return { path: image ? image[0] : name, kind: 'kernel', bias: 0n };
}

/** Names of memory without a file; `/memfd:` and `/dev/zero` are how some runtimes ask for it. */
function isAnonymous(name: string): boolean {
  return name === '' || ANONYMOUS.some((start) => name.startsWith(start));
}

const ANONYMOUS = ['//anon', '/anon_hugepage', '/dev/zero', '/memfd:', '/SYSV', '[anon', '[heap]', '[stack'];
