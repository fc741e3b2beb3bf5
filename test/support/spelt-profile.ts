import { FRAME_KINDS, NONE, type Profile } from '../../src/core/profile/profile.ts';

/**
 * Everything a profile says but the order and numbers of its rows, as plain text: two profiles that say the same are equal. Samples of
 * one stack, thread and set of labels are added up, and those that weigh nothing left out.
 */
export function speltProfile(profile: Profile) {
  const { samples, stacks, strings, values, defaultValue, origin } = profile;
  const sums = new Map<string, number[]>();
  for (let row = 0; row < samples.length; row++) {
    const frames: string[] = [];
    for (let at = samples.stack[row]; at !== NONE; at = stacks.parent[at])
      frames.push(speltFrame(profile, stacks.frame[at]));
    const key = `${frames.join(' < ')} | ${speltThread(profile, samples.thread[row])} | ${speltLabels(profile, samples.labels[row])}`;
    const known = sums.get(key) ?? values.map(() => 0);
    sums.set(
      key,
      known.map((sum, value) => sum + samples.weights[value][row]),
    );
  }
  const kept = [...sums].filter(([, weights]) => weights.some((weight) => weight !== 0));
  const { period, wallStartMs, durationNs, comments } = origin;
  return {
    samples: kept.map(([key, weights]) => `${weights.join(' ')}: ${key}`).sort(),
    values,
    defaultValue,
    origin: { period, wallStartMs, durationNs, comments },
    hasEmptyString: strings[0] === '',
  };
}

function speltFrame({ frames, functions, modules, strings }: Profile, frame: number): string {
  const moduleName = (module: number) =>
    module === NONE ? '' : `${strings[modules.path[module]]} ${strings[modules.buildId[module]]}`;
  const func = frames.function[frame];
  const row =
    func === NONE
      ? []
      : [
          ...[functions.name, functions.systemName, functions.file].map((column) => strings[column[func]]),
          functions.startLine[func],
          moduleName(functions.module[func]),
        ];
  const { line, column, address, inlined, kind } = frames;
  const place = [line[frame], column[frame], moduleName(frames.module[frame]), `0x${address[frame].toString(16)}`];
  return JSON.stringify([row, ...place, inlined[frame], FRAME_KINDS[kind[frame]]]);
}

function speltThread({ threads, strings }: Profile, thread: number): string {
  return thread === NONE ? '' : `${threads.pid[thread]}/${threads.tid[thread]} ${strings[threads.name[thread]]}`;
}

function speltLabels({ labelSets, strings }: Profile, set: number): string {
  if (set === NONE) return '';
  const { start, key, text, number, unit } = labelSets;
  const labels: string[] = [];
  for (let at = start[set]; at < start[set + 1]; at++)
    labels.push(JSON.stringify([strings[key[at]], strings[text[at]], number[at], strings[unit[at]]]));
  return labels.join();
}
