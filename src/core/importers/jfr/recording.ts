import { ProfileBuilder } from '../../profile/builder.ts';
import {
  type FunctionIndex,
  NONE,
  type SampleIndex,
  type ThreadIndex,
  type ValueIndex,
} from '../../profile/profile.ts';
import { javaName } from './code-names.ts';
import { EVENT_KINDS, type EventKind } from './event-kinds.ts';
import { NativeMemory } from './native-memory.ts';
import { RecordingFacts } from './recording-facts.ts';

/** What has been read of a recording, over all of its chunks. */
export class Recording {
  readonly builder = new ProfileBuilder();
  readonly facts = new RecordingFacts();
  /** Events of every type, by name. */
  readonly eventCounts = new Map<string, number>();
  readonly warnings: string[] = [];
  readonly nativeMemory = new NativeMemory();
  /** Samples whose stack ends before the thread's first function. */
  brokenStacks = 0;
  /** Samples whose stack the file doesn't hold. */
  lostStacks = 0;
  readonly #methods = new Map<string, FunctionIndex>();
  /** Of each kind of event: values of its samples and amounts, NONE before its first sample. */
  readonly #counts = new Int32Array(EVENT_KINDS.length).fill(NONE);
  readonly #amounts = new Int32Array(EVENT_KINDS.length).fill(NONE);
  /** Execution samples in a state that async-profiler gives none that its timer of CPU time took. */
  #otherState: ValueIndex = NONE;
  /** When the first chunk that was read began, in nanoseconds since 1970: what times of samples count from. */
  #startNs: bigint | null = null;
  /** From there, in nanoseconds: when the earliest chunk began and the latest ended. */
  firstNs = Number.POSITIVE_INFINITY;
  lastNs = Number.NEGATIVE_INFINITY;

  /** Since 1970; 0 where nothing was read. */
  get startNs(): number {
    return Number(this.#startNs ?? 0n);
  }

  /** A time since 1970 as one since the recording began. */
  sinceStart(ns: bigint): number {
    this.#startNs ??= ns;
    return Number(ns - this.#startNs);
  }

  /** Takes in how long a chunk lasted. */
  addSpan(startNs: bigint, durationNs: number): void {
    const start = this.sinceStart(startNs);
    this.firstNs = Math.min(this.firstNs, start);
    this.lastNs = Math.max(this.lastNs, start + Math.max(0, durationNs));
  }

  /** A thread of the JVM, whose process is known at the end only. */
  thread(tid: number, name: string): ThreadIndex {
    return this.builder.thread(NONE, tid, name);
  }

  /** Chunks repeat the same methods: their names are made readable once. */
  javaMethod(className: string, method: string, descriptor: string): FunctionIndex {
    const key = `${className}\0${method}\0${descriptor}`;
    let func = this.#methods.get(key);
    if (func === undefined) {
      func = this.builder.function(javaName(className, method, descriptor));
      this.#methods.set(key, func);
    }
    return func;
  }

  countEvents(name: string, count: number): void {
    this.eventCounts.set(name, (this.eventCounts.get(name) ?? 0) + count);
  }

  /** `amount` is undefined where the recorder has none for this kind: older JDKs don't say how large old objects are. */
  addWeights(
    sample: SampleIndex,
    kind: number,
    samples: number,
    amount: number | undefined,
    isOtherState: boolean,
  ): void {
    if (this.#counts[kind] === NONE) this.#counts[kind] = this.builder.value(EVENT_KINDS[kind].count, 'count');
    if (isOtherState) {
      if (this.#otherState === NONE) this.#otherState = this.builder.value(OTHER_STATE, 'count');
      this.builder.addWeight(sample, this.#otherState, samples);
    } else {
      this.builder.addWeight(sample, this.#counts[kind], samples);
    }
    if (amount === undefined) return;
    if (this.#amounts[kind] === NONE) this.#amounts[kind] = this.#amountOf(EVENT_KINDS[kind]);
    if (amount !== 0) this.builder.addWeight(sample, this.#amounts[kind], amount);
  }

  /** Adds the values of native memory that isn't freed; to be called once, at the end. */
  addUnfreed(): void {
    const kind = EVENT_KINDS.findIndex(({ memory }) => memory === 'allocates');
    if (this.#amounts[kind] === NONE) return;
    const count = this.builder.value(UNFREED.count, 'count');
    const amount = this.builder.value(UNFREED.amount, 'bytes');
    for (const sample of this.nativeMemory.unfreed()) {
      this.builder.addWeight(sample, count, 1);
      this.builder.addWeight(sample, amount, this.builder.weight(sample, this.#amounts[kind]));
    }
  }

  #amountOf({ amount }: EventKind): ValueIndex {
    return amount ? this.builder.value(amount.type, amount.unit) : NONE;
  }
}

export const UNFREED = { count: 'mallocs not freed', amount: 'malloc not freed' } as const;

/** Name for the time of reading. */
export const OTHER_STATE = 'execution samples in another state';
