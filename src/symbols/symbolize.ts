import { availableParallelism } from 'node:os';
import { expandFrames } from '../core/profile/expand-frames.ts';
import { isInterruptEntry } from '../core/profile/interrupt-entry.ts';
import { FRAME_KINDS, type ModuleIndex, NONE, type Profile } from '../core/profile/profile.ts';
import { addr2line, euAddr2line } from './addr2line.ts';
import { demangle, isMangled, type ReadableName } from './demangle.ts';
import { withInterruptedFrames } from './interrupted-frames.ts';
import { type KeptSymbols, SymbolKeeper } from './kept-symbols.ts';
import { llvmSymbolizer } from './llvm-symbolizer.ts';
import { ModuleNamer } from './module-namer.ts';
import { type NamedModule, namedFrames } from './named-frames.ts';
import { TextPool } from './place-table.ts';
import type { SourceLookup } from './source-lookup.ts';
import type { SymbolWarnings } from './symbol-warnings.ts';
import type { Launch } from './symbolizer-process.ts';

export interface SymbolizeOptions {
  /** Starts a program: `startProcess` of src/tools/run.ts. */
  readonly launch: Launch;
  /** Paths of the programs that are here. Of the first three the first that is here looks up lines; `cxxFilt` reads C++ and Rust names. */
  readonly tools: {
    readonly llvmSymbolizer?: string;
    readonly addr2line?: string;
    readonly euAddr2line?: string;
    /** `c++filt`, or `llvm-cxxfilt`. */
    readonly cxxFilt?: string;
  };
  /** Whether functions inlined at an address become frames of their own; true where it isn't given. */
  readonly inlines?: boolean;
  /** Where separate debug files are looked for; /usr/lib/debug where it isn't given. */
  readonly debugFolders?: readonly string[];
  /** Where `perf record` keeps copies of what it saw; ~/.debug where it isn't given. */
  readonly buildIdCache?: string;
  /** A copy of /proc/kallsyms that belongs to the recording: a path, or its text. Else the running kernel's, if it is the one recorded. */
  readonly kallsyms?: string;
  /** Folder with the `perf-PID.map` files; where the recording says (/tmp) where it isn't given. */
  readonly perfMapFolder?: string;
  /** When the recording was complete, in milliseconds since 1970: a program without a build-id that was built later may not be what ran. */
  readonly recordedByMs?: number;
  /** What was found out of the addresses when the recording was made: for programs that are no longer what ran. */
  readonly kept?: KeptSymbols;
  /** Gets what is found out of the addresses, to be kept. */
  readonly keep?: (text: (recordingBytes: number) => string) => Promise<void>;
  readonly signal?: AbortSignal;
  /** Called now and then with the number of places looked up, of all, and the module that is at hand. */
  readonly progress?: (done: number, total: number, module: string) => void;
}

/** Programs that look lines up, best first. */
const SOURCE_LOOKUPS: readonly SourceLookup[] = [llvmSymbolizer, addr2line, euAddr2line];

/**
 * Names the frames of a profile that have no function yet: the physical function by the module's symbol table as `perf report` does,
 * source places and inlined functions by debug information. Addresses become those of the module's own address space. What can't be
 * named is called `module+0xaddress`; why not is in `quality.warnings`. Throws only what the signal throws.
 */
export async function symbolize(profile: Profile, options: SymbolizeOptions): Promise<Profile> {
  if (unnamedAddresses(profile).length === 0) return profile;
  const { signal, launch, tools, progress = () => {} } = options;
  const texts = new TextPool();
  const lookup = SOURCE_LOOKUPS.find(({ tool }) => tools[tool] !== undefined);
  const tool = lookup && { lookup, program: tools[lookup.tool]!, launch };
  const keeper = options.keep && new SymbolKeeper();
  const namer = new ModuleNamer(profile, texts, tool, { ...options, keeper });
  const exact = await withExactInterrupts(profile, namer);
  const asked = unnamedAddresses(exact);
  const total = asked.reduce((sum, { frames }) => sum + frames.length, 0);
  let done = 0;
  const named: NamedModule[] = new Array(asked.length);
  await inParallel(asked, availableParallelism(), async ({ module, kind, frames, addresses }, at) => {
    signal?.throwIfAborted();
    const path = module === NONE ? '' : profile.strings[profile.modules.path[module]];
    progress(done, total, path);
    let answered = 0;
    const names = await namer.name(module, kind, addresses, () => {
      answered++;
      done++;
      if (done % 1000 === 0) progress(done, total, path);
    });
    done += frames.length - answered;
    named[at] = { module, frames, ...names };
  });
  if (keeper) await options.keep?.((recordingBytes) => keeper.text(texts, recordingBytes));
  const readable = await readableNames(namesToRead(named, texts), options, namer.warnings);
  progress(total, total, '');
  const expansion = namedFrames(exact, named, texts, readable, options.inlines ?? true);
  const result = expandFrames(exact, expansion);
  const warnings = [...profile.quality.warnings, ...namer.warnings.sentences()];
  const { origin } = profile;
  const mayMislead =
    namer.namedAsThen.size === 0 ? origin.mayMislead : [...origin.mayMislead, asThen(namer.namedAsThen)];
  return { ...result, origin: { ...origin, mayMislead }, quality: { ...profile.quality, warnings } };
}

function asThen(paths: ReadonlySet<string>): string {
  const [first] = paths;
  const others = paths.size > 1 ? ` and ${paths.size - 1} more` : '';
  return `Built again or replaced since the recording: ${first}${others}. Functions and lines are named as they were then.`;
}

/** The profile with the kernel's frames that were interrupted at their own addresses: by the names of the frames above them. */
async function withExactInterrupts(profile: Profile, namer: ModuleNamer): Promise<Profile> {
  const isEntry = new Uint8Array(profile.frames.length);
  for (const { module, kind, frames, addresses } of unnamedAddresses(profile)) {
    if (kind !== 'kernel') continue;
    const { symbol, symbols } = await namer.name(module, kind, addresses, () => {});
    const isEntrySymbol = symbols.map(({ names }) => names.some(isInterruptEntry));
    for (const [at, frame] of frames.entries())
      if (symbol[at] !== NONE && isEntrySymbol[symbol[at]]) isEntry[frame] = 1;
  }
  return withInterruptedFrames(profile, (frame) => isEntry[frame] === 1);
}

/** Readable forms of the names that have one; none, and a warning, where they can't be asked for. */
async function readableNames(
  names: readonly string[],
  { launch, tools, signal }: SymbolizeOptions,
  warnings: SymbolWarnings,
): Promise<ReadonlyMap<string, ReadableName>> {
  const mangled = names.filter(isMangled);
  try {
    if (mangled.length === 0) return new Map();
    if (tools.cxxFilt === undefined) throw new Error('neither c++filt nor llvm-cxxfilt is installed');
    return await demangle(launch, tools.cxxFilt, mangled, signal);
  } catch (error) {
    signal?.throwIfAborted();
    warnings.add(`C++ and Rust names are shown as the linker knows them: ${(error as Error).message}.`);
    return new Map();
  }
}

interface Asked {
  readonly module: ModuleIndex;
  readonly kind: (typeof FRAME_KINDS)[number];
  /** Frames without a function, by address. */
  readonly frames: Int32Array;
  readonly addresses: BigUint64Array;
}

/** Frames without a function, by module and kind; modules with most frames first, since they take longest. */
function unnamedAddresses(profile: Profile): Asked[] {
  const { frames } = profile;
  const groups = new Map<number, number[]>();
  for (let frame = 0; frame < frames.length; frame++) {
    if (frames.function[frame] !== NONE) continue;
    const key = (frames.module[frame] + 1) * FRAME_KINDS.length + frames.kind[frame];
    const group = groups.get(key);
    if (group) group.push(frame);
    else groups.set(key, [frame]);
  }
  const asked = [...groups].map(([key, rows]) => {
    const ordered = Int32Array.from(rows).sort((a, b) => Number(frames.address[a] - frames.address[b]));
    return {
      module: Math.floor(key / FRAME_KINDS.length) - 1,
      kind: FRAME_KINDS[key % FRAME_KINDS.length],
      frames: ordered,
      addresses: BigUint64Array.from(ordered, (frame) => frames.address[frame]),
    };
  });
  return asked.sort((a, b) => b.frames.length - a.frames.length);
}

function namesToRead(named: readonly NamedModule[], texts: TextPool): string[] {
  const names = new Set<string>(texts.texts);
  for (const { symbols } of named) for (const symbol of symbols) for (const name of symbol.names) names.add(name);
  return [...names];
}

/** Does the work for all items, so many at a time. Where one fails no other is begun; it throws when those under way have ended. */
async function inParallel<T>(
  items: readonly T[],
  most: number,
  work: (item: T, at: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const at = next++;
      await work(items[at], at).catch((error) => {
        next = items.length;
        throw error;
      });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(most, items.length) }, worker));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}
