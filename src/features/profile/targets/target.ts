import type { RecordTarget } from '../../../tools/recorder.ts';

export type TargetKind = 'launch' | 'task' | 'executable' | 'typed' | 'process';

/** Something that can be profiled. */
export interface Target {
  readonly kind: TargetKind;
  /** What a person knows it by: the configuration's or the file's name. */
  readonly label: string;
  /** Its command line, as far as it is known. */
  readonly detail: string;
  /** Workspace folder that its runs are kept in; undefined where no folder is open. */
  readonly folder: string | undefined;
  /** Why it can't be profiled, as a sentence. */
  readonly problem?: string;
  /** What it takes to find it again, as plain data. */
  readonly key: TargetKey;
  /** Runs what has to come first, puts in what variables stand for, and gives what to start. Throws where that fails. */
  prepare(): Promise<RecordTarget>;
}

/** Names a target: configurations by name, so that later changes to them count; others by what they are. */
export type TargetKey =
  | { readonly kind: 'launch' | 'task'; readonly folder: string; readonly name: string }
  | { readonly kind: 'executable'; readonly folder: string; readonly path: string }
  | {
      readonly kind: 'typed';
      readonly folder: string | undefined;
      readonly argv: readonly string[];
      readonly cwd: string;
    }
  | {
      readonly kind: 'process';
      readonly pid: number /** Its command line: an id may come to be another's. */;
      readonly command: string;
    };
