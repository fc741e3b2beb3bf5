import type { Profile, ThreadIndex } from './profile.ts';

/** The profile with the samples of these threads only. */
export function ofThreads(profile: Profile, threads: ReadonlySet<ThreadIndex>): Profile {
  const { samples } = profile;
  const kept = Int32Array.from({ length: samples.length }, (_, sample) => sample).filter((sample) =>
    threads.has(samples.thread[sample]),
  );
  return {
    ...profile,
    samples: {
      length: kept.length,
      stack: kept.map((sample) => samples.stack[sample]),
      thread: kept.map((sample) => samples.thread[sample]),
      time: Float64Array.from(kept, (sample) => samples.time[sample]),
      labels: kept.map((sample) => samples.labels[sample]),
      weights: samples.weights.map((column) => Float64Array.from(kept, (sample) => column[sample])),
    },
  };
}
