import { Int32Column } from './column.ts';
import { withCopiedFrames } from './copied-frames.ts';
import { IntKeyMap } from './int-key-map.ts';
import { keepSamples } from './keep-samples.ts';
import { type FrameIndex, type FrameTable, NONE, type Profile, type StackIndex } from './profile.ts';

/** Where a stack goes that is left out with its samples. */
export const DROPPED = -2;

/**
 * A new prefix tree of stacks over a profile's frames, and what the old stacks become in it: another stack, NONE for no frames, or
 * DROPPED. Equal stacks are one.
 */
export class RebuiltStacks {
  /** By old stack: the new one. Filled by whoever rebuilds. */
  readonly mapped: Int32Array;
  readonly #profile: Profile;
  readonly #known: IntKeyMap;
  readonly #parent = new Int32Column(1024);
  readonly #frame = new Int32Column(1024);
  readonly #physical = new IntKeyMap(64);
  /** By new frame row: the inlined frame that it is, and the frame whose machine code it is now in. */
  readonly #ofInlined: { readonly inlined: FrameIndex; readonly host: FrameIndex }[] = [];

  constructor(profile: Profile) {
    this.#profile = profile;
    this.#known = new IntKeyMap(profile.stacks.length);
    this.mapped = new Int32Array(profile.stacks.length).fill(NONE);
  }

  /** The stack with this frame called from `parent`. */
  add(parent: StackIndex, frame: FrameIndex): StackIndex {
    let index = this.#known.get(parent, frame);
    if (index === -1) {
      this.#parent.push(parent);
      index = this.#frame.push(frame);
      this.#known.set(parent, frame, index);
    }
    return index;
  }

  /**
   * An inlined frame as one of its own, for where the frame it was inlined into has gone: else it would seem inlined into whatever called
   * that. It is in that frame's machine code, at its address.
   */
  onItsOwn(inlined: FrameIndex, host: FrameIndex): FrameIndex {
    let row = this.#physical.get(inlined, host);
    if (row === -1) {
      row = this.#profile.frames.length + this.#ofInlined.push({ inlined, host }) - 1;
      this.#physical.set(inlined, host, row);
    }
    return row;
  }

  /** The profile with the new stacks, without the samples of stacks that are DROPPED, and of those without a stack where that is asked for. */
  finish({ dropsStackless = false }: { dropsStackless?: boolean } = {}): Profile {
    const kept = keepSamples(this.#profile, (sample) => {
      const stack = this.#profile.samples.stack[sample];
      return stack === NONE ? !dropsStackless : this.mapped[stack] !== DROPPED;
    });
    const { samples } = kept;
    return {
      ...kept,
      frames: this.#frames(),
      stacks: { length: this.#parent.length, parent: this.#parent.finish(), frame: this.#frame.finish() },
      samples: { ...samples, stack: samples.stack.map((stack) => (stack === NONE ? NONE : this.mapped[stack])) },
    };
  }

  #frames(): FrameTable {
    const { frames } = this.#profile;
    const more = this.#ofInlined;
    if (more.length === 0) return frames;
    const { module, address, inlined, ...same } = withCopiedFrames(
      frames,
      more.map((row) => row.inlined),
    );
    for (const [at, { host }] of more.entries()) {
      const row = frames.length + at;
      module[row] = frames.module[host];
      address[row] = frames.address[host];
      inlined[row] = 0;
    }
    return { ...same, module, address, inlined };
  }
}

/** By stack: the stack of the frame whose machine code its innermost frame is in; the stack itself where nothing is inlined. */
export function hostStacks({ stacks, frames }: Profile): Int32Array {
  const hosts = new Int32Array(stacks.length);
  for (let stack = 0; stack < stacks.length; stack++) {
    const isInlined = frames.inlined[stacks.frame[stack]] === 1 && stacks.parent[stack] !== NONE;
    hosts[stack] = isInlined ? hosts[stacks.parent[stack]] : stack;
  }
  return hosts;
}
