import { type ModuleIndex, NONE, type Profile } from '../../profile/profile.ts';

/** Where a module's code lies: addresses from `start` to below `limit`. */
export interface Mapping {
  readonly module: ModuleIndex;
  readonly start: bigint;
  readonly limit: bigint;
}

/**
 * The modules that frames are in, the program first, since pprof takes the first for what was profiled. A module is
 * mapped where its own addresses are, in whole pages.
 */
export function mappings(profile: Profile): readonly Mapping[] {
  const { frames, modules } = profile;
  const lowest = new BigUint64Array(modules.length).fill(0xffff_ffff_ffff_ffffn);
  const highest = new BigUint64Array(modules.length);
  const isUsed = new Uint8Array(modules.length);
  for (let frame = 0; frame < frames.length; frame++) {
    const module = frames.module[frame];
    if (module === NONE) continue;
    const address = frames.address[frame];
    isUsed[module] = 1;
    if (address < lowest[module]) lowest[module] = address;
    if (address > highest[module]) highest[module] = address;
  }
  const program = programOf(profile);
  return Array.from(isUsed.keys())
    .filter((module) => isUsed[module] === 1)
    .sort((a, b) => Number(b === program) - Number(a === program) || a - b)
    .map((module) => {
      const limit = (highest[module] | PAGE_MASK) + 1n;
      return { module, start: lowest[module] & ~PAGE_MASK, limit: limit > LAST_PAGE ? LAST_PAGE : limit };
    });
}

/** The module that isn't a library or the kernel in which most samples have a frame, or NONE. */
function programOf({ samples, stacks, frames, modules, strings }: Profile): ModuleIndex {
  const count = new Float64Array(modules.length);
  const sampled = new Float64Array(stacks.length);
  for (let sample = 0; sample < samples.length; sample++) {
    if (samples.stack[sample] !== NONE) sampled[samples.stack[sample]]++;
  }
  for (let stack = stacks.length - 1; stack >= 0; stack--) {
    if (stacks.parent[stack] !== NONE) sampled[stacks.parent[stack]] += sampled[stack];
    const module = frames.module[stacks.frame[stack]];
    if (module !== NONE) count[module] += sampled[stack];
  }
  let program = NONE;
  for (let module = 0; module < modules.length; module++) {
    const path = strings[modules.path[module]];
    if (/^\[|\.so(\.|$)|\.ko(\.|$)|\.map$|vmlinux/.test(path)) continue;
    if (count[module] > (program === NONE ? 0 : count[program])) program = module;
  }
  return program;
}

const PAGE_MASK = 0xfffn;
/** Start of the last page: a limit has to be a number of 64 bits. */
const LAST_PAGE = 0xffff_ffff_ffff_f000n;
