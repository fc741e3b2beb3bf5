import type { Profile, SampleIndex, ValueIndex, ValueType } from './profile.ts';

/** Whether what is measured is a number of samples. */
export function isSampleCount({ type, unit }: ValueType): boolean {
  return /(^| )samples$/.test(type) && /^count(\/|$)/.test(unit);
}

/** The value type that counts the samples of the same event: itself, `E samples`, or `samples` where there's one event. */
export function sampleCountValue({ values }: Profile, value: ValueIndex): ValueIndex | undefined {
  const { type } = values[value];
  const names = type.endsWith('samples') ? [type] : [`${type} samples`, 'samples'];
  return names.map((name) => values.findIndex((other) => other.type === name)).find((index) => index >= 0);
}

/**
 * By entry, how many samples a recorder took for it: as many as is counted, by whatever event, or else one. A format that adds up equal
 * stacks, as folded text and pprof's do, has one entry for many.
 */
export function samplesOfEntry(profile: Profile): (entry: SampleIndex) => number {
  const { values, samples, dividedBy } = profile;
  const counts = samples.weights.filter((_, value) => isSampleCount(values[value]));
  if (counts.length === 0) return () => 1;
  return (entry) => {
    let most = 0;
    // A difference has counts below 0.
    for (const column of counts) most = Math.max(most, Math.abs(column[entry]));
    return most * dividedBy || 1;
  };
}

/** Whether each entry is a sample: only what was recorded one by one has times. Of none it isn't known. */
export function isSampleByEntry({ samples: { time } }: Profile): boolean {
  return time.every((at) => !Number.isNaN(at));
}

/** How much there is in a recording. */
export interface RecordedSamples {
  /** How many samples the recorder took; entries of the file where it adds up equal stacks and doesn't say. */
  readonly samples: number;
  /** Whether that is how many were taken. */
  readonly hasSampleCount: boolean;
}

export function recordedSamples(profile: Profile): RecordedSamples {
  const samplesOf = samplesOfEntry(profile);
  let samples = 0;
  for (let entry = 0; entry < profile.samples.length; entry++) samples += samplesOf(entry);
  return { samples, hasSampleCount: profile.values.some(isSampleCount) || isSampleByEntry(profile) };
}
