import { getOrMake } from '../../get-or-make.ts';
import { Int32Column } from '../column.ts';
import {
  type FrameIndex,
  type FunctionIndex,
  type ModuleIndex,
  NONE,
  type Profile,
  type StringIndex,
} from '../profile.ts';

/** A frame that stands for something else than a place in code: a thread, a file, a module. */
export interface StandIn {
  readonly name: string;
  /** Source file, where it stands for one. */
  readonly file?: string;
  readonly module?: ModuleIndex;
  /** Position in FRAME_KINDS. */
  readonly kind?: number;
}

/** Frames, with their functions and strings, that come after those of a profile, so that all indexes stay as they are. Equal ones are one. */
export class AppendedFrames {
  readonly #profile: Profile;
  readonly #strings: string[] = [];
  readonly #stringIndex = new Map<string, StringIndex>([['', 0]]);
  readonly #frames = new Map<string, FrameIndex>();
  readonly #functions = new Map<string, FunctionIndex>();
  // By function.
  readonly #name = new Int32Column();
  readonly #file = new Int32Column();
  readonly #module = new Int32Column();
  // By frame.
  readonly #function = new Int32Column();
  readonly #kind = new Int32Column();

  constructor(profile: Profile) {
    this.#profile = profile;
  }

  frame({ kind = 0, ...place }: StandIn): FrameIndex {
    const own = this.#functionOf(place);
    return getOrMake(this.#frames, `${own} ${kind}`, () => {
      this.#kind.push(kind);
      return this.#profile.frames.length + this.#function.push(own);
    });
  }

  /** What it stands for is one, whatever kinds of code are in it. */
  #functionOf({ name, file = '', module = NONE }: Omit<StandIn, 'kind'>): FunctionIndex {
    return getOrMake(this.#functions, JSON.stringify([name, file, module]), () => {
      this.#file.push(this.#string(file));
      this.#module.push(module);
      return this.#profile.functions.length + this.#name.push(this.#string(name));
    });
  }

  /** The profile with the frames that were asked for. */
  finish(): Profile {
    const { strings, functions, frames } = this.#profile;
    const [name, file, module] = [this.#name.finish(), this.#file.finish(), this.#module.finish()];
    if (name.length === 0) return this.#profile;
    const own = this.#function.finish();
    const inFunctions = (column: Int32Array) => own.map((func) => column[func - functions.length]);
    return {
      ...this.#profile,
      strings: [...strings, ...this.#strings],
      functions: {
        length: functions.length + name.length,
        name: integers(functions.name, name),
        fullName: integers(functions.fullName, name),
        systemName: integers(functions.systemName, name),
        file: integers(functions.file, file),
        startLine: unsigned(functions.startLine, name.length),
        module: integers(functions.module, module),
      },
      frames: {
        length: frames.length + own.length,
        function: integers(frames.function, own),
        file: integers(frames.file, inFunctions(file)),
        line: unsigned(frames.line, own.length),
        column: unsigned(frames.column, own.length),
        module: integers(frames.module, inFunctions(module)),
        address: addresses(frames.address, own.length),
        inlined: bytes(frames.inlined, new Int32Array(own.length)),
        kind: bytes(frames.kind, this.#kind.finish()),
      },
    };
  }

  #string(text: string): StringIndex {
    let index = this.#stringIndex.get(text);
    if (index === undefined) {
      index = this.#profile.strings.length + this.#strings.push(text) - 1;
      this.#stringIndex.set(text, index);
    }
    return index;
  }
}

function integers(column: ArrayLike<number>, more: Int32Array): Int32Array {
  const longer = new Int32Array(column.length + more.length);
  longer.set(column);
  longer.set(more, column.length);
  return longer;
}

function bytes(column: Uint8Array, more: Int32Array): Uint8Array {
  const longer = new Uint8Array(column.length + more.length);
  longer.set(column);
  longer.set(more, column.length);
  return longer;
}

function unsigned(column: Uint32Array, more: number): Uint32Array {
  const longer = new Uint32Array(column.length + more);
  longer.set(column);
  return longer;
}

function addresses(column: BigUint64Array, more: number): BigUint64Array {
  const longer = new BigUint64Array(column.length + more);
  longer.set(column);
  return longer;
}
