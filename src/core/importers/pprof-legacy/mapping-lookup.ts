import { NONE } from '../../profile/profile.ts';
import type { Mapping } from './memory-map.ts';

/**
 * Finds the mapping of an address as pprof does: the first that holds it; else the first whose file would, had all of it been mapped
 * from its beginning, which then is taken to be. (remapMappingIDs in profile/legacy_profile.go of https://github.com/google/pprof)
 */
export class MappingLookup {
  readonly mappings: Mapping[];
  #stepsLeft = MOST_STEPS;

  constructor(mappings: readonly Mapping[]) {
    this.mappings = [...mappings];
    const [first, second] = mappings;
    // Memory that the program was moved to is part of what was mapped first.
    if (first?.file.startsWith('/anon_hugepage') && second && first.limit === second.start) this.mappings.shift();
  }

  find(address: bigint): number {
    if (address === 0n || this.#stepsLeft < 0) return NONE;
    const { mappings } = this;
    this.#stepsLeft -= mappings.length;
    const holder = mappings.findIndex(({ start, limit }) => start <= address && address < limit);
    if (holder !== -1) return holder;
    const before = mappings.findIndex(
      ({ start, offset }) => offset !== 0n && BigInt.asUintN(64, start - offset) <= address && address < start,
    );
    if (before === -1) return NONE;
    const { start, offset } = mappings[before];
    mappings[before] = { ...mappings[before], start: start - offset, offset: 0n };
    return before;
  }
}

/** Comparisons for all addresses together: some seconds of work. */
const MOST_STEPS = 2e8;
