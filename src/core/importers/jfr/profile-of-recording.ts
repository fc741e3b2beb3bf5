import type { Profile, ValueType } from '../../profile/profile.ts';
import { plural } from '../../units.ts';
import { JFR } from './chunk-header.ts';
import { EVENT_KINDS } from './event-kinds.ts';
import { mayMislead } from './may-mislead.ts';
import { OTHER_STATE, type Recording, UNFREED } from './recording.ts';

/** The profile of what was read. */
export function profileOfRecording(recording: Recording): Profile {
  const { facts, builder } = recording;
  recording.addUnfreed();
  const profile = builder.finish();
  const { values, weights } = namedValues(recording, profile);
  const { samples } = profile;
  const shift = countFromFirst(samples.time, recording.firstNs);
  const first = values.findIndex((_, value) => weights[value].some((weight) => weight !== 0));
  const default_ = Math.max(0, first);
  const periodNs = facts.periodNs(sourceOf(values[default_]));
  const startNs = recording.startNs + shift;
  return {
    ...profile,
    threads: { ...profile.threads, pid: new Int32Array(profile.threads.length).fill(facts.pid > 0 ? facts.pid : -1) },
    samples: { ...samples, weights },
    values,
    defaultValue: default_,
    origin: {
      ...profile.origin,
      ...facts.system,
      format: JFR,
      producer: facts.producer,
      commandLine: facts.commandLine,
      startTimeNs: startNs,
      durationNs: durationNs(recording, samples.time, shift),
      wallStartMs: startNs / 1e6,
      period: Number.isNaN(periodNs)
        ? null
        : { type: periodType(values[default_]), unit: 'nanoseconds', amount: periodNs },
      comments: comments(recording),
      mayMislead: mayMislead(recording, values),
    },
    quality: {
      ...profile.quality,
      lostSamples: recording.eventCounts.has('jdk.CPUTimeSample') ? facts.lostSamples : Number.NaN,
      brokenStacks: recording.brokenStacks,
      requestedHz: 1e9 / periodNs,
      warnings: warnings(recording),
    },
  };
}

interface NamedValues {
  readonly values: readonly ValueType[];
  readonly weights: readonly Float64Array[];
}

/**
 * Gives execution samples the name of what async-profiler took them for (`cpu samples`). Where it took samples for CPU and for wall time,
 * both are execution samples up to version 3, and are told apart by the state. In order of the kinds of events.
 */
function namedValues({ facts }: Recording, { values, samples }: Profile): NamedValues {
  const event = facts.asyncProfiler === '' ? '' : facts.setting('jdk.ActiveRecording', 'event');
  const isSplit = Number(facts.setting('jdk.ExecutionSample', 'wall') || -1) >= 0 && event !== 'wall';
  const name = (type: string): string => {
    const own = event === '' ? EXECUTION : `${event} samples`;
    if (type === OTHER_STATE) return isSplit ? 'wall samples' : own;
    return type === EXECUTION ? own : type;
  };
  const columns = new Map<string, { readonly value: ValueType; readonly weights: Float64Array }>();
  for (const [index, value] of values.entries()) {
    const type = name(value.type);
    const known = columns.get(type);
    if (!known) columns.set(type, { value: { ...value, type }, weights: samples.weights[index] });
    else for (let row = 0; row < samples.length; row++) known.weights[row] += samples.weights[index][row];
  }
  const order = [...EVENT_KINDS.flatMap(({ count, amount }) => [name(count), amount?.type]), ...Object.values(UNFREED)];
  const sorted = [...columns.values()].sort((a, b) => order.indexOf(a.value.type) - order.indexOf(b.value.type));
  return { values: sorted.map(({ value }) => value), weights: sorted.map(({ weights }) => weights) };
}

/** Makes times count from the start of the earliest chunk, or an earlier sample; gives what it took off. */
function countFromFirst(time: Float64Array, firstNs: number): number {
  let first = Number.isFinite(firstNs) ? firstNs : 0;
  for (const at of time) if (at < first) first = at;
  if (first !== 0) for (let sample = 0; sample < time.length; sample++) time[sample] -= first;
  return first;
}

/** A chunk that was never finished doesn't know how long it lasted: then, up to the last sample. */
function durationNs({ lastNs }: Recording, time: Float64Array, shift: number): number {
  let last = lastNs - shift;
  for (const at of time) if (at > last) last = at;
  return last > 0 ? last : Number.NaN;
}

/** The event whose settings tell the period of a value. */
function sourceOf({ type }: ValueType): string {
  const kind = EVENT_KINDS.find(({ count, amount }) => count === type || amount?.type === type);
  return kind === undefined || kind.event === 'profiler.WallClockSample' ? 'jdk.ExecutionSample' : kind.event;
}

function periodType({ type }: ValueType): string {
  return type === EXECUTION || /^(?:cpu|itimer|ctimer)/.test(type) ? 'cpu' : type.replace(/ samples$/, '');
}

function comments({ facts, eventCounts }: Recording): string[] {
  const shown = new Set(EVENT_KINDS.map(({ event }) => event));
  const others = [...eventCounts].filter(([name]) => !shown.has(name)).sort(([, a], [, b]) => b - a);
  const count = others.reduce((sum, [, own]) => sum + own, 0);
  const named = others.slice(0, MOST_NAMED).map(([name, own]) => `${name} (${own})`);
  const rest = others.length > MOST_NAMED ? ' and more' : '';
  return [
    ...facts.logged,
    ...(count === 0 ? [] : [`Events that aren't shown: ${count}, of ${named.join(', ')}${rest}.`]),
  ];
}

function warnings(recording: Recording): string[] {
  const { lostStacks, facts } = recording;
  const list = [...recording.warnings];
  if (lostStacks > 0) list.push(`Samples without a stack, since the file doesn't hold it: ${lostStacks}.`);
  if (facts.lostBytes > 0)
    list.push(`The JVM lost ${facts.lostBytes} ${plural(facts.lostBytes, 'byte')} of events: its buffers were full.`);
  return list;
}

const EXECUTION = 'execution samples';
const MOST_NAMED = 5;
