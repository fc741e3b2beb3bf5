import { keepSamples } from './keep-samples.ts';
import type { Profile, ThreadIndex } from './profile.ts';

/** The profile with the samples of these threads only. */
export function ofThreads(profile: Profile, threads: ReadonlySet<ThreadIndex>): Profile {
  const { thread } = profile.samples;
  return keepSamples(profile, (sample) => threads.has(thread[sample]));
}
