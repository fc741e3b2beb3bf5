import { ProfileBuilder } from '../../src/core/profile/builder.ts';
import { type FrameKind, NONE, type Profile } from '../../src/core/profile/profile.ts';

/** Addresses of one module: file offsets, or what an importer gives for a module of that kind. */
export interface Addressed {
  readonly path: string;
  readonly buildId?: string;
  readonly kind?: FrameKind;
  readonly addresses: readonly (number | bigint)[];
}

/** A profile as an importer gives it: one sample for each address, alone in its stack, without a function. */
export function addressedProfile(modules: readonly Addressed[]): Profile {
  const builder = new ProfileBuilder();
  const value = builder.value('samples', 'count');
  const thread = builder.thread(1, 1, 'main');
  for (const { path, buildId = '', kind = 'native', addresses } of modules) {
    const module = path === '' ? NONE : builder.module(path, buildId);
    for (const address of addresses) {
      const frame = builder.frame({ function: NONE, module, address: BigInt(address), kind });
      builder.addWeight(builder.sample(builder.stack(NONE, frame), thread, Number.NaN), value, 1);
    }
  }
  return builder.finish();
}

/** Each sample's stack, outermost first: `function file:line`, with `~` before an inlined function. */
export function drawnStacks({ strings, functions, frames, stacks, samples }: Profile): string[][] {
  return Array.from(samples.stack, (sample) => {
    const drawn: string[] = [];
    for (let stack = sample; stack !== NONE; stack = stacks.parent[stack]) {
      const frame = stacks.frame[stack];
      const func = frames.function[frame];
      const file = strings[frames.file[frame]];
      const place = file === '' ? '' : ` ${file.slice(file.lastIndexOf('/') + 1)}:${frames.line[frame]}`;
      drawn.unshift(`${frames.inlined[frame] === 1 ? '~' : ''}${strings[functions.name[func]]}${place}`);
    }
    return drawn;
  });
}
