import type { Profile } from '../profile.ts';
import type { GroupBy } from './group.ts';
import type { PresetName } from './presets.ts';
import type { RootBy } from './root.ts';
import type { Moment } from './time-range.ts';

/** Operations that say what they mean by a regular expression in RE2's syntax (src/core/pattern.ts). */
export type PatternOperation =
  | 'focus'
  | 'ignore'
  | 'hide'
  | 'show'
  | 'show-from'
  | 'prune-from'
  | 'show-to'
  | 'tagshow'
  | 'taghide'
  | 'merge'
  | 'collapse'
  | 'collapse-module';

interface OperationFields extends Readonly<Record<PatternOperation, { readonly pattern: string }>> {
  readonly tagfocus: { readonly filter: string };
  readonly tagignore: { readonly filter: string };
  readonly process: { readonly pid: number };
  readonly from: { readonly at: Moment };
  readonly to: { readonly at: Moment };
  readonly without: { readonly preset: PresetName };
  readonly only: { readonly preset: PresetName };
  readonly 'collapse-recursion': object;
  readonly 'collapse-cycles': object;
  readonly group: { readonly by: GroupBy };
  readonly root: { readonly by: RootBy };
  readonly tagroot: { readonly key: string };
  readonly per: { readonly amount: number; readonly name: string };
  readonly count: object;
  readonly 'per-second': object;
  readonly invert: object;
}

export type OperationName = keyof OperationFields;
export type OperationOf<N extends OperationName> = { readonly op: N } & OperationFields[N];

/** What is done to a profile before it is looked at: plain data, so that it can be stored, sent to a worker, undone, and put into a link. */
export type Operation = { [N in OperationName]: OperationOf<N> }[OperationName];

/** One operation: a row of the table in index.ts. */
export interface OperationRow<N extends OperationName> {
  /** What stands for the value in `--help`; `''` for an operation without one. The option is called as the operation is. */
  readonly value: string;
  /** The values there are; undefined where it is a text or there is none. */
  readonly choices?: readonly string[];
  /** What `--help` says of it. */
  readonly help: string;
  /** Whether what is given is really such an operation: it may come from a link or from an older version. */
  isWhole(operation: Readonly<Record<string, unknown>>): boolean;
  /** The operation from the option's value. Throws UnusableOperation, or MalformedPattern. */
  read(text: string): OperationOf<N>;
  /** The option's value that says the operation; `''` where there is none. */
  write(operation: OperationOf<N>): string;
  /** What a chip says: `only with /parse/`. */
  words(operation: OperationOf<N>): string;
  apply(profile: Profile, operation: OperationOf<N>, context: OperationContext): Profile;
}

/** What an operation may need to know besides the profile as the former ones left it. */
export interface OperationContext {
  /** The profile before all of them. */
  readonly whole: Profile;
  /** Those before it, in order. */
  readonly earlier: readonly Operation[];
}
