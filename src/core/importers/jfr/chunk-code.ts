import { IntKeyMap } from '../../profile/int-key-map.ts';
import { type FrameIndex, type FrameKind, type FunctionIndex, NONE, type StackIndex } from '../../profile/profile.ts';
import { dotted, javaName } from './code-names.ts';
import type { ConstantPools } from './constant-pools.ts';
import type { Recording } from './recording.ts';

/** Makes rows of the profile of a chunk's stack traces and methods, each once, as samples ask for them. */
export class ChunkCode {
  /** Whether the stack that was given last ends before the thread's first function. */
  isBroken = false;
  /** Whether the chunk has no stack of the key that was asked for last. */
  isMissing = false;
  readonly #recording: Recording;
  readonly #pools: ConstantPools;
  readonly #kinds: readonly CodeKind[];
  readonly #stacks: Int32Array;
  readonly #broken: Uint8Array;
  readonly #frames = new IntKeyMap(1024);
  readonly #functions = new IntKeyMap(1024);

  constructor(recording: Recording, pools: ConstantPools) {
    this.#recording = recording;
    this.#pools = pools;
    this.#kinds = codeKinds(pools);
    this.#stacks = new Int32Array(pools.stackTraces.length).fill(NOT_MADE);
    this.#broken = new Uint8Array(pools.stackTraces.length);
  }

  /** The stack with a key, NONE where the chunk has none of that key. */
  stack(low: number, high: number): StackIndex {
    const row = this.#pools.stackTraces.find(low, high);
    this.isBroken = false;
    this.isMissing = row === -1 && (low !== 0 || high !== 0);
    if (row === -1) return NONE;
    if (this.#stacks[row] === NOT_MADE) this.#make(row);
    this.isBroken = this.#broken[row] === 1;
    return this.#stacks[row];
  }

  /** Name of the method with a key, for a label. */
  methodName(low: number, high: number): string {
    const { className, method } = this.#method(this.#pools.find('jdk.types.Method', low, high));
    return javaName(className, method, '').name;
  }

  #make(row: number): void {
    const traces = this.#pools.stackTraces;
    let stack: StackIndex = NONE;
    let isBroken = traces.isTruncated(row);
    for (let frame = traces.end(row) - 1; frame >= traces.start(row); frame--) {
      const method = this.#pools.find('jdk.types.Method', traces.methodLow.at(frame), traces.methodHigh.at(frame));
      const type = this.#pools.find('jdk.types.FrameType', traces.typeLow.at(frame), 0);
      const kind = this.#kinds[type] ?? UNKNOWN_KIND;
      if (kind.isForeign && this.#isMark(method)) isBroken = true;
      stack = this.#recording.builder.stack(stack, this.#frame(method, traces.line.at(frame), kind));
    }
    this.#stacks[row] = stack;
    this.#broken[row] = isBroken ? 1 : 0;
  }

  #frame(method: number, line: number, kind: CodeKind): FrameIndex {
    const key = method * CODE_KINDS.length + CODE_KINDS.indexOf(kind);
    let frame = this.#frames.get(key, line);
    if (frame === -1) {
      const func = this.#function(method, kind);
      frame = this.#recording.builder.frame({
        function: func,
        line,
        module: this.#module(method, kind),
        inlined: kind.isInlined,
        kind: kind.kind,
      });
      this.#frames.set(key, line, frame);
    }
    return frame;
  }

  #function(row: number, kind: CodeKind): FunctionIndex {
    const known = this.#functions.get(row, kind.isForeign ? 1 : 0);
    if (known !== -1) return known;
    const { className, method, descriptor } = this.#method(row);
    let func: FunctionIndex;
    if (row === -1) func = this.#recording.builder.function({ name: UNKNOWN_METHOD });
    else if (kind.isForeign) {
      func = this.#recording.builder.function({ name: method || UNKNOWN_METHOD, module: this.#module(row, kind) });
    } else func = this.#recording.javaMethod(className, method || UNKNOWN_METHOD, descriptor);
    this.#functions.set(row, kind.isForeign ? 1 : 0, func);
    return func;
  }

  /** async-profiler has a library's name where a Java method has its class. */
  #module(row: number, kind: CodeKind): number {
    if (!kind.isForeign) return NONE;
    const { className } = this.#method(row);
    const path = className === '' && kind.kind === 'kernel' ? '[kernel]' : className;
    return path === '' ? NONE : this.#recording.builder.module(path);
  }

  #method(row: number): { className: string; method: string; descriptor: string } {
    if (row === -1) return { className: '', method: '', descriptor: '' };
    const pools = this.#pools;
    const [low, high] = [pools.low('jdk.types.Method', row, 0), pools.high('jdk.types.Method', row, 0)];
    return {
      className: pools.className(low, high),
      method: pools.symbolOf('jdk.types.Method', row, 1),
      descriptor: pools.symbolOf('jdk.types.Method', row, 2),
    };
  }

  #isMark(row: number): boolean {
    const { className, method } = this.#method(row);
    return className === '' && BROKEN_MARKS.test(method);
  }
}

/** A class's name as a label has it. */
export function classLabel(pools: ConstantPools, low: number, high: number): string {
  return dotted(pools.className(low, high));
}

/** What runs in frames of a type. */
interface CodeKind {
  readonly kind: FrameKind;
  readonly isInlined: boolean;
  /** Whether its name is that of a function of a library, not of a class's method. */
  readonly isForeign: boolean;
}

const INTERPRETED: CodeKind = { kind: 'interpreted', isInlined: false, isForeign: false };
const COMPILED: CodeKind = { kind: 'jit', isInlined: false, isForeign: false };
const INLINED: CodeKind = { kind: 'jit', isInlined: true, isForeign: false };
const NATIVE_METHOD: CodeKind = { kind: 'native', isInlined: false, isForeign: false };
const NATIVE: CodeKind = { kind: 'native', isInlined: false, isForeign: true };
const KERNEL: CodeKind = { kind: 'kernel', isInlined: false, isForeign: true };
const UNKNOWN_KIND: CodeKind = { kind: 'interpreted', isInlined: false, isForeign: false };
const CODE_KINDS = [INTERPRETED, COMPILED, INLINED, NATIVE_METHOD, NATIVE, KERNEL, UNKNOWN_KIND];

/**
 * By row of the chunk's frame types. "Native" is a native method of Java where a JDK wrote the chunk, and a function of C where
 * async-profiler did, which has types for C++ and the kernel, too (JfrConverter.isNativeFrame).
 */
function codeKinds(pools: ConstantPools): CodeKind[] {
  const names: string[] = [];
  for (let row = 0; row < pools.size('jdk.types.FrameType'); row++) {
    names.push(pools.text('jdk.types.FrameType', row, 0).toLowerCase());
  }
  const hasForeign = names.includes('kernel');
  return names.map((name) => {
    if (name === 'interpreted') return INTERPRETED;
    if (name === 'inlined') return INLINED;
    if (name === 'native') return hasForeign ? NATIVE : NATIVE_METHOD;
    if (name === 'c++') return NATIVE;
    if (name === 'kernel') return KERNEL;
    return name.includes('compiled') ? COMPILED : UNKNOWN_KIND;
  });
}

const NOT_MADE = -2;
const UNKNOWN_METHOD = '[unknown]';

/**
 * Frames that async-profiler puts where it can't go on (`asgctError` in src/profiler.cpp, `break_…` in src/stackWalker.cpp).
 */
const BROKEN_MARKS =
  /^\[?(?:unknown_(?:Java|not_Java|state)|not_walkable_(?:Java|not_Java)|no_Java_frame|deoptimized?|deopt|safepoint|break_\w+)\]?$/;
