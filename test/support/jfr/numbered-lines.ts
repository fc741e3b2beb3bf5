import { NONE, type Profile, type SampleIndex } from '../../../src/core/profile/profile.ts';

/**
 * Stacks of the samples that are wanted, as the tests of grafana/jfr-parser write them: `class.method:line` from the outermost to the
 * innermost, with what the samples weigh in each value. A class is written with slashes; of a C function it is the library.
 */
export function numberedLines(
  profile: Profile,
  values: readonly string[],
  isWanted: (sample: SampleIndex) => boolean,
  factor = 1,
): string[] {
  const { samples, stacks, frames, functions, modules, strings } = profile;
  const columns = values.map((type) => samples.weights[profile.values.findIndex((value) => value.type === type)]);
  const nameOf = (frame: number) => {
    const func = frames.function[frame];
    const system = strings[functions.systemName[func]];
    const isForeign = system === strings[functions.name[func]];
    const library = frames.module[frame] === NONE ? '' : strings[modules.path[frames.module[frame]]];
    // A Java method has a class before its name, and a descriptor after it.
    return `${isForeign ? `${library}.${system}` : system.replace(/\(.*$/, '')}:${frames.line[frame]}`;
  };
  const totals = new Map<string, number[]>();
  for (let sample = 0; sample < samples.length; sample++) {
    if (!isWanted(sample)) continue;
    const names: string[] = [];
    for (let at = samples.stack[sample]; at !== NONE; at = stacks.parent[at]) names.push(nameOf(stacks.frame[at]));
    const text = names.reverse().join(';');
    const sums = totals.get(text) ?? columns.map(() => 0);
    for (const [index, column] of columns.entries()) sums[index] += column[sample] * factor;
    totals.set(text, sums);
  }
  return [...totals].map(([text, sums]) => `${text} [${sums.join(' ')}]`).sort();
}

/** Text of a sample's label, or `''`. */
export function labelOf({ samples, labelSets, strings }: Profile, sample: SampleIndex, key: string): string {
  const set = samples.labels[sample];
  if (set === NONE) return '';
  for (let label = labelSets.start[set]; label < labelSets.start[set + 1]; label++)
    if (strings[labelSets.key[label]] === key) return strings[labelSets.text[label]];
  return '';
}
