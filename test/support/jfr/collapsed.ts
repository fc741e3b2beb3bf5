import { NONE, type Profile } from '../../../src/core/profile/profile.ts';

/**
 * Lines as async-profiler's `jfrconv -o collapsed` writes them, sorted: frames from the outermost to the innermost and the weight. A class
 * is written with slashes; what is allocated or locked is a frame of its own. Weights of several values are added up, as jfrconv does for
 * all kinds of allocations, and samples without a frame are left out. Its marks of what runs in a frame (`_[j]`) are left out: it draws
 * equal frames as one and keeps the mark of only one of them.
 */
export function collapsedLikeJfrconv(profile: Profile, values: readonly number[], hasLabel: boolean): string[] {
  const { samples, stacks, labelSets, strings } = profile;
  const totals = new Map<string, number>();
  for (let sample = 0; sample < samples.length; sample++) {
    const weight = values.reduce((sum, value) => sum + samples.weights[value][sample], 0);
    if (weight === 0) continue;
    const frames: string[] = [];
    const labels = samples.labels[sample];
    if (hasLabel && labels !== NONE) frames.push(strings[labelSets.text[labelSets.start[labels]]]);
    for (let at = samples.stack[sample]; at !== NONE; at = stacks.parent[at])
      frames.push(frameText(profile, stacks.frame[at]));
    if (frames.length === 0) continue;
    const text = frames.reverse().join(';');
    totals.set(text, (totals.get(text) ?? 0) + weight);
  }
  return [...totals].map(([text, weight]) => `${text} ${weight}`).sort();
}

/** jfrconv's own lines made comparable with these. */
export function comparableLines(jfrconv: string): string[] {
  const totals = new Map<string, number>();
  for (const line of jfrconv.split('\n')) {
    const end = line.lastIndexOf(' ');
    if (end === -1) continue;
    const text = line.slice(0, end).replace(/_\[[01ijk]\](?=;|$)/g, '');
    totals.set(text, (totals.get(text) ?? 0) + Number(line.slice(end + 1)));
  }
  return [...totals].map(([text, weight]) => `${text} ${weight}`).sort();
}

function frameText({ frames, functions, strings }: Profile, frame: number): string {
  const func = frames.function[frame];
  const systemName = strings[functions.systemName[func]];
  if (systemName === '[unknown]') return 'unknown';
  // A Java method's name ends where its descriptor begins; a function of C++ has no descriptor.
  return systemName === strings[functions.name[func]] ? systemName : systemName.replace(/\(.*$/, '');
}
