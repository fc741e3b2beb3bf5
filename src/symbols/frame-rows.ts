import { Int32Column } from '../core/profile/column.ts';
import type { FrameIndex, FrameTable, FunctionIndex, FunctionTable, Profile } from '../core/profile/profile.ts';
import type { ReadableName } from './demangle.ts';
import type { Place } from './place-table.ts';

/** A function as symbols and debug information name it. */
export interface FoundFunction {
  readonly systemName: string;
  /** Keeps functions apart that have one name and no known file. */
  readonly symbolStart: number;
  /** Source file of its definition, or `''`, and line, 1-based; 0 where that isn't known. */
  readonly file: string;
  readonly startLine: number;
}

/** New frames and functions for a profile; its own functions and strings stay, with their numbers. */
export class FrameRows {
  readonly #profile: Profile;
  readonly #readable: ReadonlyMap<string, ReadableName>;
  readonly #strings: string[];
  readonly #stringIndex = new Map<string, number>();
  readonly #functionIndex = new Map<string, FunctionIndex>();
  readonly #functions: Record<'name' | 'fullName' | 'systemName' | 'file' | 'startLine' | 'module', Int32Column>;
  readonly #frames = {
    function: new Int32Column(),
    file: new Int32Column(),
    line: new Int32Column(),
    column: new Int32Column(),
    module: new Int32Column(),
    inlined: new Int32Column(),
    kind: new Int32Column(),
  };
  readonly #addresses: bigint[] = [];

  constructor(profile: Profile, readable: ReadonlyMap<string, ReadableName>) {
    this.#profile = profile;
    this.#readable = readable;
    this.#strings = [...profile.strings];
    for (const [index, text] of profile.strings.entries()) this.#stringIndex.set(text, index);
    const { name, fullName, systemName, file, startLine, module } = profile.functions;
    const copy = (column: ArrayLike<number>) => {
      const copied = new Int32Column(column.length + 64);
      for (let row = 0; row < column.length; row++) copied.push(column[row]);
      return copied;
    };
    this.#functions = {
      name: copy(name),
      fullName: copy(fullName),
      systemName: copy(systemName),
      file: copy(file),
      startLine: copy(startLine),
      module: copy(module),
    };
  }

  /** A frame in the place of an old one. */
  add(old: FrameIndex, address: bigint, func: FoundFunction, file: string, place: Place, inlined: boolean): FrameIndex {
    const { module, kind } = this.#profile.frames;
    this.#frames.function.push(this.#function(func, module[old]));
    this.#frames.file.push(this.#string(file));
    this.#frames.line.push(place.line);
    this.#frames.column.push(place.column);
    this.#frames.module.push(module[old]);
    this.#frames.inlined.push(inlined ? 1 : 0);
    this.#addresses.push(address);
    return this.#frames.kind.push(kind[old]);
  }

  /** A frame that stays as it is. */
  keep(old: FrameIndex): FrameIndex {
    const { frames } = this.#profile;
    this.#frames.function.push(frames.function[old]);
    this.#frames.file.push(frames.file[old]);
    this.#frames.line.push(frames.line[old]);
    this.#frames.column.push(frames.column[old]);
    this.#frames.module.push(frames.module[old]);
    this.#frames.inlined.push(frames.inlined[old]);
    this.#addresses.push(frames.address[old]);
    return this.#frames.kind.push(frames.kind[old]);
  }

  finish(): { strings: readonly string[]; functions: FunctionTable; frames: FrameTable } {
    const { name, fullName, systemName, file, startLine, module } = this.#functions;
    const frames = this.#frames;
    return {
      strings: this.#strings,
      functions: {
        length: name.length,
        name: name.finish(),
        fullName: fullName.finish(),
        systemName: systemName.finish(),
        file: file.finish(),
        startLine: Uint32Array.from(startLine.finish()),
        module: module.finish(),
      },
      frames: {
        length: frames.function.length,
        function: frames.function.finish(),
        file: frames.file.finish(),
        line: Uint32Array.from(frames.line.finish()),
        column: Uint32Array.from(frames.column.finish()),
        module: frames.module.finish(),
        address: BigUint64Array.from(this.#addresses),
        inlined: Uint8Array.from(frames.inlined.finish()),
        kind: Uint8Array.from(frames.kind.finish()),
      },
    };
  }

  #function({ systemName, symbolStart, file, startLine }: FoundFunction, module: number): FunctionIndex {
    const key = `${systemName}\0${file}\0${file === '' ? symbolStart : startLine}\0${module}`;
    const known = this.#functionIndex.get(key);
    if (known !== undefined) return known;
    const { name, fullName } = this.#readable.get(systemName) ?? { name: systemName, fullName: systemName };
    this.#functions.fullName.push(this.#string(fullName));
    this.#functions.systemName.push(this.#string(systemName));
    this.#functions.file.push(this.#string(file));
    this.#functions.startLine.push(startLine);
    this.#functions.module.push(module);
    const index = this.#functions.name.push(this.#string(name));
    this.#functionIndex.set(key, index);
    return index;
  }

  #string(text: string): number {
    const known = this.#stringIndex.get(text);
    if (known !== undefined) return known;
    this.#stringIndex.set(text, this.#strings.length);
    return this.#strings.push(text) - 1;
  }
}
