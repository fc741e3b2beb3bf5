import { getOrMake } from '../../get-or-make.ts';
import { kindOfEach } from '../kind-of-each.ts';
import { FRAME_KINDS, type FrameKind, NONE } from '../profile.ts';
import type { FunctionPlace } from './function-place.ts';
import type { Viewed } from './query-model.ts';

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

const known = new WeakMap<Viewed, Uint8Array>();

/** What runs in a function, in most of what it costs itself. */
export function kindOf(viewed: Viewed, func: number): FrameKind {
  if (func === NONE) return 'native';
  const { frames, functions, stacks } = viewed.profile;
  const kinds = getOrMake(known, viewed, () =>
    kindOfEach(functions.length, frames.function, frames.kind, viewed.weights.self, stacks.frame),
  );
  return FRAME_KINDS[kinds[func]];
}
