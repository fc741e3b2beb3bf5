import { getOrMake } from '../../get-or-make.ts';
import { type EntryIndex, KEY, type PerfStacks, TRAITS } from '../../kernels/perf-stacks.ts';
import type { FrameRow, ProfileBuilder } from '../../profile/builder.ts';
import { Int32Column } from '../../profile/column.ts';
import { IntKeyMap } from '../../profile/int-key-map.ts';
import { isInterruptEntry } from '../../profile/interrupt-entry.ts';
import {
  type FrameIndex,
  type FrameKind,
  type FunctionIndex,
  type ModuleIndex,
  NONE,
  type Profile,
} from '../../profile/profile.ts';
import { unknownName } from '../../profile/unknown-name.ts';
import { MalformedInput } from '../importer.ts';
import { type FrameStacks, frameStacks } from '../reading/frame-stacks.ts';
import { moduleKind } from './module-kind.ts';
import { PERF_SCRIPT, type PerfScriptOptions } from './options.ts';
import { withoutParameters } from './printed-name.ts';
import type { StackLine } from './stack-line.ts';

/** A distinct line of the text, with the source line that may follow it. */
interface Entry extends StackLine {
  readonly moduleIndex: ModuleIndex;
  readonly kind: FrameKind;
  readonly file: string;
  readonly lineNumber: number;
}

/** Turns lines of call chains into frames and stacks of a profile that is being built. */
export class StackFrames {
  readonly #builder: ProfileBuilder;
  /** Frames get a module and an address only; `symbols/` names them. */
  readonly #unresolved: boolean;
  readonly #mostPlaces: number;
  readonly #buildIds: ReadonlyMap<string, string>;
  readonly #entries: Entry[] = [];
  readonly #tree: PerfStacks;
  readonly #withSource = new IntKeyMap();
  readonly #sources: { file: string; line: number }[] = [];
  readonly #sourceIndex = new Map<string, number>();
  /** By function: the first file (a string's index) that one of its lines is in. */
  readonly #functionFile = new Int32Column();
  readonly #functionOfName = new IntKeyMap();
  readonly #kindOfPath = new Map<string, FrameKind>();
  readonly #moduleOfPath = new Map<string, ModuleIndex>();
  /** How many were known when modules were made of paths. */
  #buildIdCount = 0;
  #hasModules = false;

  /** `buildIds` of modules by path may grow while lines are read. */
  constructor(
    builder: ProfileBuilder,
    tree: PerfStacks,
    options: PerfScriptOptions,
    buildIds: ReadonlyMap<string, string>,
  ) {
    this.#builder = builder;
    this.#tree = tree;
    this.#unresolved = options.unresolved ?? false;
    this.#mostPlaces = options.mostPlaces ?? MOST_PLACES;
    this.#buildIds = buildIds;
  }

  /** A line that wasn't met before. Throws MalformedInput where there are more than can be held. */
  add(line: StackLine, file = '', lineNumber = 0): EntryIndex {
    if (this.#entries.length === this.#mostPlaces) {
      throw new MalformedInput(PERF_SCRIPT, `more than ${this.#mostPlaces} different places in its stacks`);
    }
    const { address, symbol, module, inlined, hasModule } = line;
    if (hasModule) this.#hasModules = true;
    const kind = module === '' ? moduleKind('', address) : this.#kindOf(module);
    // Where symbols/ names frames, it tells from its own names what was interrupted.
    const isEntry = !this.#unresolved && kind === 'kernel' && isInterruptEntry(symbol);
    const traits =
      (kind === 'kernel' ? TRAITS.kernel : 0) | (isEntry ? TRAITS.interrupt : 0) | (inlined ? TRAITS.inlined : 0);
    const entry =
      this.#entries.push({
        address,
        symbol,
        module,
        inlined,
        hasModule,
        moduleIndex: this.#moduleOf(module),
        kind,
        file,
        lineNumber,
      }) - 1;
    this.#tree.addEntry(entry, traits, address);
    return entry;
  }

  /** The same line with the source line that perf printed below it. */
  atSource(entry: EntryIndex, file: string, lineNumber: number): EntryIndex {
    const key = `${lineNumber}\0${file}`;
    let source = this.#sourceIndex.get(key);
    if (source === undefined) {
      source = this.#sources.push({ file, line: lineNumber }) - 1;
      this.#sourceIndex.set(key, source);
    }
    let index = this.#withSource.get(entry, source);
    if (index === -1) {
      index = this.add(this.#entries[entry], file, lineNumber);
      this.#withSource.set(entry, source, index);
    }
    return index;
  }

  /** The same line, marked as inlined (with source lines, the mark follows the source). */
  asInlined(entry: EntryIndex): EntryIndex {
    const { file, lineNumber } = this.#entries[entry];
    let index = this.#withSource.get(entry, NONE);
    if (index === -1) {
      index = this.add({ ...this.#entries[entry], inlined: true, module: '' }, file, lineNumber);
      this.#withSource.set(entry, NONE, index);
    }
    return index;
  }

  /**
   * The tree of entries as stacks of frames. An inlined frame has the module and kind of the frame it was inlined into. The innermost address
   * is where the processor was, and so are that of the first user frame under the kernel's and that of what an interrupt came in; all
   * others are return addresses, kept less one.
   */
  stacks(): FrameStacks {
    const nodes = this.#tree.nodes();
    const { caller, key: keys } = nodes;
    this.#builder.reserveFrames(this.#entries.length);
    const place = new Int32Array(caller.length);
    /** By entry and role: its place where it isn't inlined. */
    const ofKey = new Int32Array(this.#entries.length * 2).fill(NONE);
    const ofInlined = new IntKeyMap();
    /** By node that is inlined: the entry that it is inlined into, at last. */
    let physicalOf: Int32Array | undefined;
    const first = new Int32Column(1024);
    const frames = new Int32Column(1024);
    for (let node = 0; node < place.length; node++) {
      const key = keys[node];
      const entry = key >>> 2;
      const role = key & KEY.caller;
      let physical = entry;
      let known = NONE;
      if ((key & KEY.inlined) === 0) {
        known = ofKey[entry * 2 + role];
        if (known === NONE) ofKey[entry * 2 + role] = first.length;
      } else {
        const outer = caller[node];
        physicalOf ??= new Int32Array(place.length);
        physical = (keys[outer] & KEY.inlined) === 0 ? keys[outer] >>> 2 : physicalOf[outer];
        physicalOf[node] = physical;
        known = ofInlined.getOrSet(key, physical, first.length);
      }
      place[node] = known === NONE ? first.length : known;
      if (known !== NONE) continue;
      first.push(frames.length);
      this.#addFrames(this.#entries[entry], this.#entries[physical], role, frames);
    }
    first.push(frames.length);
    return frameStacks(this.#tree.kernel, first.finish(), frames.finish(), place, nodes);
  }

  /** Whether the line ends as whole lines of this text do: with a module, where they have one. */
  isWhole(entry: EntryIndex): boolean {
    const { hasModule, inlined } = this.#entries[entry];
    return hasModule || inlined || !this.#hasModules;
  }

  /** The profile with what was learnt of the files of functions. */
  finish(profile: Profile): Profile {
    if (this.#functionFile.length === 0) return profile;
    const { functions, frames } = profile;
    const file = this.#functionFile.finish();
    const fileOf = (func: number, frame: number) => frames.file[frame] || (func === NONE ? 0 : file[func]);
    return {
      ...profile,
      functions: { ...functions, file },
      frames: { ...frames, file: frames.function.map(fileOf) },
    };
  }

  /** Adds the frames of an entry, innermost first, that is inlined into another, or is that. */
  #addFrames(entry: Entry, physical: Entry, role: number, into: Int32Column): void {
    const { moduleIndex: module, kind } = physical;
    const { symbol, file, lineNumber: line } = entry;
    const isInlined = entry !== physical;
    const address = role === KEY.caller && entry.address > 0n ? entry.address - 1n : entry.address;
    if (this.#unresolved) {
      if (!isInlined) into.push(this.#builder.frame({ function: NONE, module, address, kind }));
      return;
    }
    const place = { file, line, module, address, kind };
    if (symbol === '') {
      const func = this.#builder.function({ name: unknownName(physical.module, address), module });
      into.push(this.#frame(func, place, isInlined));
    } else if (kind === 'jit' && symbol.includes('->')) {
      // JIT compilers for Java name a frame `outer->inlined->inlined`.
      const names = symbol.split('->').filter((name) => name !== '');
      const own = names.map((name, at) => this.#frame(this.#functionOf(name, module), place, isInlined || at > 0));
      for (const frame of own.reverse()) into.push(frame);
    } else {
      into.push(this.#frame(this.#functionOf(symbol, module), place, isInlined));
    }
  }

  #frame(func: FunctionIndex, place: Omit<FrameRow, 'function'>, inlined: boolean): FrameIndex {
    while (this.#functionFile.length <= func) this.#functionFile.push(0);
    if (place.file !== '' && this.#functionFile.at(func) === 0)
      this.#functionFile.set(func, this.#builder.string(place.file ?? ''));
    const { file, line, module, address, kind } = place;
    return this.#builder.frame({ function: func, file, line, module, address, kind, inlined });
  }

  #functionOf(fullName: string, module: ModuleIndex): FunctionIndex {
    const text = this.#builder.string(fullName);
    let known = this.#functionOfName.get(text, module);
    if (known === -1) {
      known = this.#builder.function({ name: withoutParameters(fullName), fullName, module });
      this.#functionOfName.set(text, module, known);
    }
    return known;
  }

  #moduleOf(path: string): ModuleIndex {
    if (path === '') return NONE;
    if (this.#buildIds.size !== this.#buildIdCount) {
      this.#buildIdCount = this.#buildIds.size;
      this.#moduleOfPath.clear();
    }
    return getOrMake(this.#moduleOfPath, path, () => this.#builder.module(path, this.#buildIds.get(path)));
  }

  #kindOf(path: string): FrameKind {
    return getOrMake(this.#kindOfPath, path, () => moduleKind(path, 0n));
  }
}

/** Each takes about a kilobyte; a recording of a whole machine has some hundred thousand. */
const MOST_PLACES = 1 << 21;
