import type { Profile, ValueIndex } from '../profile/profile.ts';
import type { FlameViewer } from './flame-html.ts';

/** Writes a profile in one format. */
export interface Writer {
  /** Name of the format as shown. */
  readonly format: string;
  /** Ending of the file's name that asks for this format, with the dot: `.pb.gz`. */
  readonly extension: string;
  /** What the format can't carry of this profile, a short sentence each; empty where nothing is lost. */
  losses(profile: Profile, options?: WriteOptions): readonly string[];
  write(profile: Profile, options?: WriteOptions): Uint8Array;
}

export interface WriteOptions {
  /** For a format of one value: which is written, the profile's default where it isn't given. Others put it first. */
  readonly value?: ValueIndex;
  /** What the profile is called in the file, for a format that has a name for it; the command line where it isn't given. */
  readonly name?: string;
  /** What of a recording is written, where it isn't all, for a format that has a heading: `only with /leaf/`. */
  readonly looked?: readonly string[];
  /** For a format that shows itself: what the build made for it. */
  readonly flameViewer?: () => FlameViewer;
}
