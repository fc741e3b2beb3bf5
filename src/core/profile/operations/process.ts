import { keepSamples } from '../keep-samples.ts';
import { NONE, type Profile } from '../profile.ts';

/** Only samples of the threads of one process. */
export function ofProcess(profile: Profile, pid: number): Profile {
  const { samples, threads } = profile;
  return keepSamples(
    profile,
    (sample) => samples.thread[sample] !== NONE && threads.pid[samples.thread[sample]] === pid,
  );
}
