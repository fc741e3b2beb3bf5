import { statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { type FrameKind, type ModuleIndex, NONE, type Profile } from '../core/profile/profile.ts';
import { buildIdOf } from './elf.ts';
import { hasSymbolTable } from './elf-symbols.ts';
import { kernelAddress, readKallsyms, readRunningKernel } from './kallsyms.ts';
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
  readonly signal?: AbortSignal;
}

/** Names addresses module by module, each by what tells about a module of its kind, and remembers what could not be used. */
export class ModuleNamer {
  readonly warnings = new SymbolWarnings();
  readonly #profile: Profile;
  readonly #texts: TextPool;
  readonly #tool: SourceTool | undefined;
  readonly #options: NamerOptions;
  #kernel: RecordedKernel | undefined | 'not read' = 'not read';

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
    // A guest's kernel is another than ours.
    if (kind === 'kernel' && !path.startsWith('[guest.')) return this.#nameKernel(path, addresses);
    const places = Float64Array.from(addresses, Number);
    if (kind === 'jit') return this.#nameJit(path, places);
    if (path === '[vdso]') return this.#nameVdso(buildId, places);
    if (path.startsWith('/') && !path.startsWith('//')) return this.#nameFile(path, buildId, places, answered);
    return namesOf(places, () => undefined);
  }

  async #nameFile(path: string, buildId: string, offsets: Float64Array, answered: () => void): Promise<ModuleNames> {
    const files = findModuleFiles(path, buildId, this.#places());
    if (typeof files === 'string') {
      this.warnings.module(files, path);
      return namesOf(offsets, () => undefined);
    }
    try {
      if (buildId === '') this.#doubt(path, files.image.source.name);
      if (files.debug && !this.#tool) this.warnings.module('no tool', path);
      const names = await nameElfModule(files, offsets, this.#texts, this.#tool, {
        signal: this.#options.signal,
        answered,
        problem: (text) => this.warnings.add(text),
      });
      if (!hasSymbolTable(files.symbols) && !files.debug && isMostlyUnnamed(names))
        this.warnings.module('stripped', path);
      return names;
    } finally {
      files.close();
    }
  }

  #nameVdso(buildId: string, offsets: Float64Array): ModuleNames {
    const running = runningVdso();
    // Without a build-id of its own (perf writes none with --buildid-mmap) it is known by its kernel.
    const isRunning =
      buildId === ''
        ? isRunningKernel(this.#profile.origin, this.#kernelBuildId())
        : running && isSameBuildId(buildIdOf(running), buildId);
    if (running && isRunning) return symbolNames(running, running, offsets);
    const files = findModuleFiles('[vdso]', buildId, this.#places());
    if (typeof files === 'string') return namesOf(offsets, () => undefined);
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

  #nameKernel(path: string, addresses: BigUint64Array): ModuleNames {
    if (this.#kernel === 'not read') this.#kernel = this.#readKernel();
    const kernel = this.#kernel;
    const isImage = path === '' || path.startsWith(KERNEL_IMAGE);
    if (!kernel || (kernel.shift !== 0 && !isImage)) {
      if (kernel) this.warnings.module('moved', path);
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
    this.warnings.add(kernel);
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
  #doubt(path: string, file: string): void {
    const { recordedByMs = Number.NaN } = this.#options;
    if (this.#isFromElsewhere()) this.warnings.module('unsure', path);
    else if ((statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > recordedByMs)
      this.warnings.module('changed', path);
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
