import type { ProfileBuilder } from '../../profile/builder.ts';
import { Int32Column } from '../../profile/column.ts';
import { IntKeyMap } from '../../profile/int-key-map.ts';
import { type FrameIndex, NONE, type StackIndex } from '../../profile/profile.ts';

/** Position in a StackTree. */
export type StackNode = number;

/** Stacks of frames that are known by their number only, since the file says at its end what they are. */
export class StackTree {
  readonly #parent = new Int32Column(1024);
  readonly #frame = new Int32Column(1024);
  readonly #known = new IntKeyMap(1024);

  get length(): number {
    return this.#parent.length;
  }

  child(parent: StackNode, frame: number): StackNode {
    let node = this.#known.get(parent, frame);
    if (node === NONE) {
      this.#parent.push(parent);
      node = this.#frame.push(frame);
      this.#known.set(parent, frame, node);
    }
    return node;
  }

  parentOf(node: StackNode): StackNode {
    return this.#parent.at(node);
  }

  frameOf(node: StackNode): number {
    return this.#frame.at(node);
  }

  /** By node: its stack in the profile. A frame of NONE is left out. */
  stacks(builder: ProfileBuilder, frameOf: (frame: number) => FrameIndex): Int32Array {
    const stacks = new Int32Array(this.#parent.length);
    for (let node = 0; node < stacks.length; node++) {
      const parent = this.#parent.at(node);
      const stack: StackIndex = parent === NONE ? NONE : stacks[parent];
      const frame = frameOf(this.#frame.at(node));
      stacks[node] = frame === NONE ? stack : builder.stack(stack, frame);
    }
    return stacks;
  }
}
