import type { ProfileBuilder } from '../../profile/builder.ts';
import { Int32Column } from '../../profile/column.ts';
import { IntKeyMap } from '../../profile/int-key-map.ts';
import { type FrameIndex, type FrameKind, NONE, type Profile, type StackIndex } from '../../profile/profile.ts';
import { unknownName } from '../../profile/unknown-name.ts';
import { moduleKind } from './module-kind.ts';
import { withoutParameters } from './printed-name.ts';
import type { StackLine } from './stack-line.ts';

/** A distinct line of the text, with the source line that may follow it. */
interface Entry {
  readonly line: StackLine;
  readonly kind: FrameKind;
  readonly file: string;
  readonly lineNumber: number;
  /** Frames by role and module, made when first needed; outermost first. */
  readonly frames: Map<number, readonly FrameIndex[]>;
}

export type EntryIndex = number;

/** Turns lines of call chains into frames and stacks of a profile that is being built. */
export class StackFrames {
  readonly #builder: ProfileBuilder;
  /** Frames get a module and an address only; `symbols/` names them. */
  readonly #unresolved: boolean;
  readonly #entries: Entry[] = [];
  readonly #withSource = new IntKeyMap();
  readonly #sources: { file: string; line: number }[] = [];
  readonly #sourceIndex = new Map<string, number>();
  /** By function: its file (a string's index), known as soon as one of its lines is. */
  readonly #functionFile = new Int32Column();
  #hasModules = false;
  #group = new Uint8Array(256);

  constructor(builder: ProfileBuilder, unresolved: boolean) {
    this.#builder = builder;
    this.#unresolved = unresolved;
  }

  /** A line that wasn't met before. */
  add(line: StackLine, file = '', lineNumber = 0): EntryIndex {
    if (line.hasModule) this.#hasModules = true;
    const kind = moduleKind(line.module, line.address);
    return this.#entries.push({ line, kind, file, lineNumber, frames: new Map() }) - 1;
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
   * The stack of the first `count` of `entries`, innermost first as perf prints them. An inlined frame has the module and kind of the frame it was
   * inlined into. The address of the first group is where the processor was, and so is that of the first user frame under the kernel's; all others
   * are return addresses, kept less one.
   */
  stackOf(entries: Int32Array, count: number): StackIndex {
    if (this.#group.length < count) this.#group = new Uint8Array(count * 2);
    const isCaller = this.#group;
    let start = 0;
    let inner: FrameKind | undefined;
    for (let at = 0; at < count; at++) {
      const { line, kind } = this.#entries[entries[at]];
      if (line.inlined && at < count - 1) continue;
      const exact = inner === undefined || (inner === 'kernel' && kind !== 'kernel');
      isCaller.fill(exact ? 0 : 1, start, at + 1);
      start = at + 1;
      inner = kind;
    }
    let stack: StackIndex = NONE;
    let outer: Entry | undefined;
    for (let at = count - 1; at >= 0; at--) {
      const entry = this.#entries[entries[at]];
      if (!entry.line.inlined) outer = entry;
      if (this.#unresolved && entry.line.inlined) continue;
      for (const frame of this.#framesOf(entry, outer, isCaller[at] === 1)) stack = this.#builder.stack(stack, frame);
    }
    return stack;
  }

  /** Whether the line ends as whole lines of this text do: with a module, where they have one. */
  isWhole(entry: EntryIndex): boolean {
    const { hasModule, inlined } = this.#entries[entry].line;
    return hasModule || inlined || !this.#hasModules;
  }

  /** The profile with what was learnt of the files of functions. */
  finish(profile: Profile): Profile {
    if (this.#functionFile.length === 0) return profile;
    return { ...profile, functions: { ...profile.functions, file: this.#functionFile.finish() } };
  }

  #framesOf(entry: Entry, outer: Entry | undefined, isCaller: boolean): readonly FrameIndex[] {
    const module = outer && outer.line.module !== '' ? this.#builder.module(outer.line.module) : NONE;
    const role = (module + 1) * 2 + (isCaller ? 1 : 0);
    let frames = entry.frames.get(role);
    if (!frames) {
      frames = this.#makeFrames(entry, outer ?? entry, module, isCaller);
      entry.frames.set(role, frames);
    }
    return frames;
  }

  #makeFrames(entry: Entry, { line: { module: path }, kind }: Entry, module: number, isCaller: boolean): FrameIndex[] {
    const { line, file, lineNumber } = entry;
    const address = isCaller && line.address > 0n ? line.address - 1n : line.address;
    if (this.#unresolved) return [this.#builder.frame({ function: NONE, module, address, kind })];
    const names = line.symbol === '' ? [unknownName(path, address)] : printedNames(line.symbol, kind);
    return names.map((printed, depth) => {
      const name = line.symbol === '' ? printed : withoutParameters(printed);
      const func = this.#builder.function({ name, fullName: printed, systemName: printed, module });
      return this.#builder.frame({
        function: func,
        line: this.#isInFile(func, file) ? lineNumber : 0,
        module,
        address,
        inlined: line.inlined || depth > 0,
        kind,
      });
    });
  }

  /** Whether `file` is the function's file; the first that is known becomes it. */
  #isInFile(func: number, file: string): boolean {
    while (this.#functionFile.length <= func) this.#functionFile.push(0);
    if (file === '') return false;
    const text = this.#builder.string(file);
    if (this.#functionFile.at(func) === 0) this.#functionFile.set(func, text);
    return this.#functionFile.at(func) === text;
  }
}

/** JIT compilers for Java name a frame `outer->inlined->inlined`; outermost first. */
function printedNames(symbol: string, kind: FrameKind): readonly string[] {
  return kind === 'jit' && symbol.includes('->') ? symbol.split('->').filter((name) => name !== '') : [symbol];
}
