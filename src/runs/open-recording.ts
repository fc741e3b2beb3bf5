import { importProfile } from '../core/importers/import-profile.ts';
import { needsExternalUnwinding } from '../core/importers/perf-data.ts';
import type { Profile } from '../core/profile/profile.ts';
import { symbolize } from '../symbols/symbolize.ts';
import { startProcess } from '../tools/run.ts';
import { type FileSource, openFileSource } from './file-source.ts';
import type { OpenProgress } from './open-progress.ts';
import { type SymbolTools, symbolTools } from './symbol-tools.ts';
import { readSymbols, writeSymbols } from './symbols-file.ts';
import { unwoundByPerf } from './unwound-by-perf.ts';
import { withWarning } from './with-warning.ts';

/** How a recording is opened: plain data. */
export interface OpenOptions {
  /** Paths of tools by name, where they are set; else they are looked for on PATH. */
  readonly toolPaths?: Readonly<Record<string, string>>;
  /** Whether inlined functions are looked up; true where it isn't given. */
  readonly inlines?: boolean;
  /** Whether other programs may be run for it (symbolizers); true where it isn't given. Without them there are names and no lines. */
  readonly launches?: boolean;
  /**
   * Whether what is found out of its addresses is kept in a file beside it. Once the programs are rebuilt, they are named by that. For what
   * was just recorded: false where it isn't given.
   */
  readonly keepsSymbols?: boolean;
  /** What messages call it; its path where it isn't given. */
  readonly name?: string;
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
  const kept = readSymbols(path, source.size);
  let problem = typeof kept === 'string' ? kept : '';
  const named = await symbolize(profile, {
    launch: startProcess,
    tools,
    inlines: options.inlines ?? true,
    recordedByMs: source.modifiedMs,
    kept: typeof kept === 'string' ? undefined : kept,
    keep: options.keepsSymbols
      ? async (text) => {
          try {
            await writeSymbols(path, text(source.size));
          } catch (error) {
            problem = `What its functions are called could not be kept, so they can't be named once the programs are rebuilt: ${(error as Error).message}.`;
          }
        }
      : undefined,
    signal,
    progress: (done, total, at) => progress({ stage: 'symbols', done: done / total, at }),
  });
  return problem === '' ? named : withWarning(named, problem);
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
      progress({ stage: 'reading', done: read / source.size });
      signal?.throwIfAborted();
    },
  });
  if (perf === undefined || !needsExternalUnwinding(source)) return profile;
  return unwoundByPerf(path, profile, perf, (done) => progress({ stage: 'reading', done }), signal);
}
