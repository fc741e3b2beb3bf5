import { NONE, type Profile, type ValueIndex } from '../../src/core/profile/profile.ts';

/** A profile's samples of some weight as lines of text, by thread: `outermost;…;innermost weight`, in order of time where there is one. */
export function sampleLines(profile: Profile, value: ValueIndex = profile.defaultValue): Map<string, string[]> {
  const { samples, stacks, frames, functions, threads, strings } = profile;
  const rows = Array.from(samples.stack.keys()).filter((sample) => samples.weights[value][sample] > 0);
  if (rows.every((sample) => !Number.isNaN(samples.time[sample]))) {
    rows.sort((a, b) => samples.time[a] - samples.time[b]);
  }
  const result = new Map<string, string[]>();
  for (const sample of rows) {
    const thread = samples.thread[sample];
    const key = thread === NONE ? 'no thread' : `${strings[threads.name[thread]]} ${threads.tid[thread]}`;
    const names: string[] = [];
    for (let stack = samples.stack[sample]; stack !== NONE; stack = stacks.parent[stack]) {
      const func = frames.function[stacks.frame[stack]];
      names.push(
        func === NONE
          ? '?'
          : `${strings[functions.name[func]]}@${strings[functions.file[func]]}:${functions.startLine[func]}`,
      );
    }
    const lines = result.get(key) ?? [];
    lines.push(`${names.reverse().join(';')} ${samples.weights[value][sample]}`);
    result.set(key, lines);
  }
  return result;
}
