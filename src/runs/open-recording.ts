import { importProfile } from '../core/importers/import-profile.ts';
import type { Profile } from '../core/profile/profile.ts';
import { openFileSource } from './file-source.ts';

/** How a recording is opened: plain data. */
export interface OpenOptions {
  /** Paths of tools by name, where they are set; else they are looked for on PATH. */
  readonly toolPaths?: Readonly<Record<string, string>>;
  /** Whether inlined functions are looked up; true where it isn't given. */
  readonly inlines?: boolean;
}

/** What is being done while a recording is opened, and how far it is. */
export interface OpenProgress {
  readonly stage: 'reading' | 'symbols';
  /** 0 to 1, of the stage. */
  readonly done: number;
  /** What the stage is at: the module whose symbols are looked up. */
  readonly at?: string;
}

/** Reads a recording of any known format and names what its addresses are. Throws UnrecognisedInput, MalformedInput, or what `fs` throws. */
export async function openRecording(
  path: string,
  _options: OpenOptions = {},
  progress: (progress: OpenProgress) => void = () => {},
): Promise<Profile> {
  const source = openFileSource(path);
  try {
    return importProfile(source, { progress: (read) => progress({ stage: 'reading', done: read / source.size }) });
  } finally {
    source.close();
  }
}
