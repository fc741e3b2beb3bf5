import { Int32Column } from '../../profile/column.ts';
import { IntKeyMap } from '../../profile/int-key-map.ts';
import {
  FRAME_KINDS,
  type FrameIndex,
  type FrameTable,
  type ModuleIndex,
  NONE,
  type StackIndex,
  type StackTable,
} from '../../profile/profile.ts';
import { IntTripleMap } from './int-triple-map.ts';
import type { Processes, SpaceVersion } from './processes.ts';

/** The frames and stacks of a profile, interned as samples come. Frames have addresses and no lines. */
export class StackRows {
  readonly #processes: Processes;
  readonly #frames = { module: new Int32Column(1024), low: new Int32Column(1024), high: new Int32Column(1024) };
  readonly #frameOf = new IntTripleMap();
  readonly #stacks = { parent: new Int32Column(1024), frame: new Int32Column(1024) };
  readonly #stackOf = new IntKeyMap(1024);

  constructor(processes: Processes) {
    this.#processes = processes;
  }

  /** The stack of `parent` with a frame for an address in a space on top. */
  push(parent: StackIndex, low: number, high: number, space: SpaceVersion): StackIndex {
    const known = space.stacks.get(parent, low, high);
    return known === NONE ? this.#add(parent, low, high, space) : known;
  }

  /** Tables of what was pushed. */
  finish(): { frames: FrameTable; stacks: StackTable } {
    const { low, high, module } = this.#frames;
    const { length } = module;
    const func = new Int32Array(length);
    const address = new BigUint64Array(length);
    const kind = new Uint8Array(length);
    for (let frame = 0; frame < length; frame++) {
      func[frame] = this.#processes.functionOf(module.at(frame));
      address[frame] = (BigInt(high.at(frame)) << 32n) | BigInt(low.at(frame) >>> 0);
      kind[frame] = FRAME_KINDS.indexOf(this.#processes.kindOf(module.at(frame)));
    }
    const zeros = () => new Uint32Array(length);
    const { parent, frame } = this.#stacks;
    return {
      frames: {
        length,
        function: func,
        file: zeros(),
        line: zeros(),
        column: zeros(),
        module: module.finish(),
        address,
        inlined: new Uint8Array(length),
        kind,
      },
      stacks: { length: parent.length, parent: parent.finish(), frame: frame.finish() },
    };
  }

  #add(parent: StackIndex, low: number, high: number, space: SpaceVersion): StackIndex {
    const { mappings } = this.#processes;
    const row = mappings.find(space.set, low, high);
    if (row === NONE && !space.isKernel) return this.#stack(parent, this.#frame(NONE, low, high));
    if (row === NONE) {
      const stack = this.#stack(parent, this.#frame(this.#processes.kernelImage(), low, high));
      space.stacks.add(parent, low, high, stack);
      return stack;
    }
    const biasLow = mappings.biasLow(row);
    const sum = (low >>> 0) + (biasLow >>> 0);
    const carry = sum > 0xffffffff ? 1 : 0;
    const frame = this.#frame(mappings.moduleOf(row), sum | 0, (high + mappings.biasHigh(row) + carry) | 0);
    const stack = this.#stack(parent, frame);
    space.stacks.add(parent, low, high, stack);
    return stack;
  }

  #frame(module: ModuleIndex, low: number, high: number): FrameIndex {
    const known = this.#frameOf.get(module, low, high);
    if (known !== NONE) return known;
    this.#frames.low.push(low);
    this.#frames.high.push(high);
    const frame = this.#frames.module.push(module);
    this.#frameOf.add(module, low, high, frame);
    return frame;
  }

  #stack(parent: StackIndex, frame: FrameIndex): StackIndex {
    const known = this.#stackOf.get(parent, frame);
    if (known !== NONE) return known;
    this.#stacks.parent.push(parent);
    const stack = this.#stacks.frame.push(frame);
    this.#stackOf.set(parent, frame, stack);
    return stack;
  }
}
