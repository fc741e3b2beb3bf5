/**
 * A profile: samples of stacks with weights, as tables of columns.
 *
 * Rows refer to one another by index; the aliases below say into which table. Columns are typed arrays, so a
 * profile of a million samples is a few dozen megabytes, is handed between threads without a copy, and is walked
 * without allocating. Nothing here is changed after it was built: an operation gives a new profile that shares
 * the columns it didn't touch.
 */
export interface Profile {
  /** Interned strings; `strings[0]` is always `''`, which stands for "not known". */
  readonly strings: readonly string[];
  readonly modules: ModuleTable;
  readonly functions: FunctionTable;
  readonly frames: FrameTable;
  readonly stacks: StackTable;
  readonly samples: SampleTable;
  readonly threads: ThreadTable;
  readonly labelSets: LabelSetTable;
  /** What the weights measure: at least one. `samples.weights[v]` is the column of `values[v]`. */
  readonly values: readonly ValueType[];
  /** What the weights were divided by, such as a number of requests: 1 as recorded. */
  readonly dividedBy: number;
  /** The value that is shown first. */
  readonly defaultValue: ValueIndex;
  readonly origin: Origin;
  readonly quality: Quality;
}

export type StringIndex = number;
export type ModuleIndex = number;
export type FunctionIndex = number;
export type FrameIndex = number;
export type StackIndex = number;
export type ThreadIndex = number;
export type SampleIndex = number;
export type LabelSetIndex = number;
export type ValueIndex = number;

/** No row: the parent of a root stack, the stack of a sample without one, the module of a frame whose module isn't known. */
export const NONE = -1;

/** Programs and libraries that were mapped. */
export interface ModuleTable {
  readonly length: number;
  /** Path as recorded, such as `/usr/lib/x86_64-linux-gnu/libc.so.6`, or a bracketed name such as `[vdso]`. */
  readonly path: ArrayLike<StringIndex>;
  /** Hexadecimal build-id, or `''`. */
  readonly buildId: ArrayLike<StringIndex>;
}

export interface FunctionTable {
  readonly length: number;
  /** Readable name without parameters, as `perf report` prints it: `ns::Matrix<double>::multiply`. */
  readonly name: ArrayLike<StringIndex>;
  /** Readable name with parameters, `ns::Matrix<double>::multiply(Matrix const&)`; the same as `name` where there are none. */
  readonly fullName: ArrayLike<StringIndex>;
  /** Name as the linker knows it (`_ZN2ns6…`); the same as `name` where nothing is mangled. */
  readonly systemName: ArrayLike<StringIndex>;
  /** Source file of the definition, as recorded (usually absolute), or `''`. */
  readonly file: ArrayLike<StringIndex>;
  /** Line of the definition, 1-based; 0 where it isn't known. */
  readonly startLine: Uint32Array;
  /** Module the function is in, or NONE. */
  readonly module: Int32Array;
}

/** What runs in a frame; stored as its position in this list. */
export const FRAME_KINDS = ['native', 'kernel', 'interpreted', 'jit'] as const;
export type FrameKind = (typeof FRAME_KINDS)[number];

/** A place in code where a stack can be. Two frames that differ in nothing are one row. */
export interface FrameTable {
  readonly length: number;
  /** Function, or NONE while symbols haven't been looked up (only between an importer and `symbols/`). */
  readonly function: Int32Array;
  /** Source file that `line` is in: the function's own, but where it takes lines from another (`#include`, `#line`); `''` where it isn't known. */
  readonly file: ArrayLike<StringIndex>;
  /** Line that was executing, or the line of the call, 1-based; 0 where it isn't known. */
  readonly line: Uint32Array;
  /** Column of that, 1-based; 0 where it isn't known. */
  readonly column: Uint32Array;
  readonly module: Int32Array;
  /**
   * Address in the module's own address space (an ELF virtual address as `objdump -d` prints it; absolute for the kernel and
   * for JIT code). For a caller it is the return address minus one, so that it lies inside the call. 0n where there is none.
   */
  readonly address: BigUint64Array;
  /** 1 where this frame was inlined into the frame that is its parent in the stack. */
  readonly inlined: Uint8Array;
  /** Position in FRAME_KINDS. */
  readonly kind: Uint8Array;
}

/** A prefix tree of stacks: a stack is its parent's frames with one more, the callee, on top. A parent comes before its children. */
export interface StackTable {
  readonly length: number;
  /** The caller's stack, or NONE for an outermost frame. Always less than the own index. */
  readonly parent: Int32Array;
  readonly frame: Int32Array;
}

export interface SampleTable {
  readonly length: number;
  /** Innermost frame's stack, or NONE for a sample without a stack: its weight counts in the whole and for no function. */
  readonly stack: Int32Array;
  readonly thread: Int32Array;
  /** Nanoseconds since `origin.startTimeNs`, or NaN where there's no time. Rows need not be in order of time. */
  readonly time: Float64Array;
  /** What the sample is tagged with, or NONE. */
  readonly labels: Int32Array;
  /** One column a value type. May be negative in a difference. */
  readonly weights: readonly Float64Array[];
}

/** Threads by process and name: a thread that is renamed, or that executes another program, has a row for each name. */
export interface ThreadTable {
  readonly length: number;
  readonly pid: Int32Array;
  readonly tid: Int32Array;
  readonly name: ArrayLike<StringIndex>;
}

/**
 * Sets of labels (pprof's tags, a request's attributes): set s is the labels `start[s]` up to `start[s + 1]`. Two sets that differ in
 * nothing are one row.
 */
export interface LabelSetTable {
  readonly length: number;
  /** One more row than there are sets. */
  readonly start: Int32Array;
  /** By label. */
  readonly key: ArrayLike<StringIndex>;
  /** By label: its text; `''` where the label is a number. */
  readonly text: ArrayLike<StringIndex>;
  /** By label: its number; NaN where the label is a text. */
  readonly number: Float64Array;
  /** By label: the number's unit, `bytes`, or `''`. */
  readonly unit: ArrayLike<StringIndex>;
}

/** What a weight measures, in pprof's terms: `{type: 'cpu-clock', unit: 'nanoseconds'}`, `{type: 'samples', unit: 'count'}`. */
export interface ValueType {
  readonly type: string;
  /** `count`, `nanoseconds`, `bytes`, or the name of another unit. */
  readonly unit: string;
}

/** Where a profile comes from. Empty and NaN mean "not known". */
export interface Origin {
  /** Name of the importer's format, such as `perf.data`. */
  readonly format: string;
  /** Program that wrote it, with version: `perf 6.1.0`. */
  readonly producer: string;
  readonly commandLine: readonly string[];
  readonly hostname: string;
  readonly architecture: string;
  /** Release of the kernel that ran, as `uname -r` has it. */
  readonly kernelRelease: string;
  /** Where the kernel lay: the address of one of its symbols and its name, `ffffffff81000000 _text`. */
  readonly kernelAnchor: string;
  /** Clock reading that `samples.time` counts from, in nanoseconds of the recording's own clock. */
  readonly startTimeNs: number;
  /** From the first to the last thing recorded, in nanoseconds. */
  readonly durationNs: number;
  /** When the recording began, in milliseconds since 1970; NaN where it isn't known. */
  readonly wallStartMs: number;
  /**
   * What of that is less than a millisecond, in nanoseconds: a number of milliseconds since 1970 is exact to 125 of them only. NaN where
   * the file has no nanoseconds.
   */
  readonly wallStartRestNs: number;
  /** What one sample was taken for: so much of this, `{type: 'cpu', unit: 'nanoseconds', amount: 10_000_000}`. */
  readonly period: (ValueType & { readonly amount: number }) | null;
  /** What the producer or a person wrote into the file about it. */
  readonly comments: readonly string[];
  /** Short sentences on what a picture of this profile may mislead about. */
  readonly mayMislead: readonly string[];
}

/** What is known against the data. Counts are of samples unless said otherwise; NaN where it can't be known. */
export interface Quality {
  /** Samples that the recorder dropped. */
  readonly lostSamples: number;
  /** Stacks that don't reach a thread's first function: cut at the depth limit, or through code without frame pointers. */
  readonly brokenStacks: number;
  /** Times the kernel throttled sampling. */
  readonly throttled: number;
  /** Frequency that was asked for, in Hz. */
  readonly requestedHz: number;
  /** What was skipped or doubtful on the way in, in words. */
  readonly warnings: readonly string[];
}

export const UNKNOWN_ORIGIN: Origin = {
  format: '',
  producer: '',
  commandLine: [],
  hostname: '',
  architecture: '',
  kernelRelease: '',
  kernelAnchor: '',
  startTimeNs: 0,
  durationNs: Number.NaN,
  wallStartMs: Number.NaN,
  wallStartRestNs: Number.NaN,
  period: null,
  comments: [],
  mayMislead: [],
};

export const UNKNOWN_QUALITY: Quality = {
  lostSamples: Number.NaN,
  brokenStacks: Number.NaN,
  throttled: Number.NaN,
  requestedHz: Number.NaN,
  warnings: [],
};
