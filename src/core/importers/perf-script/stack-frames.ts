import type { ProfileBuilder } from '../../profile/builder.ts';
import { Int32Column } from '../../profile/column.ts';
import { IntKeyMap } from '../../profile/int-key-map.ts';
import { isInterruptEntry } from '../../profile/interrupt-entry.ts';
import {
  type FrameIndex,
  type FrameKind,
  type ModuleIndex,
  NONE,
  type Profile,
  type StackIndex,
} from '../../profile/profile.ts';
import { unknownName } from '../../profile/unknown-name.ts';
import { MalformedInput } from '../importer.ts';
import { moduleKind } from './module-kind.ts';
import { PERF_SCRIPT, type PerfScriptOptions } from './options.ts';
import { withoutParameters } from './printed-name.ts';
import type { StackLine } from './stack-line.ts';

/** A distinct line of the text, with the source line that may follow it. */
interface Entry {
  readonly line: StackLine;
  readonly module: ModuleIndex;
  readonly kind: FrameKind;
  readonly file: string;
  readonly lineNumber: number;
  /**
   * Frames where it isn't inlined, made when first needed: where the processor was, and as a caller. Outermost first.
   */
  readonly own: (readonly FrameIndex[] | undefined)[];
  /** The same where it is inlined, by the module it is in and the role. */
  inlined?: Map<number, readonly FrameIndex[]>;
}

export type EntryIndex = number;

/** Turns lines of call chains into frames and stacks of a profile that is being built. */
export class StackFrames {
  readonly #builder: ProfileBuilder;
  /** Frames get a module and an address only; `symbols/` names them. */
  readonly #unresolved: boolean;
  readonly #mostPlaces: number;
  readonly #buildIds: ReadonlyMap<string, string>;
  readonly #entries: Entry[] = [];
  /** By entry: what decides on the roles in a stack. */
  readonly #traits = new Int32Column(1024);
  /** By entry and role: its frame where it isn't inlined; NONE while it isn't known, or where it has not one. */
  readonly #frameOf = new Int32Column(2048);
  readonly #withSource = new IntKeyMap();
  readonly #sources: { file: string; line: number }[] = [];
  readonly #sourceIndex = new Map<string, number>();
  /** By function: the first file (a string's index) that one of its lines is in. */
  readonly #functionFile = new Int32Column();
  #hasModules = false;
  /** By place of the stack at hand: twice the entry, and its role, EXACT or CALLER. */
  #keys = new Int32Array(256);
  /** The same of the stack before, outermost first, and the stack up to each: neighbours have most callers in common. */
  #lastKeys = new Int32Array(256);
  #lastStacks = new Int32Array(256);
  #lastCount = 0;

  /** `buildIds` of modules by path may grow while lines are read. */
  constructor(builder: ProfileBuilder, options: PerfScriptOptions, buildIds: ReadonlyMap<string, string>) {
    this.#builder = builder;
    this.#unresolved = options.unresolved ?? false;
    this.#mostPlaces = options.mostPlaces ?? MOST_PLACES;
    this.#buildIds = buildIds;
  }

  /** A line that wasn't met before. Throws MalformedInput where there are more than can be held. */
  add(line: StackLine, file = '', lineNumber = 0): EntryIndex {
    if (this.#entries.length === this.#mostPlaces) {
      throw new MalformedInput(PERF_SCRIPT, `more than ${this.#mostPlaces} different places in its stacks`);
    }
    if (line.hasModule) this.#hasModules = true;
    const module = line.module === '' ? NONE : this.#builder.module(line.module, this.#buildIds.get(line.module));
    const kind = moduleKind(line.module, line.address);
    // Where symbols/ names frames, it tells from its own names what was interrupted.
    const isEntry = !this.#unresolved && kind === 'kernel' && isInterruptEntry(line.symbol);
    this.#traits.push((kind === 'kernel' ? KERNEL : 0) | (isEntry ? INTERRUPT : 0) | (line.inlined ? INLINED : 0));
    this.#frameOf.push(NONE);
    this.#frameOf.push(NONE);
    return this.#entries.push({ line, module, kind, file, lineNumber, own: [] }) - 1;
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
      index = this.add(this.#entries[entry].line, file, lineNumber);
      this.#withSource.set(entry, source, index);
    }
    return index;
  }

  /** The same line, marked as inlined (with source lines, the mark follows the source). */
  asInlined(entry: EntryIndex): EntryIndex {
    const { line, file, lineNumber } = this.#entries[entry];
    let index = this.#withSource.get(entry, NONE);
    if (index === -1) {
      index = this.add({ ...line, inlined: true, module: '' }, file, lineNumber);
      this.#withSource.set(entry, NONE, index);
    }
    return index;
  }

  /**
   * The stack of the first `count` of `entries`, innermost first as perf prints them. An inlined frame has the module
   * and kind of the frame it was inlined into. The innermost address is where the processor was, and so are that of the
   * first user frame under the kernel's and that of what an interrupt came in; all others are return addresses, kept less one.
   */
  stackOf(entries: Int32Array, count: number): StackIndex {
    if (this.#keys.length < count) {
      this.#keys = new Int32Array(count * 2);
      this.#lastKeys = grown(this.#lastKeys, count * 2);
      this.#lastStacks = grown(this.#lastStacks, count * 2);
    }
    this.#findRoles(entries, count);
    const keys = this.#keys;
    const lastKeys = this.#lastKeys;
    const lastStacks = this.#lastStacks;
    let depth = 0;
    while (depth < count && depth < this.#lastCount && lastKeys[depth] === keys[count - 1 - depth]) depth++;
    let physical = count - depth;
    while (physical < count - 1 && this.#isInlinedInto(entries, physical, count)) physical++;
    let stack: StackIndex = depth === 0 ? NONE : lastStacks[depth - 1];
    for (; depth < count; depth++) {
      const at = count - 1 - depth;
      const key = keys[at];
      const isInlined = this.#isInlinedInto(entries, at, count);
      if (!isInlined) physical = at;
      if (!isInlined || !this.#unresolved) {
        const frame = isInlined ? NONE : this.#frameOf.at(key);
        stack = frame === NONE ? this.#framesOn(stack, entries, at, physical, key) : this.#builder.stack(stack, frame);
      }
      lastKeys[depth] = key;
      lastStacks[depth] = stack;
    }
    this.#lastCount = count;
    return stack;
  }

  /** Finds the keys of the first `count` of `entries`. */
  #findRoles(entries: Int32Array, count: number): void {
    const keys = this.#keys;
    let start = 0;
    // Whether the next one outwards is exact whatever it is, as the innermost is; and whether it is where it is no kernel code.
    let isExact = true;
    let isExactForUser = true;
    for (let at = 0; at < count; at++) {
      if (this.#isInlinedInto(entries, at, count)) continue;
      const traits = this.#traits.at(entries[at]);
      const role = isExact || (isExactForUser && (traits & KERNEL) === 0) ? EXACT : CALLER;
      for (; start <= at; start++) keys[start] = entries[start] * 2 + role;
      isExact = (traits & INTERRUPT) !== 0;
      isExactForUser = (traits & KERNEL) !== 0;
    }
  }

  /** The stack with the frames of the entry at `at`, which is inlined into that at `physical` or is that. */
  #framesOn(stack: StackIndex, entries: Int32Array, at: number, physical: number, key: number): StackIndex {
    const frames = this.#framesOf(this.#entries[entries[at]], this.#entries[entries[physical]], key & 1);
    if (at === physical && frames.length === 1) this.#frameOf.set(key, frames[0]);
    let whole = stack;
    for (const frame of frames) whole = this.#builder.stack(whole, frame);
    return whole;
  }

  /**
   * Whether the next entry is what this one was inlined into: then they have one address. (perf marks as inlined, too,
   * a function whose symbol has another name in the debug information.)
   */
  #isInlinedInto(entries: Int32Array, at: number, count: number): boolean {
    if ((this.#traits.at(entries[at]) & INLINED) === 0) return false;
    const { line } = this.#entries[entries[at]];
    return at + 1 < count && this.#entries[entries[at + 1]].line.address === line.address;
  }

  /** Whether the line ends as whole lines of this text do: with a module, where they have one. */
  isWhole(entry: EntryIndex): boolean {
    const { hasModule, inlined } = this.#entries[entry].line;
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

  #framesOf(entry: Entry, physical: Entry, role: number): readonly FrameIndex[] {
    if (entry === physical) {
      entry.own[role] ??= this.#makeFrames(entry, physical, role);
      return entry.own[role];
    }
    const key = (physical.module + 1) * 2 + role;
    entry.inlined ??= new Map();
    let frames = entry.inlined.get(key);
    if (!frames) {
      frames = this.#makeFrames(entry, physical, role);
      entry.inlined.set(key, frames);
    }
    return frames;
  }

  #makeFrames(entry: Entry, physical: Entry, role: number): readonly FrameIndex[] {
    const { module, kind } = physical;
    const { line, file, lineNumber } = entry;
    const address = role === CALLER && line.address > 0n ? line.address - 1n : line.address;
    if (this.#unresolved) return [this.#builder.frame({ function: NONE, module, address, kind })];
    const isUnknown = line.symbol === '';
    const names = isUnknown ? [unknownName(physical.line.module, address)] : printedNames(line.symbol, kind);
    return names.map((fullName, depth) => {
      const name = isUnknown ? fullName : withoutParameters(fullName);
      const func = this.#builder.function({ name, fullName, module });
      while (this.#functionFile.length <= func) this.#functionFile.push(0);
      if (this.#functionFile.at(func) === 0) this.#functionFile.set(func, this.#builder.string(file));
      return this.#builder.frame({
        function: func,
        file,
        line: lineNumber,
        module,
        address,
        inlined: entry !== physical || depth > 0,
        kind,
      });
    });
  }
}

/** JIT compilers for Java name a frame `outer->inlined->inlined`; outermost first. */
function printedNames(symbol: string, kind: FrameKind): readonly string[] {
  return kind === 'jit' && symbol.includes('->') ? symbol.split('->').filter((name) => name !== '') : [symbol];
}

/** Roles of a frame: its address is where the processor was, or the one to return to. */
const EXACT = 0;
const CALLER = 1;
/** Traits of an entry: it is kernel code, an interrupt entered the kernel there, perf marked it as inlined. */
const KERNEL = 1;
const INTERRUPT = 2;
const INLINED = 4;
/** Each takes about a kilobyte; a recording of a whole machine has some hundred thousand. */
const MOST_PLACES = 1 << 21;

function grown(column: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(column);
  return larger;
}
