import type { FrameKind } from '../../profile/profile.ts';
import { kernelModule } from '../perf-data/mapped-module.ts';
import { moduleKind } from '../perf-script/module-kind.ts';

/** A mapping of a pprof profile in a profile's terms. */
export interface MappedModule {
  /** `''` where the mapping has no file. */
  readonly path: string;
  readonly kind: FrameKind;
  /** What to add to an address in the mapping, modulo 2^64, to get the offset in the file; 0 where addresses stay absolute. */
  readonly bias: bigint;
  /** The same for code whose function is known, which nobody will look up in the file. */
  readonly namedBias: bigint;
}

/**
 * What is mapped from `start`, `offset` bytes into the file. Code without a name gets the offset in its file, by which `symbols/` finds
 * it. Code with a name keeps the address that the linker gave it, as far as can be known without the file: that of a program that is
 * loaded where it was linked to, below 4 GiB; else the offset.
 */
export function mappedModule(file: string, start: bigint, offset: bigint): MappedModule {
  const kind = file === '' ? 'native' : moduleKind(file, 0n);
  if (kind === 'kernel') return { path: kernelModule(file).path, kind, bias: 0n, namedBias: 0n };
  if (kind === 'jit' || file === '') return { path: file, kind, bias: 0n, namedBias: 0n };
  const bias = offset - start;
  return { path: file, kind, bias, namedBias: start < 1n << 32n ? 0n : bias };
}
