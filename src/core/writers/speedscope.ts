import { preorder } from '../profile/preorder.ts';
import {
  type FrameIndex,
  NONE,
  type Profile,
  type StackIndex,
  type ThreadIndex,
  type ValueIndex,
} from '../profile/profile.ts';
import { threadLabel } from '../profile/thread-label.ts';
import { unknownName } from '../profile/unknown-name.ts';
import { formatAmount } from '../units.ts';
import { nameLosses } from './name-losses.ts';
import { singleValueLosses, unitLosses } from './single-value-losses.ts';
import { TextBytes } from './text-bytes.ts';
import type { WriteOptions, Writer } from './writer.ts';

/**
 * speedscope's own format: where there are several threads, a profile of all with equal stacks added up; then one of
 * each thread, in order of time where times are known. A frame is a function at its definition.
 * (https://www.speedscope.app/file-format-schema.json)
 */
export const speedscope: Writer = {
  format: 'speedscope',
  extension: '.speedscope.json',
  losses(profile, options = {}) {
    const losses = [
      'Lines that were executing, and modules, are left out.',
      ...nameLosses(profile),
      ...singleValueLosses(profile),
    ];
    losses.push(...unitLosses(profile, UNITS, options));
    if (profile.frames.inlined.includes(1)) losses.push('Inlined calls look like any other.');
    if (!isInTime(profile)) losses.push(NOT_IN_TIME);
    return [...losses, ...negativeLosses(profile, options)];
  },
  write(profile, options = {}) {
    const value = options.value ?? profile.defaultValue;
    return written(profile, sampledProfiles(profile, value, isInTime(profile)), { ...options, value });
  },
};

/** What the total becomes without what is below zero: memory that was freed may be more than what is left. */
function negativeLosses({ samples, values, defaultValue }: Profile, { value = defaultValue }: WriteOptions): string[] {
  const weights = samples.weights[value];
  if (!weights.some((weight) => weight < 0)) return [];
  const { type, unit } = values[value];
  const amount = (total: number) => formatAmount(total, unit);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const written = weights.reduce((sum, weight) => sum + Math.max(0, weight), 0);
  return [`Negative weights are left out: ${type}, ${amount(whole)}, becomes ${amount(written)}.`];
}

/** What is lost where samples aren't written one by one. */
export const NOT_IN_TIME = 'Samples are not in order of time: equal stacks are added up.';

/** A file that a reader with bounds can open, or how many frames there would be in the smallest that can be written. */
export type BoundedFile =
  | { readonly kind: 'written'; readonly bytes: Uint8Array; readonly isInTime: boolean }
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-large'; readonly frames: number };

/**
 * The file with at most so many frames, those of all stacks counted. Samples are in order of time where there is room for that, else equal
 * stacks are added up. Nothing is cut off.
 */
export function boundedSpeedscope(
  profile: Profile,
  { mostFrames, value = profile.defaultValue, name }: WriteOptions & { readonly mostFrames: number },
): BoundedFile {
  const { stack, weights, length } = profile.samples;
  const { depth } = preorder(profile.stacks);
  const framesOf = (at: StackIndex) => (at === NONE ? 1 : depth[at] + 1);
  let isInTime = areTimesKnown(profile);
  let frames = 0;
  // What is too much is not even put together.
  for (let sample = 0; isInTime && sample < length; sample++) {
    if (weights[value][sample] > 0) frames += framesOf(stack[sample]);
    isInTime = frames <= mostFrames;
  }
  for (;;) {
    const profiles = sampledProfiles(profile, value, isInTime);
    if (profiles.every(({ stacks }) => stacks.length === 0)) return { kind: 'empty' };
    frames = 0;
    for (const { stacks } of profiles) for (const at of stacks) frames += framesOf(at);
    if (frames <= mostFrames) return { kind: 'written', bytes: written(profile, profiles, { value, name }), isInTime };
    if (!isInTime) return { kind: 'too-large', frames };
    isInTime = false;
  }
}

function written(
  profile: Profile,
  profiles: readonly Sampled[],
  { value, name, looked = [] }: WriteOptions & { readonly value: ValueIndex },
): Uint8Array {
  const { type, unit } = profile.values[value];
  const out = new TextBytes();
  const frames = new FrameList(profile);
  const called = [name ?? (profile.origin.commandLine.join(' ') || type), ...looked].join(' · ');
  // Of a profile without threads, a viewer shows this name alone.
  const nameOf = (one: Sampled) =>
    name !== undefined && profiles.length === 1 && one.name === NO_THREAD ? name : one.name;
  out.add('{"$schema":"https://www.speedscope.app/file-format-schema.json","exporter":"Perfwright",');
  out.add(`"name":${JSON.stringify(called)},"activeProfileIndex":0,"profiles":[`);
  for (const [index, one] of profiles.entries()) {
    if (index > 0) out.add(',');
    writeSampled(out, { ...one, name: nameOf(one) }, UNITS.has(unit) ? unit : 'none', profile, frames);
  }
  out.add(`],"shared":{"frames":${JSON.stringify(frames.list)}}}\n`);
  return out.finish();
}

/** Stacks in the order in which they are shown; NONE is a sample without one. Weights are above 0. */
interface Sampled {
  readonly name: string;
  readonly stacks: readonly StackIndex[];
  readonly weights: readonly number[];
}

function sampledProfiles(profile: Profile, value: ValueIndex, inTime: boolean): readonly Sampled[] {
  return inTime ? oneByOne(profile, value) : addedUp(profile, value);
}

/** Of all threads with equal stacks added up; of each thread in order of time. */
function oneByOne(profile: Profile, value: ValueIndex): readonly Sampled[] {
  const { samples } = profile;
  const weights = samples.weights[value];
  const rows = Array.from(samples.stack.keys()).filter((sample) => weights[sample] > 0);
  rows.sort((a, b) => samples.time[a] - samples.time[b]);
  const ofThreads = [...Map.groupBy(rows, (sample) => samples.thread[sample])].map(([thread, own]) => ({
    name: threadName(profile, thread),
    stacks: own.map((sample) => samples.stack[sample]),
    weights: own.map((sample) => weights[sample]),
  }));
  if (ofThreads.length === 1) return ofThreads;
  return [...addedUp(profile, value).slice(0, 1), ...ofThreads];
}

/** The same with equal stacks of a thread added up, in room for the distinct ones alone. */
function addedUp(profile: Profile, value: ValueIndex): readonly Sampled[] {
  const { stack, thread, weights, length } = profile.samples;
  const all = new Map<StackIndex, number>();
  const byThread = new Map<ThreadIndex, Map<StackIndex, number>>();
  const add = (sums: Map<StackIndex, number>, sample: number) =>
    sums.set(stack[sample], (sums.get(stack[sample]) ?? 0) + weights[value][sample]);
  for (let sample = 0; sample < length; sample++) {
    if (!(weights[value][sample] > 0)) continue;
    const own = byThread.get(thread[sample]) ?? new Map<StackIndex, number>();
    byThread.set(thread[sample], own);
    add(own, sample);
    add(all, sample);
  }
  const sampled = (name: string, sums: ReadonlyMap<StackIndex, number>) => ({
    name,
    stacks: [...sums.keys()],
    weights: [...sums.values()],
  });
  const ofThreads = [...byThread].map(([thread, sums]) => sampled(threadName(profile, thread), sums));
  return ofThreads.length === 1 ? ofThreads : [sampled(ALL_THREADS, all), ...ofThreads];
}

function threadName({ threads, strings }: Profile, thread: ThreadIndex): string {
  if (thread === NONE) return NO_THREAD;
  const [name, tid] = [strings[threads.name[thread]], threads.tid[thread]];
  // Who reads it again takes a number in brackets for the thread's.
  return tid === NONE && isMistakable(name) ? `${name} (${tid})` : threadLabel({ name, tid });
}

/** Whether a name alone would be read as one with a number, or as something else. */
function isMistakable(name: string): boolean {
  return name === '' || name === NO_THREAD || name === ALL_THREADS || /^thread \d+$| \(-?\d+\)$/.test(name);
}

/**
 * Whether samples are written one by one: times are known, and the stacks aren't so many that no reader could open the
 * file.
 */
function isInTime({ samples, stacks }: Profile): boolean {
  if (!areTimesKnown({ samples })) return false;
  const { depth } = preorder(stacks);
  let frames = 0;
  for (let sample = 0; sample < samples.length; sample++) {
    if (samples.stack[sample] !== NONE) frames += depth[samples.stack[sample]] + 1;
  }
  return frames <= MOST_FRAMES;
}

function areTimesKnown({ samples }: Pick<Profile, 'samples'>): boolean {
  for (let sample = 0; sample < samples.length; sample++) if (Number.isNaN(samples.time[sample])) return false;
  return true;
}

function writeSampled(
  out: TextBytes,
  { name, stacks, weights }: Sampled,
  unit: string,
  { stacks: tree }: Profile,
  frames: FrameList,
): void {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  out.add(
    `{"type":"sampled","name":${JSON.stringify(name)},"unit":"${unit}","startValue":0,"endValue":${total},"samples":[`,
  );
  for (const [index, stack] of stacks.entries()) {
    const path: number[] = [];
    for (let at = stack; at !== NONE; at = tree.parent[at]) path.push(frames.index(tree.frame[at]));
    out.add(`${index === 0 ? '' : ','}[${path.reverse().join()}]`);
  }
  out.add('],"weights":[');
  for (const [index, weight] of weights.entries()) out.add(index === 0 ? `${weight}` : `,${weight}`);
  out.add(']}');
}

/** The frames of a speedscope file: one for each function, and one for each place without a function. */
class FrameList {
  readonly list: { name: string; file?: string; line?: number }[] = [];
  readonly #profile: Profile;
  readonly #ofFunction = new Map<number, number>();
  readonly #ofFrame = new Map<FrameIndex, number>();

  constructor(profile: Profile) {
    this.#profile = profile;
  }

  index(frame: FrameIndex): number {
    const func = this.#profile.frames.function[frame];
    const [known, key] = func === NONE ? [this.#ofFrame, frame] : [this.#ofFunction, func];
    let index = known.get(key);
    if (index === undefined) {
      index = this.list.push(func === NONE ? this.#place(frame) : this.#function(func)) - 1;
      known.set(key, index);
    }
    return index;
  }

  #function(func: number) {
    const { functions, strings } = this.#profile;
    const file = strings[functions.file[func]];
    const line = functions.startLine[func];
    return { name: strings[functions.name[func]], ...(file === '' ? {} : { file }), ...(line === 0 ? {} : { line }) };
  }

  #place(frame: FrameIndex) {
    const { frames, modules, strings } = this.#profile;
    const module = frames.module[frame];
    return { name: unknownName(module === NONE ? '' : strings[modules.path[module]], frames.address[frame]) };
  }
}

const NO_THREAD = 'no thread';
const ALL_THREADS = 'all threads';
const UNITS: ReadonlySet<string> = new Set(['bytes', 'microseconds', 'milliseconds', 'nanoseconds', 'seconds']);
/** Some 100 MB of text. */
const MOST_FRAMES = 2e7;
