import type { ProfileBuilder } from '../../profile/builder.ts';
import { Float64Column } from '../../profile/column.ts';
import { NONE, type ValueIndex } from '../../profile/profile.ts';
import { JsonKeys } from '../reading/json-keys.ts';
import type { JsonStream, TextNumber } from '../reading/json-stream.ts';
import { V8Nodes, type V8NodesMark } from '../reading/v8-nodes.ts';
import { NodeLines } from '../v8-cpuprofile/node-lines.ts';
import { sampleTimes } from '../v8-cpuprofile/sample-times.ts';
import { placeNumber } from './place-number.ts';
import type { TraceThreads } from './threads.ts';

const DATA = { cpuProfile: 0, lines: 1, timeDeltas: 2, startTime: 3, endTime: 4 };
/** Samples that a profile has room for at first. */
const FEW = 4;
const CPU_PROFILE = { nodes: 0, samples: 1, timeDeltas: 2, startTime: 3, endTime: 4, lines: 5 };

/** A profile in a trace: a `Profile` event says where and when it starts, and `ProfileChunk` events bring it piece by piece. */
interface CpuProfile {
  readonly number: number;
  thread: number;
  startUs: number;
  endUs: number;
  readonly samples: Float64Column;
  readonly timeDeltas: Float64Column;
  readonly lines: Float64Column;
}

/**
 * The CPU profiles that V8 puts into traces, by process and id. Unlike those in files of their own they say which line each sample was
 * on. (https://source.chromium.org/chromium/chromium/src/+/main:v8/src/profiler/cpu-profiler.cc and profile-generator.cc)
 */
export class CpuProfiles {
  readonly #json: JsonStream;
  readonly #nodes: V8Nodes;
  readonly #profiles = new Map<string, CpuProfile>();
  readonly #dataKeys = new JsonKeys(Object.keys(DATA));
  readonly #profileKeys = new JsonKeys(Object.keys(CPU_PROFILE));
  /** What the event that is being read brings: its process and id may come after it. */
  #mark: V8NodesMark;
  #samples = new Float64Column();
  #timeDeltas = new Float64Column();
  #lines = new Float64Column();
  #startUs = Number.NaN;
  #endUs = Number.NaN;

  constructor(builder: ProfileBuilder, json: JsonStream) {
    this.#json = json;
    this.#nodes = new V8Nodes(builder, json);
    this.#mark = this.#nodes.mark;
  }

  /** Reads `args.data` of any event. */
  readData(): void {
    const json = this.#json;
    if (!json.enterObject()) return;
    for (;;) {
      const key = json.nextKey(this.#dataKeys);
      if (key === DATA.cpuProfile) this.#cpuProfile();
      else if (key === DATA.lines) json.numbers(this.#lines);
      else if (key === DATA.timeDeltas) json.numbers(this.#timeDeltas);
      else if (key === DATA.startTime) this.#startUs = json.number();
      else if (key === DATA.endTime) this.#endUs = json.number();
      else break;
    }
  }

  #cpuProfile(): void {
    const json = this.#json;
    if (!json.enterObject()) return;
    for (;;) {
      const key = json.nextKey(this.#profileKeys);
      if (key === CPU_PROFILE.nodes) this.#nodes.readList();
      else if (key === CPU_PROFILE.samples) json.numbers(this.#samples);
      else if (key === CPU_PROFILE.timeDeltas) json.numbers(this.#timeDeltas);
      else if (key === CPU_PROFILE.lines) json.numbers(this.#lines);
      else if (key === CPU_PROFILE.startTime) this.#startUs = json.number();
      else if (key === CPU_PROFILE.endTime) this.#endUs = json.number();
      else break;
    }
  }

  /** Puts what was read to its profile, or away where the event brings none. Whether it is an event of a profile. */
  endEvent(event: string, pid: TextNumber, thread: number, id: TextNumber): boolean {
    const isStart = event === 'Profile';
    const isOfProfile = isStart || event === 'ProfileChunk' || event === 'CpuProfile';
    if (isOfProfile) this.#keep(isStart, pid, thread, id);
    else this.#nodes.drop(this.#mark);
    if (this.#samples.length > 0) this.#samples = new Float64Column();
    if (this.#timeDeltas.length > 0) this.#timeDeltas = new Float64Column();
    if (this.#lines.length > 0) this.#lines = new Float64Column();
    this.#startUs = this.#endUs = Number.NaN;
    this.#mark = this.#nodes.mark;
    return isOfProfile;
  }

  #keep(isStart: boolean, pid: TextNumber, thread: number, id: TextNumber): void {
    const key = `${pid} ${id}`;
    let profile = this.#profiles.get(key);
    if (!profile) {
      profile = {
        number: this.#profiles.size,
        thread,
        startUs: Number.NaN,
        endUs: Number.NaN,
        // There may be very many that have no samples.
        samples: new Float64Column(FEW),
        timeDeltas: new Float64Column(FEW),
        lines: new Float64Column(FEW),
      };
      this.#profiles.set(key, profile);
    }
    // The chunks are of the thread that samples, the start of the one that is sampled.
    if (isStart) profile.thread = thread;
    if (!Number.isNaN(this.#startUs)) profile.startUs = this.#startUs;
    if (!Number.isNaN(this.#endUs)) profile.endUs = this.#endUs;
    const shift = profile.number * ID_RANGE;
    this.#nodes.shiftIds(this.#mark, shift);
    for (let sample = 0; sample < this.#samples.length; sample++) {
      profile.samples.push(this.#samples.at(sample) + shift);
      profile.timeDeltas.push(this.#timeDeltas.length > sample ? this.#timeDeltas.at(sample) : Number.NaN);
      profile.lines.push(this.#lines.length > sample ? this.#lines.at(sample) : 0);
    }
  }

  /** The earliest time of a profile, in microseconds; infinite where there's none. */
  get startUs(): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (const { startUs } of this.#profiles.values()) if (startUs < earliest) earliest = startUs;
    return earliest;
  }

  get hasSamples(): boolean {
    return [...this.#profiles.values()].some(({ samples }) => samples.length > 0);
  }

  /**
   * Profiles that are each the only one of its thread and time: the trace may have had one made and so may the program, and what both
   * saw is not to be counted twice.
   */
  #oncePerTime(): { kept: CpuProfile[]; repeated: number } {
    const kept: { profile: CpuProfile; endUs: number }[] = [];
    let repeated = 0;
    const all = [...this.#profiles.values()].filter(({ samples }) => samples.length > 0);
    for (const profile of all.sort((a, b) => b.samples.length - a.samples.length)) {
      const endUs = lastUs(profile);
      const isRepeated = kept.some(
        (other) =>
          other.profile.thread === profile.thread && other.profile.startUs < endUs && profile.startUs < other.endUs,
      );
      if (isRepeated) repeated++;
      else kept.push({ profile, endUs });
    }
    return { kept: kept.map(({ profile }) => profile), repeated };
  }

  /** Adds the samples, with times since `startUs`; gives the time of the last, and what was noticed. */
  addTo(
    builder: ProfileBuilder,
    threads: TraceThreads,
    startUs: number,
    values: { time: ValueIndex; count: ValueIndex },
  ): { endUs: number; warnings: string[]; hasCountedLines: boolean } {
    const { callers, own } = this.#nodes.stacks(builder);
    const counted = new NodeLines(builder, this.#nodes, callers, own);
    const warnings: string[] = [];
    let unknown = 0;
    let endUs = Number.NEGATIVE_INFINITY;
    const { kept, repeated } = this.#oncePerTime();
    if (repeated > 0)
      warnings.push(`CPU profiles of a thread and time that a larger one is of, left out: ${repeated}.`);
    for (const profile of kept) {
      const { samples, lines, startUs: ownStart } = profile;
      const times = sampleTimes({ ...profile, count: samples.length, timestamps: new Float64Column() });
      warnings.push(...times.warnings);
      const thread = threads.inProfile(builder, profile.thread);
      const offset = (Number.isNaN(ownStart) ? startUs : ownStart) - startUs;
      const withLines = hasLines(lines) ? undefined : this.#stacksWithLines(samples, times.order, counted);
      for (let position = 0; position < samples.length; position++) {
        const index = times.order && position < times.order.length ? times.order[position] : position;
        const node = this.#nodes.ofId(samples.at(index));
        const line = placeNumber(lines.at(index));
        let stack = node === NONE ? NONE : (withLines?.[position] ?? own[node]);
        if (node === NONE) unknown++;
        else if (line > 0 && own[node] !== callers[node]) {
          stack = builder.stack(callers[node], this.#nodes.functions.frame(this.#nodes.function[node], line));
        }
        const timeUs = offset + times.timeUs[index];
        const sample = builder.sample(stack, thread, timeUs * 1000);
        builder.addWeight(sample, values.time, times.lengthUs[index] * 1000);
        builder.addWeight(sample, values.count, 1);
        if (timeUs > endUs) endUs = timeUs;
      }
    }
    const { misplaced } = this.#nodes;
    if (misplaced > 0) warnings.push(`Nodes of CPU profiles whose place in the tree is contradictory: ${misplaced}.`);
    if (unknown > 0) warnings.push(`Samples of nodes that aren't in the file, shown without a stack: ${unknown}.`);
    return { endUs: endUs + startUs, warnings, hasCountedLines: counted.hasLines };
  }

  /** The stacks of samples by position in time, with the lines that were counted of their nodes. */
  #stacksWithLines(samples: Float64Column, order: Int32Array | undefined, lines: NodeLines): Int32Array {
    const nodeAt = Int32Array.from({ length: samples.length }, (_, position) =>
      this.#nodes.ofId(samples.at(order && position < order.length ? order[position] : position)),
    );
    const stacks = new Int32Array(samples.length).fill(NONE);
    const positions = Int32Array.from(nodeAt.keys()).sort((a, b) => nodeAt[a] - nodeAt[b] || a - b);
    for (let start = 0, end = 0; start < positions.length; start = end) {
      const node = nodeAt[positions[start]];
      while (end < positions.length && nodeAt[positions[end]] === node) end++;
      if (node !== NONE) lines.give(node, end - start, positions, start, stacks);
    }
    return stacks;
  }
}

function hasLines(lines: Float64Column): boolean {
  for (let sample = 0; sample < lines.length; sample++) if (lines.at(sample) > 0) return true;
  return false;
}

/** When the last sample was taken, in microseconds. */
function lastUs({ startUs, timeDeltas }: CpuProfile): number {
  let at = startUs;
  let last = startUs;
  for (let sample = 0; sample < timeDeltas.length; sample++) {
    at += timeDeltas.at(sample) || 0;
    if (at > last) last = at;
  }
  return last;
}

/** Ids of different profiles are this far apart. */
const ID_RANGE = 2 ** 32;
