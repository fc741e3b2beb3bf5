import { Int32Column } from '../../profile/column.ts';
import { IntKeyMap } from '../../profile/int-key-map.ts';
import { NONE, type StackIndex, type StackTable } from '../../profile/profile.ts';
import { prunedStart } from './frame-pruning.ts';

/** Interns stacks of locations as stacks of frames. */
export class StackRows {
  readonly #first: ArrayLike<number>;
  readonly #frames: ArrayLike<number>;
  /** By location: what pruning does to it; `undefined` where nothing is pruned. */
  readonly #pruned: Uint8Array | undefined;
  readonly #parent = new Int32Column(1024);
  readonly #frame = new Int32Column(1024);
  readonly #known: IntKeyMap;
  /** The locations of the stack before, outermost first, and the stack of each: neighbours in a file often have callers in common. */
  #lastLocations = new Int32Array(64);
  #lastStacks = new Int32Array(64);
  #lastCount = 0;

  /** The frames of location l, innermost first, are `frames[first[l]]` up to `frames[first[l + 1]]`. */
  constructor(first: ArrayLike<number>, frames: ArrayLike<number>, pruned: Uint8Array | undefined, samples: number) {
    this.#first = first;
    this.#frames = frames;
    this.#pruned = pruned;
    this.#known = new IntKeyMap(samples);
  }

  /** The stack of these locations, of which there are so many, innermost first. */
  stackOf(locations: Int32Array, count: number): StackIndex {
    const start = this.#pruned ? prunedStart(locations, count, this.#pruned) : 0;
    const length = count - start;
    if (length > this.#lastLocations.length) this.#grow(length);
    const lastLocations = this.#lastLocations;
    const lastStacks = this.#lastStacks;
    const common = Math.min(length, this.#lastCount);
    let depth = 0;
    while (depth < common && lastLocations[depth] === locations[count - 1 - depth]) depth++;
    let stack: StackIndex = depth === 0 ? NONE : lastStacks[depth - 1];
    const first = this.#first;
    const frames = this.#frames;
    for (; depth < length; depth++) {
      const location = locations[count - 1 - depth];
      for (let at = first[location + 1] - 1; at >= first[location]; at--) stack = this.#stack(stack, frames[at]);
      lastLocations[depth] = location;
      lastStacks[depth] = stack;
    }
    this.#lastCount = length;
    return stack;
  }

  finish(): StackTable {
    return { length: this.#parent.length, parent: this.#parent.finish(), frame: this.#frame.finish() };
  }

  #stack(parent: StackIndex, frame: number): StackIndex {
    const known = this.#known.get(parent, frame);
    if (known !== NONE) return known;
    this.#parent.push(parent);
    const stack = this.#frame.push(frame);
    this.#known.set(parent, frame, stack);
    return stack;
  }

  #grow(length: number): void {
    const larger = Math.max(length, this.#lastLocations.length * 2);
    const [locations, stacks] = [new Int32Array(larger), new Int32Array(larger)];
    locations.set(this.#lastLocations);
    stacks.set(this.#lastStacks);
    this.#lastLocations = locations;
    this.#lastStacks = stacks;
  }
}
