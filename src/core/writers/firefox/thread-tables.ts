import { IntKeyMap } from '../../profile/int-key-map.ts';
import {
  FRAME_KINDS,
  type FrameIndex,
  type FrameKind,
  NONE,
  type Profile,
  type StackIndex,
} from '../../profile/profile.ts';
import { unknownName } from '../../profile/unknown-name.ts';

type Cell = number | boolean | null;

export interface Table {
  readonly length: number;
  readonly columns: Readonly<Record<string, readonly Cell[]>>;
}

/** What the front end colours frames by. */
export const CATEGORIES = [
  { name: 'Other', color: 'grey', subcategories: ['Other'] },
  { name: 'User', color: 'yellow', subcategories: ['Other'] },
  { name: 'Kernel', color: 'orange', subcategories: ['Other'] },
  { name: 'Interpreter', color: 'red', subcategories: ['Other'] },
  { name: 'JIT', color: 'green', subcategories: ['Other'] },
];
const CATEGORY: Readonly<Record<FrameKind, number>> = { native: 1, kernel: 2, interpreted: 3, jit: 4 };

/** The tables of one thread: the format gives each its own. Rows are made as stacks are asked for. */
export class ThreadTables {
  readonly strings: string[] = [];
  readonly #profile: Profile;
  readonly #stringIndex = new Map<string, number>();
  readonly #stackRow: Int32Array;
  readonly #frameIndex = new IntKeyMap();
  readonly #functionRow = new Map<string, number>();
  readonly #resourceRow = new Map<number, number>();
  readonly #stacks = { prefix: [] as Cell[], frame: [] as Cell[], category: [] as Cell[], subcategory: [] as Cell[] };
  readonly #frames = {
    address: [] as Cell[],
    inlineDepth: [] as Cell[],
    category: [] as Cell[],
    subcategory: [] as Cell[],
    func: [] as Cell[],
    nativeSymbol: [] as Cell[],
    innerWindowID: [] as Cell[],
    implementation: [] as Cell[],
    line: [] as Cell[],
    column: [] as Cell[],
  };
  readonly #functions = {
    name: [] as Cell[],
    isJS: [] as Cell[],
    relevantForJS: [] as Cell[],
    resource: [] as Cell[],
    fileName: [] as Cell[],
    lineNumber: [] as Cell[],
    columnNumber: [] as Cell[],
  };
  readonly #resources = { lib: [] as Cell[], name: [] as Cell[], host: [] as Cell[], type: [] as Cell[] };
  /** By row of a stack: how many inlined frames its innermost stands on. */
  readonly #inlineDepth: number[] = [];

  constructor(profile: Profile) {
    this.#profile = profile;
    this.#stackRow = new Int32Array(profile.stacks.length).fill(NONE);
  }

  stack(stack: StackIndex): number {
    const { stacks, frames } = this.#profile;
    const path: StackIndex[] = [];
    for (let at = stack; at !== NONE && this.#stackRow[at] === NONE; at = stacks.parent[at]) path.push(at);
    for (const own of path.reverse()) {
      const parent = stacks.parent[own];
      const prefix = parent === NONE ? null : this.#stackRow[parent];
      const frame = stacks.frame[own];
      const depth = frames.inlined[frame] === 1 ? (prefix === null ? 0 : this.#inlineDepth[prefix]) + 1 : 0;
      this.#stacks.prefix.push(prefix);
      this.#stacks.category.push(this.#categoryOf(frame));
      this.#stacks.subcategory.push(0);
      this.#inlineDepth.push(depth);
      this.#stackRow[own] = this.#stacks.frame.push(this.#frame(frame, depth)) - 1;
    }
    return this.#stackRow[stack];
  }

  finish(): [name: string, table: Table][] {
    const table = (columns: Record<string, Cell[]>): Table => ({ length: Object.values(columns)[0].length, columns });
    return [
      ['stackTable', table(this.#stacks)],
      ['frameTable', table(this.#frames)],
      ['funcTable', table(this.#functions)],
      ['resourceTable', table(this.#resources)],
      ['nativeSymbols', { length: 0, columns: { libIndex: [], address: [], name: [], functionSize: [] } }],
    ];
  }

  #kindOf(frame: FrameIndex): FrameKind {
    return FRAME_KINDS[this.#profile.frames.kind[frame]];
  }

  #categoryOf(frame: FrameIndex): number {
    return CATEGORY[this.#kindOf(frame)];
  }

  #frame(frame: FrameIndex, depth: number): number {
    const known = this.#frameIndex.get(frame, depth);
    if (known !== NONE) return known;
    const { frames } = this.#profile;
    const own = this.#frames;
    const address = Number(frames.address[frame]);
    own.address.push(frames.module[frame] === NONE || !Number.isSafeInteger(address) || address === 0 ? -1 : address);
    own.inlineDepth.push(depth);
    own.category.push(this.#categoryOf(frame));
    own.subcategory.push(0);
    own.nativeSymbol.push(null);
    own.innerWindowID.push(null);
    // Without one, code of a script was interpreted.
    own.implementation.push(this.#kindOf(frame) === 'jit' ? this.#string('jit') : null);
    own.line.push(frames.line[frame] || null);
    own.column.push(frames.column[frame] || null);
    const row = own.func.push(this.#function(frame)) - 1;
    this.#frameIndex.set(frame, depth, row);
    return row;
  }

  #function(frame: FrameIndex): number {
    const { frames, functions, strings, modules } = this.#profile;
    const func = frames.function[frame];
    const kind = this.#kindOf(frame);
    const isScript = kind === 'jit' || kind === 'interpreted';
    const module = frames.module[frame] === NONE && func !== NONE ? functions.module[func] : frames.module[frame];
    const file = frames.file[frame];
    const key = `${func === NONE ? `at ${frame}` : func} ${file} ${module} ${isScript}`;
    const known = this.#functionRow.get(key);
    if (known !== undefined) return known;
    const address = frames.address[frame];
    // Who symbolicates it later looks for an address.
    const unknown = module === NONE ? unknownName('', address) : `0x${address.toString(16)}`;
    const own = this.#functions;
    own.name.push(this.#string(func === NONE ? unknown : strings[functions.name[func]]));
    own.isJS.push(isScript);
    own.relevantForJS.push(false);
    own.resource.push(module === NONE ? -1 : this.#resource(module, strings[modules.path[module]]));
    own.fileName.push(file === 0 ? null : this.#string(strings[file]));
    own.lineNumber.push(func === NONE || file !== functions.file[func] ? null : functions.startLine[func] || null);
    const row = own.columnNumber.push(null) - 1;
    this.#functionRow.set(key, row);
    return row;
  }

  #resource(module: number, path: string): number {
    let row = this.#resourceRow.get(module);
    if (row === undefined) {
      this.#resources.lib.push(module);
      this.#resources.name.push(this.#string(path.slice(path.lastIndexOf('/') + 1)));
      this.#resources.host.push(null);
      // A library, of the format's kinds of resources.
      row = this.#resources.type.push(1) - 1;
      this.#resourceRow.set(module, row);
    }
    return row;
  }

  #string(text: string): number {
    let index = this.#stringIndex.get(text);
    if (index === undefined) {
      index = this.strings.push(text) - 1;
      this.#stringIndex.set(text, index);
    }
    return index;
  }
}
