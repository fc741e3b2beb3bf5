import type { FrameKind } from '../../profile/profile.ts';

/** What runs at an address of a module that perf names so. */
export function moduleKind(module: string, address: bigint): FrameKind {
  if (module === '') return address >= KERNEL_HALF ? 'kernel' : 'native';
  if (/\/perf-\d+\.map$/.test(module) || /\/jitted-\d+-\d+\.so$/.test(module)) return 'jit';
  if (/^(\/\/anon|\[anon\b)/.test(module)) return 'jit';
  if (module.startsWith('[')) return USER_BRACKETS.test(module) ? 'native' : 'kernel';
  return /(^|\/)vmlinux([-.][^/]*)?$|\.ko(\.[a-z0-9]+)?$/.test(module) ? 'kernel' : 'native';
}

/**
 * Bracketed names of memory that isn't the kernel's; every other one is the kernel or one of its modules:
 * `[nf_conntrack]`.
 */
const USER_BRACKETS = /^\[(vdso|vdso32|vdsox32|vsyscall|heap|stack|uprobes)[^\]]*\]/;

/** Where the kernel's half of the addresses starts on x86-64 and arm64. */
const KERNEL_HALF = 0xffff_8000_0000_0000n;
