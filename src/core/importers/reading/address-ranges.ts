import { NONE } from '../../profile/profile.ts';

export interface AddressRange {
  readonly start: number;
  /** The first address after it. */
  readonly end: number;
}

/**
 * Finds which of a list of ranges holds an address: the first in the list, where several do. The list may grow between look-ups. It is
 * sorted in blocks, later ones shorter, that are joined as it grows: so a look-up takes few steps, and so does growing.
 */
export class AddressRanges {
  readonly #ranges: readonly AddressRange[];
  readonly #blocks: Block[] = [];

  constructor(ranges: readonly AddressRange[]) {
    this.#ranges = ranges;
  }

  /** The position of the first range that holds the address, or NONE. */
  find(address: number): number {
    if (this.#ranges.length > (this.#blocks.at(-1)?.to ?? 0)) this.#sortNew();
    for (const block of this.#blocks) {
      const found = find(block, address);
      if (found !== NONE) return found;
    }
    return NONE;
  }

  #sortNew(): void {
    const blocks = this.#blocks;
    const to = this.#ranges.length;
    let from = blocks.at(-1)?.to ?? 0;
    // Each block stays more than twice as long as the next, so that there are few and each range is sorted few times.
    for (let last = blocks.at(-1); last && last.to - last.from <= 2 * (to - from); last = blocks.at(-1)) {
      from = last.from;
      blocks.pop();
    }
    blocks.push(sorted(this.#ranges, from, to));
  }
}

/** Ranges from one position in the list to another, as pieces that don't overlap. */
interface Block {
  readonly from: number;
  readonly to: number;
  /** Where pieces start, ascending; a piece ends where the next one starts. */
  readonly starts: Float64Array;
  /** By piece: the first range that holds it, or NONE. */
  readonly owner: Int32Array;
}

function sorted(ranges: readonly AddressRange[], from: number, to: number): Block {
  const ends = new Float64Array(2 * (to - from));
  for (let range = from; range < to; range++) {
    ends[2 * (range - from)] = ranges[range].start;
    ends[2 * (range - from) + 1] = ranges[range].end;
  }
  const starts = Float64Array.from(new Set(ends)).sort();
  const owner = new Int32Array(starts.length).fill(NONE);
  // By piece: a later one that has no owner yet is found by following these, which is short since what was followed is shortened.
  const next = Int32Array.from({ length: starts.length + 1 }, (_, piece) => piece);
  const free = (piece: number) => {
    let at = piece;
    while (next[at] !== at) {
      next[at] = next[next[at]];
      at = next[at];
    }
    return at;
  };
  for (let range = from; range < to; range++) {
    const { start, end } = ranges[range];
    if (!(start < end)) continue;
    const stop = pieceAt(starts, end);
    for (let piece = free(pieceAt(starts, start)); piece < stop; piece = free(piece)) {
      owner[piece] = range;
      next[piece] = piece + 1;
    }
  }
  return { from, to, starts, owner };
}

function find({ starts, owner }: Block, address: number): number {
  const piece = pieceAt(starts, address);
  return piece === -1 ? NONE : owner[piece];
}

/** The last piece that starts at or before an address; -1 where none does. */
function pieceAt(starts: Float64Array, address: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= address) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
