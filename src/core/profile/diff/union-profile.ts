import { ProfileBuilder } from '../builder.ts';
import { Float64Column, Int32Column } from '../column.ts';
import { IntKeyMap } from '../int-key-map.ts';
import { FRAME_KINDS, NONE, type Profile } from '../profile.ts';
import type { StackWeights } from '../stack-weights.ts';
import { baseName } from '../unknown-name.ts';
import { type SideNames, sideNames } from './function-identity.ts';

/** A profile as it is looked at, and what its stacks weigh. */
export interface Side {
  readonly profile: Profile;
  readonly weights: StackWeights;
  /** Of all that is compared, where filters have left out some of it. */
  readonly whole?: StackWeights;
}

/** Two profiles in one: its tables have what either has, and by stack there's what it weighs in each. */
export interface Union {
  readonly profile: Profile;
  readonly before: Float64Array;
  readonly after: Float64Array;
}

/**
 * The tables of two profiles as one, where what is the same in both (function-identity.ts) is one row. How it is called and where it is, is told as
 * it is after. Addresses are left out, for those of two builds have nothing in common.
 */
export function unionProfile(before: Side, after: Side): Union {
  const builder = new ProfileBuilder();
  const names = sideNames(before.profile, after.profile);
  const stacks = new UnionStacks(builder);
  // What is after comes first, so that rows both have are told as they are now.
  const ofAfter = stacks.add(after, names.after);
  const ofBefore = stacks.add(before, names.before);
  const profile = builder.finish();
  const { parent, frame } = stacks.finish();
  const length = parent.length;
  const filled = (sums: Float64Column) => {
    const column = new Float64Array(length);
    column.set(sums.finish());
    return column;
  };
  return {
    profile: { ...profile, stacks: { length, parent, frame } },
    before: filled(ofBefore),
    after: filled(ofAfter),
  };
}

/** Stacks of one profile after another, over shared functions and frames. */
class UnionStacks {
  readonly #builder: ProfileBuilder;
  readonly #known = new IntKeyMap(1024);
  readonly #parent = new Int32Column(1024);
  readonly #frame = new Int32Column(1024);
  readonly #functionOf = new Map<string, number>();
  readonly #moduleOf = new Map<string, number>();

  constructor(builder: ProfileBuilder) {
    this.#builder = builder;
  }

  /** Adds what a side has. Gives by stack of the union what it weighs there. */
  add({ profile, weights }: Side, names: SideNames): Float64Column {
    const { stacks } = profile;
    const frames = this.#frames(profile, names);
    const mapped = new Int32Array(stacks.length).fill(NONE);
    const sums = new Float64Column(1024);
    for (let stack = 0; stack < stacks.length; stack++) {
      if (weights.touched[stack] === 0) continue;
      const up = stacks.parent[stack] === NONE ? NONE : mapped[stacks.parent[stack]];
      const frame = frames[stacks.frame[stack]];
      let index = this.#known.get(up, frame);
      if (index === -1) {
        this.#parent.push(up);
        index = this.#frame.push(frame);
        this.#known.set(up, frame, index);
      }
      mapped[stack] = index;
      while (sums.length <= index) sums.push(0);
      sums.set(index, sums.at(index) + weights.self[stack]);
    }
    return sums;
  }

  finish(): { parent: Int32Array; frame: Int32Array } {
    return { parent: this.#parent.finish(), frame: this.#frame.finish() };
  }

  /** By frame of a profile: the union's. */
  #frames(profile: Profile, names: SideNames): Int32Array {
    const { functions, frames, modules, strings } = profile;
    const ownModules = Int32Array.from({ length: modules.length }, (_, module) => {
      const path = strings[modules.path[module]];
      return interned(this.#moduleOf, names.module(baseName(path)), () => this.#builder.module(path));
    });
    const moduleOf = (module: number) => (module === NONE ? NONE : ownModules[module]);
    const ownFunctions = Int32Array.from({ length: functions.length }, (_, func) => {
      const row = {
        name: strings[functions.name[func]],
        fullName: strings[functions.fullName[func]],
        systemName: strings[functions.systemName[func]],
        file: names.file(strings[functions.file[func]]),
        startLine: functions.startLine[func],
        module: moduleOf(functions.module[func]),
      };
      return interned(this.#functionOf, names.function(func), () => this.#builder.function(row));
    });
    return Int32Array.from({ length: frames.length }, (_, frame) =>
      this.#builder.frame({
        function: frames.function[frame] === NONE ? NONE : ownFunctions[frames.function[frame]],
        file: names.file(strings[frames.file[frame]]),
        line: frames.line[frame],
        module: moduleOf(frames.module[frame]),
        inlined: frames.inlined[frame] === 1,
        kind: FRAME_KINDS[frames.kind[frame]],
      }),
    );
  }
}

function interned(known: Map<string, number>, key: string, add: () => number): number {
  let index = known.get(key);
  if (index === undefined) {
    index = add();
    known.set(key, index);
  }
  return index;
}
