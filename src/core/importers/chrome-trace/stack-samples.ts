import type { ProfileBuilder } from '../../profile/builder.ts';
import { Float64Column, Int32Column } from '../../profile/column.ts';
import { type FrameIndex, NONE, type StackIndex, type ValueIndex } from '../../profile/profile.ts';
import { HAS_NO_MORE, JsonKeys } from '../reading/json-keys.ts';
import type { JsonStream, TextNumber } from '../reading/json-stream.ts';
import { isMicroseconds } from '../reading/microseconds.ts';
import { placeNumber } from './place-number.ts';
import type { TraceThreads } from './threads.ts';

const SAMPLE = { pid: 0, tid: 1, ts: 2, weight: 3, sf: 4 };
const FRAME = { name: 0, parent: 1, url: 2, line: 3, column: 4 };

/** Number of the empty text. */
const NO_FRAME = 0;

interface StackFrame {
  name: TextNumber;
  parent: TextNumber;
  file: TextNumber;
  line: number;
  column: number;
}

/** `samples` and `stackFrames` beside the events, as Hermes writes them: samples of stacks that are named by their innermost frame. */
export class StackSamples {
  readonly #json: JsonStream;
  readonly #threads: TraceThreads;
  readonly #thread = new Int32Column();
  readonly #at = new Float64Column();
  readonly #weight = new Float64Column();
  readonly #innermost = new Int32Column();
  readonly #frames = new Map<TextNumber, StackFrame>();
  #untimed = 0;
  #unknownFrames = 0;
  #misplaced = 0;

  constructor(json: JsonStream, threads: TraceThreads) {
    this.#json = json;
    this.#threads = threads;
  }

  get length(): number {
    return this.#at.length;
  }

  /** Microseconds; infinite where there are none. */
  get startUs(): number {
    let start = Number.POSITIVE_INFINITY;
    for (let sample = 0; sample < this.length; sample++) start = Math.min(start, this.#at.at(sample));
    return start;
  }

  readSamples(): void {
    const json = this.#json;
    const keys = new JsonKeys(Object.keys(SAMPLE));
    if (!json.enterArray()) return;
    while (json.nextElement()) {
      if (!json.enterObject()) continue;
      let [pid, tid, innermost] = [0, 0, 0];
      let at = Number.NaN;
      let weight = 1;
      for (;;) {
        const key = json.nextKey(keys);
        if (key === SAMPLE.pid) pid = json.text();
        else if (key === SAMPLE.tid) tid = json.text();
        else if (key === SAMPLE.ts) at = json.number();
        else if (key === SAMPLE.weight) weight = json.number();
        else if (key === SAMPLE.sf) innermost = json.text();
        else break;
      }
      if (!isMicroseconds(at)) {
        this.#untimed++;
        continue;
      }
      this.#thread.push(this.#threads.of(pid, tid));
      this.#at.push(at);
      this.#weight.push(Number.isFinite(weight) ? weight : 1);
      this.#innermost.push(innermost);
    }
  }

  readFrames(): void {
    const json = this.#json;
    const keys = new JsonKeys(Object.keys(FRAME));
    if (!json.enterObject()) return;
    for (let id = json.nextAnyKey(); id !== HAS_NO_MORE; id = json.nextAnyKey()) {
      const frame: StackFrame = { name: 0, parent: 0, file: 0, line: 0, column: 0 };
      this.#frames.set(id, frame);
      if (!json.enterObject()) continue;
      for (;;) {
        const key = json.nextKey(keys);
        if (key === FRAME.name) frame.name = json.text();
        else if (key === FRAME.parent) frame.parent = json.text();
        else if (key === FRAME.url) frame.file = json.text();
        else if (key === FRAME.line) frame.line = placeNumber(json.number());
        else if (key === FRAME.column) frame.column = placeNumber(json.number());
        else break;
      }
    }
  }

  /** Adds the samples, each lasting until the next of its thread; gives the last time. */
  addTo(builder: ProfileBuilder, startUs: number, values: { time: ValueIndex; count: ValueIndex }): number {
    const stacks = this.#stacks(builder);
    const order = Int32Array.from({ length: this.length }, (_, sample) => sample);
    order.sort((a, b) => this.#at.at(a) - this.#at.at(b) || a - b);
    const lastOfThread = new Map<number, { sample: number; at: number }>();
    let endUs = startUs;
    for (const index of order) {
      const at = this.#at.at(index);
      const thread = this.#thread.at(index);
      const before = lastOfThread.get(thread);
      if (before) builder.addWeight(before.sample, values.time, (at - before.at) * 1000);
      const innermost = this.#innermost.at(index);
      const stack = stacks.get(innermost) ?? NONE;
      if (stack === NONE && innermost !== NO_FRAME) this.#unknownFrames++;
      const sample = builder.sample(stack, this.#threads.inProfile(builder, thread), (at - startUs) * 1000);
      builder.addWeight(sample, values.count, this.#weight.at(index));
      lastOfThread.set(thread, { sample, at });
      endUs = at;
    }
    return endUs;
  }

  /** What was noticed, in words. To be asked once the samples were added. */
  get warnings(): string[] {
    const warnings: string[] = [];
    if (this.#untimed > 0) warnings.push(`Samples without a time, left out: ${this.#untimed}.`);
    if (this.#unknownFrames > 0)
      warnings.push(`Samples whose stack frame isn't in the file, shown without a stack: ${this.#unknownFrames}.`);
    if (this.#misplaced > 0)
      warnings.push(`Stack frames whose caller isn't in the file, or that call themselves: ${this.#misplaced}.`);
    return warnings;
  }

  /** By id of the innermost frame. A frame that is among its own callers has none. */
  #stacks(builder: ProfileBuilder): Map<TextNumber, StackIndex> {
    const stacks = new Map<TextNumber, StackIndex>();
    for (const id of this.#frames.keys()) {
      const path: TextNumber[] = [];
      const inPath = new Set<TextNumber>();
      let at = id;
      while (this.#frames.has(at) && !stacks.has(at) && !inPath.has(at)) {
        path.push(at);
        inPath.add(at);
        at = this.#frames.get(at)!.parent;
      }
      let stack = stacks.get(at) ?? NONE;
      if (stack === NONE && at !== NO_FRAME) this.#misplaced++;
      for (const own of path.reverse()) {
        stack = builder.stack(stack, this.#frame(builder, this.#frames.get(own)!));
        stacks.set(own, stack);
      }
    }
    return stacks;
  }

  #frame(builder: ProfileBuilder, { name, file, line, column }: StackFrame): FrameIndex {
    const own = builder.function({ name: this.#json.textAt(name) || '(unnamed)', file: this.#json.textAt(file) });
    return builder.frame({ function: own, line, column });
  }
}
