import { FRAME_KINDS, type FrameKind, NONE, type Profile } from '../profile.ts';
import type { FunctionPlace } from './function-place.ts';

/** A row of a table: a place in code and what it costs. What isn't known, or doesn't apply, is empty, 0 or NONE. */
export interface TableRow extends FunctionPlace {
  readonly kind: FrameKind;
  readonly self: number;
  readonly total: number;
  /** Whether a text was too long and is cut; it then ends in `…`. */
  readonly isCut: boolean;
}

/** Texts longer than this are cut on the way to a page: a name may have a megabyte. */
const MOST_LETTERS = 2000;

/** A row with texts as long as a page can have them. */
export function cutRow<R extends FunctionPlace>(row: R): R & { readonly isCut: boolean } {
  const texts = [row.name, row.fullName, row.file, row.module];
  if (texts.every((text) => text.length <= MOST_LETTERS)) return { ...row, isCut: false };
  const [name, fullName, file, module] = texts.map(cut);
  return { ...row, name, fullName, file, module, isCut: true };
}

function cut(text: string): string {
  return text.length <= MOST_LETTERS ? text : `${text.slice(0, MOST_LETTERS)}…`;
}

const kinds = new WeakMap<Profile, Uint8Array>();

/** What runs in a function: what does in one of its frames. */
export function kindOf(profile: Profile, func: number): FrameKind {
  if (func === NONE) return 'native';
  let byFunction = kinds.get(profile);
  if (!byFunction) {
    const { frames, functions } = profile;
    byFunction = new Uint8Array(functions.length);
    for (let frame = 0; frame < frames.length; frame++) {
      if (frames.function[frame] !== NONE) byFunction[frames.function[frame]] = frames.kind[frame];
    }
    kinds.set(profile, byFunction);
  }
  return FRAME_KINDS[byFunction[func]];
}
