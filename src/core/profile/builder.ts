import { Float64Column, Int32Column } from './column.ts';
import { IntKeyMap } from './int-key-map.ts';
import { IntRows } from './int-rows.ts';
import {
  FRAME_KINDS,
  type FrameIndex,
  type FrameKind,
  type FunctionIndex,
  type LabelSetIndex,
  type LabelSetTable,
  type ModuleIndex,
  NONE,
  type Origin,
  type Profile,
  type Quality,
  type SampleIndex,
  type StackIndex,
  type StringIndex,
  type ThreadIndex,
  UNKNOWN_ORIGIN,
  UNKNOWN_QUALITY,
  type ValueIndex,
  type ValueType,
} from './profile.ts';
import { StackIndexMap } from './stack-index.ts';

export interface FunctionRow {
  readonly name: string;
  readonly fullName?: string;
  readonly systemName?: string;
  readonly file?: string;
  readonly startLine?: number;
  readonly module?: ModuleIndex;
}

export interface FrameRow {
  readonly function: FunctionIndex;
  /** The function's own where it isn't given. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly module?: ModuleIndex;
  readonly address?: bigint;
  readonly inlined?: boolean;
  readonly kind?: FrameKind;
}

/** A label of a sample: a text, or a number with its unit. */
export type Label =
  | { readonly key: string; readonly text: string }
  | { readonly key: string; readonly number: number; readonly unit?: string };

/** Builds a profile row by row; every table but the samples is interned, so adding the same thing twice gives the same index. */
export class ProfileBuilder {
  readonly #strings: string[] = [''];
  readonly #stringIndex = new Map<string, StringIndex>([['', 0]]);
  readonly #moduleIndex = new Map<string, ModuleIndex>();
  readonly #functionRows = new IntRows(6, 64);
  #placeIndex = new IntKeyMap(64);
  #frameRests = new IntRows(6, 64);
  #frameIndex = new IntKeyMap(64);
  readonly #threadIndex = new Map<string, ThreadIndex>();
  #stackIndex = new StackIndexMap(1024);
  readonly #modules = { path: new Int32Column(), buildId: new Int32Column() };
  readonly #functions = {
    name: new Int32Column(),
    fullName: new Int32Column(),
    systemName: new Int32Column(),
    file: new Int32Column(),
    startLine: new Int32Column(),
    module: new Int32Column(),
  };
  readonly #frames = {
    function: new Int32Column(),
    file: new Int32Column(),
    line: new Int32Column(),
    column: new Int32Column(),
    module: new Int32Column(),
    address: [] as bigint[],
    inlined: new Int32Column(),
    kind: new Int32Column(),
  };
  #stacks = { parent: new Int32Column(1024), frame: new Int32Column(1024) };
  readonly #threads = { pid: new Int32Column(), tid: new Int32Column(), name: new Int32Column() };
  readonly #labelSetIndex = new Map<string, LabelSetIndex>();
  readonly #labels = {
    start: new Int32Column(),
    key: new Int32Column(),
    text: new Int32Column(),
    number: new Float64Column(),
    unit: new Int32Column(),
  };
  readonly #values: ValueType[] = [];
  #sampleCount = 0;
  #capacity = 1024;
  #sampleStack = new Int32Array(this.#capacity);
  #sampleThread = new Int32Array(this.#capacity);
  #sampleTime = new Float64Array(this.#capacity);
  #sampleLabels = new Int32Array(this.#capacity);
  readonly #weights: Float64Array[] = [];

  get sampleCount(): number {
    return this.#sampleCount;
  }

  string(text: string): StringIndex {
    const known = this.#stringIndex.get(text);
    if (known !== undefined) return known;
    this.#strings.push(text);
    this.#stringIndex.set(text, this.#strings.length - 1);
    return this.#strings.length - 1;
  }

  /** A value type; may be added at any time, earlier samples weigh 0 in it. */
  value(type: string, unit: string): ValueIndex {
    const known = this.#values.findIndex((value) => value.type === type && value.unit === unit);
    if (known >= 0) return known;
    this.#weights.push(new Float64Array(this.#capacity));
    return this.#values.push({ type, unit }) - 1;
  }

  module(path: string, buildId = ''): ModuleIndex {
    return this.#interned(this.#moduleIndex, `${path}\0${buildId}`, () => {
      this.#modules.buildId.push(this.string(buildId));
      return this.#modules.path.push(this.string(path));
    });
  }

  function(row: FunctionRow): FunctionIndex {
    const { name, fullName = name, systemName = name, file = '', startLine = 0, module = NONE } = row;
    const nameIndex = this.string(name);
    ROW[0] = nameIndex;
    ROW[1] = fullName === name ? nameIndex : this.string(fullName);
    ROW[2] = systemName === name ? nameIndex : this.string(systemName);
    ROW[3] = this.string(file);
    ROW[4] = startLine;
    ROW[5] = module;
    const index = this.#functionRows.intern(ROW);
    if (index < this.#functions.name.length) return index;
    this.#functions.fullName.push(ROW[1]);
    this.#functions.systemName.push(ROW[2]);
    this.#functions.file.push(ROW[3]);
    this.#functions.startLine.push(startLine);
    this.#functions.module.push(module);
    return this.#functions.name.push(nameIndex);
  }

  frame(row: FrameRow): FrameIndex {
    const { function: func, line = 0, column = 0, module = NONE, address = 0n, inlined = false, kind = 'native' } = row;
    const kindIndex = FRAME_KINDS.indexOf(kind) * 2 + (inlined ? 1 : 0);
    const home = func === NONE ? 0 : this.#functions.file.at(func);
    const file = row.file === undefined ? home : this.string(row.file);
    let place = this.#placeIndex.get(func, line);
    if (place === -1) {
      place = this.#placeIndex.size;
      this.#placeIndex.set(func, line, place);
    }
    // What is rarely there besides function and line; without any of it the kind stands for itself.
    const rest =
      column === 0 && module === NONE && address === 0n && file === home
        ? kindIndex
        : PLAIN_RESTS + this.#restOf(column, module, address, kindIndex, file);
    const known = this.#frameIndex.get(place, rest);
    if (known !== -1) return known;
    this.#frames.file.push(file);
    this.#frames.line.push(line);
    this.#frames.column.push(column);
    this.#frames.module.push(module);
    this.#frames.address.push(address);
    this.#frames.inlined.push(inlined ? 1 : 0);
    this.#frames.kind.push(kindIndex >> 1);
    const index = this.#frames.function.push(func);
    this.#frameIndex.set(place, rest, index);
    return index;
  }

  #restOf(column: number, module: ModuleIndex, address: bigint, kindIndex: number, file: StringIndex): number {
    ROW[0] = column;
    ROW[1] = module;
    ADDRESS[0] = address;
    ROW[2] = ADDRESS_HALVES[0];
    ROW[3] = ADDRESS_HALVES[1];
    ROW[4] = kindIndex;
    ROW[5] = file;
    return this.#frameRests.intern(ROW);
  }

  /** Says how many frames will come, about, so that their tables needn't grow. Only before the first. */
  reserveFrames(count: number): void {
    if (this.#frames.function.length > 0) return;
    this.#placeIndex = new IntKeyMap(count);
    this.#frameRests = new IntRows(6, count);
    this.#frameIndex = new IntKeyMap(count);
  }

  /** The same for stacks. */
  reserveStacks(count: number): void {
    if (this.#stacks.parent.length > 0) return;
    this.#stackIndex = new StackIndexMap(count);
    this.#stacks = { parent: new Int32Column(count), frame: new Int32Column(count) };
  }

  /** The same for samples. */
  reserveSamples(count: number): void {
    if (this.#capacity < count) this.#growSamples(count);
  }

  stack(parent: StackIndex, frame: FrameIndex): StackIndex {
    const { parent: parents, frame: frames } = this.#stacks;
    const stack = this.#stackIndex.intern(parent, frame, parents.length);
    if (stack === parents.length) {
      parents.push(parent);
      frames.push(frame);
    }
    return stack;
  }

  /** The stack of frames given outermost first; NONE for an empty list. */
  stackOf(outermostFirst: Iterable<FrameIndex>): StackIndex {
    let stack: StackIndex = NONE;
    for (const frame of outermostFirst) stack = this.stack(stack, frame);
    return stack;
  }

  thread(pid: number, tid: number, name: string): ThreadIndex {
    return this.#interned(this.#threadIndex, `${pid}\0${tid}\0${name}`, () => {
      this.#threads.tid.push(tid);
      this.#threads.name.push(this.string(name));
      return this.#threads.pid.push(pid);
    });
  }

  /** The set of these labels, in the order given; NONE for none. */
  labelSet(labels: readonly Label[]): LabelSetIndex {
    if (labels.length === 0) return NONE;
    const rows = labels.map((label) => {
      const isText = 'text' in label;
      return {
        key: this.string(label.key),
        text: isText ? this.string(label.text) : 0,
        number: isText ? Number.NaN : label.number,
        unit: isText ? 0 : this.string(label.unit ?? ''),
      };
    });
    const name = rows.map(({ key, text, number, unit }) => `${key} ${text} ${number} ${unit}`).join();
    return this.#interned(this.#labelSetIndex, name, () => {
      const set = this.#labels.start.push(this.#labels.key.length);
      for (const { key, text, number, unit } of rows) {
        this.#labels.key.push(key);
        this.#labels.text.push(text);
        this.#labels.number.push(number);
        this.#labels.unit.push(unit);
      }
      return set;
    });
  }

  /** Adds a sample that weighs nothing yet. `timeNs` is NaN where there's no time. */
  sample(stack: StackIndex, thread: ThreadIndex, timeNs: number, labels: LabelSetIndex = NONE): SampleIndex {
    if (this.#sampleCount === this.#capacity) this.#growSamples();
    this.#sampleStack[this.#sampleCount] = stack;
    this.#sampleThread[this.#sampleCount] = thread;
    this.#sampleTime[this.#sampleCount] = timeNs;
    this.#sampleLabels[this.#sampleCount] = labels;
    return this.#sampleCount++;
  }

  addWeight(sample: SampleIndex, value: ValueIndex, weight: number): void {
    this.#weights[value][sample] += weight;
  }

  /** What a sample weighs so far. */
  weight(sample: SampleIndex, value: ValueIndex): number {
    return this.#weights[value][sample];
  }

  finish(about: { origin?: Partial<Origin>; quality?: Partial<Quality>; defaultValue?: ValueIndex } = {}): Profile {
    const { parent, frame } = this.#stacks;
    const { function: func, file, line, column, module, address, inlined, kind } = this.#frames;
    const count = this.#sampleCount;
    if (this.#values.length === 0) this.value('samples', 'count');
    return {
      strings: this.#strings,
      modules: {
        length: this.#modules.path.length,
        path: this.#modules.path.finish(),
        buildId: this.#modules.buildId.finish(),
      },
      functions: {
        length: this.#functions.name.length,
        name: this.#functions.name.finish(),
        fullName: this.#functions.fullName.finish(),
        systemName: this.#functions.systemName.finish(),
        file: this.#functions.file.finish(),
        startLine: new Uint32Array(this.#functions.startLine.finish()),
        module: this.#functions.module.finish(),
      },
      frames: {
        length: func.length,
        function: func.finish(),
        file: file.finish(),
        line: new Uint32Array(line.finish()),
        column: new Uint32Array(column.finish()),
        module: module.finish(),
        address: BigUint64Array.from(address),
        inlined: new Uint8Array(inlined.finish()),
        kind: new Uint8Array(kind.finish()),
      },
      stacks: { length: parent.length, parent: parent.finish(), frame: frame.finish() },
      samples: {
        length: count,
        stack: this.#sampleStack.slice(0, count),
        thread: this.#sampleThread.slice(0, count),
        time: this.#sampleTime.slice(0, count),
        labels: this.#sampleLabels.slice(0, count),
        weights: this.#weights.map((column) => column.slice(0, count)),
      },
      threads: {
        length: this.#threads.pid.length,
        pid: this.#threads.pid.finish(),
        tid: this.#threads.tid.finish(),
        name: this.#threads.name.finish(),
      },
      labelSets: this.#labelSets(),
      values: this.#values,
      dividedBy: 1,
      defaultValue: about.defaultValue ?? 0,
      origin: { ...UNKNOWN_ORIGIN, ...about.origin },
      quality: { ...UNKNOWN_QUALITY, ...about.quality },
    };
  }

  #labelSets(): LabelSetTable {
    const { start, key, text, number, unit } = this.#labels;
    return {
      length: start.length,
      start: Int32Array.from([...start.finish(), key.length]),
      key: key.finish(),
      text: text.finish(),
      number: number.finish(),
      unit: unit.finish(),
    };
  }

  #interned(rows: Map<string, number>, key: string, add: () => number): number {
    const known = rows.get(key);
    if (known !== undefined) return known;
    const index = add();
    rows.set(key, index);
    return index;
  }

  #growSamples(capacity = this.#capacity * 2): void {
    const larger = <T extends Int32Array | Float64Array>(old: T, column: T): T => {
      column.set(old);
      return column;
    };
    this.#sampleStack = larger(this.#sampleStack, new Int32Array(capacity));
    this.#sampleLabels = larger(this.#sampleLabels, new Int32Array(capacity));
    this.#sampleThread = larger(this.#sampleThread, new Int32Array(capacity));
    this.#sampleTime = larger(this.#sampleTime, new Float64Array(capacity));
    for (let v = 0; v < this.#weights.length; v++) {
      this.#weights[v] = larger(this.#weights[v], new Float64Array(capacity));
    }
    this.#capacity = capacity;
  }
}

/** Numbers below are those of kinds, twice for whether the frame is inlined. */
const PLAIN_RESTS = FRAME_KINDS.length * 2;
const ROW = new Int32Array(6);
const ADDRESS = new BigUint64Array(1);
const ADDRESS_HALVES = new Int32Array(ADDRESS.buffer);
