import { importProfile } from '../core/importers/import-profile.ts';
import { needsExternalUnwinding } from '../core/importers/perf-data.ts';
import type { Profile } from '../core/profile/profile.ts';
import { symbolize } from '../symbols/symbolize.ts';
import { startProcess } from '../tools/run.ts';
import { type FileSource, openFileSource } from './file-source.ts';
import { type SymbolTools, symbolTools } from './symbol-tools.ts';
import { unwoundByPerf } from './unwound-by-perf.ts';

/** How a recording is opened: plain data. */
export interface OpenOptions {
  /** Paths of tools by name, where they are set; else they are looked for on PATH. */
  readonly toolPaths?: Readonly<Record<string, string>>;
  /** Whether inlined functions are looked up; true where it isn't given. */
  readonly inlines?: boolean;
  /** Whether other programs may be run for it (symbolizers); true where it isn't given. Without them there are names and no lines. */
  readonly launches?: boolean;
  /** What messages call it; its path where it isn't given. */
  readonly name?: string;
}

/** What is being done while a recording is opened, and how far it is. */
export interface OpenProgress {
  readonly stage: 'reading' | 'symbols';
  /** 0 to 1, of the stage. */
  readonly done: number;
  /** What the stage is at: the module whose symbols are looked up. */
  readonly at?: string;
}

/**
 * Reads a recording of any known format and names what its addresses are. Throws UnrecognisedInput, MalformedInput, the signal's reason,
 * or what `fs` throws.
 */
export async function openRecording(
  path: string,
  options: OpenOptions = {},
  progress: (progress: OpenProgress) => void = () => {},
  signal?: AbortSignal,
): Promise<Profile> {
  const tools: SymbolTools = options.launches === false ? {} : symbolTools(options.toolPaths ?? {});
  const source = openFileSource(path, options.name);
  let profile: Profile;
  try {
    profile = await readSource(source, path, tools.perf, progress, signal);
  } finally {
    source.close();
  }
  return symbolize(profile, {
    launch: startProcess,
    tools,
    inlines: options.inlines ?? true,
    recordedByMs: source.modifiedMs,
    signal,
    progress: (done, total, at) => progress({ stage: 'symbols', done: done / total, at }),
  });
}

async function readSource(
  source: FileSource,
  path: string,
  perf: string | undefined,
  progress: (progress: OpenProgress) => void,
  signal?: AbortSignal,
): Promise<Profile> {
  const profile = importProfile(source, {
    progress(read) {
      signal?.throwIfAborted();
      progress({ stage: 'reading', done: read / source.size });
    },
  });
  if (perf === undefined || !needsExternalUnwinding(source)) return profile;
  return unwoundByPerf(path, profile, perf, (done) => progress({ stage: 'reading', done }), signal);
}
