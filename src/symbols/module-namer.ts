import { statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { type FrameKind, type ModuleIndex, NONE, type Profile } from '../core/profile/profile.ts';
import { buildIdOf } from './elf.ts';
import { hasSymbolTable } from './elf-symbols.ts';
import { kernelAddress, readKallsyms, readRunningKernel } from './kallsyms.ts';
import type { KeptModule, KeptSymbols, SymbolKeeper } from './kept-symbols.ts';
import { DEBUG_PLACES, type DebugPlaces, findModuleFiles, isSameBuildId } from './module-files.ts';
import { type ModuleNames, namesOf } from './module-names.ts';
import { nameElfModule, namesInTable, type SourceTool, symbolNames } from './name-elf-module.ts';
import { lookUpPerfMap } from './perf-map.ts';
import type { TextPool } from './place-table.ts';
import { isRunningKernel, type RecordedKernel, recordedKernel } from './recorded-kernel.ts';
import { SymbolWarnings } from './symbol-warnings.ts';
import { runningVdso } from './vdso.ts';

export interface NamerOptions extends Partial<DebugPlaces> {
  readonly kallsyms?: string;
  readonly perfMapFolder?: string;
  readonly recordedByMs?: number;
  /** What was found out when the recording was made, for what isn't what it was then. */
  readonly kept?: KeptSymbols;
  /** Gets all that is found out. */
  readonly keeper?: SymbolKeeper;
  readonly signal?: AbortSignal;
}

/** Names addresses module by module, each by what tells about a module of its kind, and remembers what could not be used. */
export class ModuleNamer {
  readonly warnings = new SymbolWarnings();
  /** Files that aren't what ran: their addresses are named as they were when the recording was made. */
  readonly namedAsThen = new Set<string>();
  readonly #profile: Profile;
  readonly #texts: TextPool;
  readonly #tool: SourceTool | undefined;
  readonly #options: NamerOptions;
  #kernel: RecordedKernel | undefined | 'not read' = 'not read';
  #kernelProblem = '';

  constructor(profile: Profile, texts: TextPool, tool: SourceTool | undefined, options: NamerOptions) {
    this.#profile = profile;
    this.#texts = texts;
    this.#tool = tool;
    this.#options = options;
  }

  /** Names addresses (ascending, as recorded) of a module. `answered` is called for each that a program has looked up. */
  async name(
    module: ModuleIndex,
    kind: FrameKind,
    addresses: BigUint64Array,
    answered: () => void,
  ): Promise<ModuleNames> {
    const { strings, modules } = this.#profile;
    const path = module === NONE ? '' : strings[modules.path[module]];
    const buildId = module === NONE ? '' : strings[modules.buildId[module]];
    const asked = { path, buildId, kind };
    const { kept, keeper } = this.#options;
    const asThen = () => {
      const found = kept?.find(asked, addresses, this.#texts);
      if (found && kind !== 'jit' && path.startsWith('/')) this.namedAsThen.add(path);
      return found;
    };
    const names = await this.#name(asked, addresses, asThen, answered);
    keeper?.add(asked, addresses, names);
    return names;
  }

  async #name(
    { path, buildId, kind }: KeptModule,
    addresses: BigUint64Array,
    kept: () => ModuleNames | undefined,
    answered: () => void,
  ): Promise<ModuleNames> {
    // A guest's kernel is another than ours.
    if (kind === 'kernel' && !path.startsWith('[guest.')) return this.#nameKernel(path, addresses, kept);
    const places = Float64Array.from(addresses, Number);
    // Another process may have the number of the recorded one by now, and a map of its own.
    if (kind === 'jit') return kept() ?? this.#nameJit(path, places);
    if (path === '[vdso]') return this.#nameVdso(buildId, places, kept);
    if (path.startsWith('/') && !path.startsWith('//')) return this.#nameFile(path, buildId, places, kept, answered);
    return namesOf(places, () => undefined);
  }

  async #nameFile(
    path: string,
    buildId: string,
    offsets: Float64Array,
    kept: () => ModuleNames | undefined,
    answered: () => void,
  ): Promise<ModuleNames> {
    const files = findModuleFiles(path, buildId, this.#places());
    if (typeof files === 'string') {
      const names = kept();
      if (!names) this.warnings.module(files, path);
      return names ?? namesOf(offsets, () => undefined);
    }
    try {
      const doubt = buildId === '' ? this.#doubt(files.image.source.name) : undefined;
      const then = doubt && kept();
      if (then) return then;
      if (doubt) this.warnings.module(doubt, path);
      if (files.debug && !this.#tool) this.warnings.module('no tool', path);
      const names = await nameElfModule(files, offsets, this.#texts, this.#tool, {
        signal: this.#options.signal,
        answered,
        problem: (text) => this.warnings.add(text),
      });
      const isStripped = !hasSymbolTable(files.symbols) && !files.debug && isMostlyUnnamed(names);
      const before = isStripped ? kept() : undefined;
      if (before) return before;
      if (isStripped) this.warnings.module('stripped', path);
      return names;
    } finally {
      files.close();
    }
  }

  #nameVdso(buildId: string, offsets: Float64Array, kept: () => ModuleNames | undefined): ModuleNames {
    const running = runningVdso();
    // Without a build-id of its own (perf writes none with --buildid-mmap) it is known by its kernel.
    const isRunning =
      buildId === ''
        ? isRunningKernel(this.#profile.origin, this.#kernelBuildId())
        : running && isSameBuildId(buildIdOf(running), buildId);
    if (running && isRunning) return symbolNames(running, running, offsets);
    const files = findModuleFiles('[vdso]', buildId, this.#places());
    if (typeof files === 'string') return kept() ?? namesOf(offsets, () => undefined);
    try {
      return symbolNames(files.image, files.symbols, offsets);
    } finally {
      files.close();
    }
  }

  #nameJit(path: string, addresses: Float64Array): ModuleNames {
    const { perfMapFolder } = this.#options;
    const map = perfMapFolder === undefined ? path : join(perfMapFolder, basename(path));
    const { ofAddress, names, problem } = lookUpPerfMap(map, addresses);
    if (problem !== '') this.warnings.perfMap(map, problem);
    return { symbol: ofAddress, symbols: names.map((name, start) => ({ start, names: [name] })) };
  }

  #nameKernel(path: string, addresses: BigUint64Array, kept: () => ModuleNames | undefined): ModuleNames {
    if (this.#kernel === 'not read') this.#kernel = this.#readKernel();
    const kernel = this.#kernel;
    const isImage = path === '' || path.startsWith(KERNEL_IMAGE);
    if (!kernel || (kernel.shift !== 0 && !isImage)) {
      const names = kept();
      if (names) return names;
      if (kernel) this.warnings.module('moved', path);
      else if (this.#kernelProblem !== '') this.warnings.add(this.#kernelProblem);
      return namesOf(Float64Array.from(addresses, kernelAddress), () => undefined);
    }
    return namesInTable(
      kernel.symbols,
      Float64Array.from(addresses, (address) => kernelAddress(address) + kernel.shift),
    );
  }

  #readKernel(): RecordedKernel | undefined {
    const { kallsyms } = this.#options;
    if (kallsyms !== undefined) {
      const text = kallsyms.includes('\n') ? Buffer.from(kallsyms) : readRunningKernel(kallsyms);
      const symbols = text && readKallsyms(text);
      return symbols && { symbols, shift: 0 };
    }
    const kernel = recordedKernel(this.#profile.origin, this.#kernelBuildId());
    if (typeof kernel !== 'string') return kernel;
    this.#kernelProblem = kernel;
    return undefined;
  }

  #kernelBuildId(): string {
    const { strings, modules } = this.#profile;
    for (let module = 0; module < modules.length; module++) {
      if (strings[modules.path[module]].startsWith(KERNEL_IMAGE)) return strings[modules.buildId[module]];
    }
    return '';
  }

  /** What is against a file that nothing but its path ties to the recording. */
  #doubt(file: string): 'unsure' | 'changed' | undefined {
    const { recordedByMs = Number.NaN } = this.#options;
    if (this.#isFromElsewhere()) return 'unsure';
    return (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > recordedByMs ? 'changed' : undefined;
  }

  #isFromElsewhere(): boolean {
    const recordedOn = this.#profile.origin.hostname;
    return recordedOn !== '' && recordedOn !== hostname();
  }

  #places(): DebugPlaces {
    const { debugFolders = DEBUG_PLACES.debugFolders, buildIdCache = DEBUG_PLACES.buildIdCache } = this.#options;
    return { debugFolders, buildIdCache };
  }
}

const KERNEL_IMAGE = '[kernel.kallsyms]';

function isMostlyUnnamed({ symbol }: ModuleNames): boolean {
  return symbol.reduce((unnamed, name) => unnamed + (name === NONE ? 1 : 0), 0) > symbol.length / 2;
}
