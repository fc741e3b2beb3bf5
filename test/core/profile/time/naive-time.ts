import { NONE, type Profile, type ThreadIndex, type ValueIndex } from '../../../../src/core/profile/profile.ts';

/** A sample with its time, how long it lasts, and its functions from the outermost to the innermost. */
export interface LongSample {
  readonly thread: ThreadIndex;
  readonly time: number;
  readonly end: number;
  readonly weight: number;
  readonly path: readonly number[];
}

export type LengthRule = { readonly intervalNs: number } | 'measured';

/** Samples that weigh something and have a time, in order of time; straight from the words of SampleLengths. */
export function longSamples(
  { samples, stacks, frames }: Profile,
  value: ValueIndex,
  threads: readonly ThreadIndex[],
  rule: LengthRule,
): LongSample[] {
  const own = Array.from({ length: samples.length }, (_, sample) => sample).filter(
    (sample) =>
      threads.includes(samples.thread[sample]) &&
      samples.weights[value][sample] !== 0 &&
      !Number.isNaN(samples.time[sample]),
  );
  own.sort((a, b) => samples.time[a] - samples.time[b] || a - b);
  return own.map((sample, at) => {
    const time = samples.time[sample];
    const weight = samples.weights[value][sample];
    const next = at + 1 < own.length ? samples.time[own[at + 1]] : Number.POSITIVE_INFINITY;
    const path: number[] = [];
    for (let stack = samples.stack[sample]; stack !== NONE; stack = stacks.parent[stack]) {
      path.unshift(frames.function[stacks.frame[stack]]);
    }
    const sampled = rule !== 'measured' && (next - time > 4 * rule.intervalNs ? time + rule.intervalNs : next);
    const end = rule === 'measured' ? Math.min(next, time + weight) : sampled || time;
    return { thread: samples.thread[sample], time, end, weight, path };
  });
}

export interface NaiveBox {
  readonly row: number;
  readonly from: number;
  readonly to: number;
  readonly function: number;
  readonly samples: number;
  readonly weight: number;
}

/** Every box on every row: runs of samples without a gap whose paths are the same down to there. */
export function naiveBoxes(samples: readonly LongSample[]): NaiveBox[] {
  const boxes: NaiveBox[] = [];
  const height = Math.max(0, ...samples.map(({ path }) => path.length));
  for (let row = 0; row < height; row++) {
    let run: LongSample[] = [];
    const finish = () => {
      if (run.length === 0) return;
      boxes.push({
        row,
        from: run[0].time,
        to: run[run.length - 1].end,
        function: run[0].path[row],
        samples: run.length,
        weight: run.reduce((sum, { weight }) => sum + weight, 0),
      });
      run = [];
    };
    for (const sample of samples) {
      const last = run[run.length - 1];
      const goesOn =
        last !== undefined &&
        last.end >= sample.time &&
        sample.path.length > row &&
        sample.path.slice(0, row + 1).every((func, at) => func === last.path[at]);
      if (!goesOn) finish();
      if (sample.path.length > row) run.push(sample);
    }
    finish();
  }
  return boxes;
}

/** The shortest of the median distances of threads with at least 16; where there's none, the median of all. */
export function naiveInterval({ samples }: Profile, value: ValueIndex): number {
  const times = Map.groupBy(
    Array.from({ length: samples.length }, (_, sample) => sample).filter(
      (sample) => samples.weights[value][sample] !== 0 && !Number.isNaN(samples.time[sample]),
    ),
    (sample) => samples.thread[sample],
  );
  const distances = [...times.values()].map((own) => {
    const sorted = own.map((sample) => samples.time[sample]).sort((a, b) => a - b);
    return sorted.slice(1).flatMap((time, at) => (time > sorted[at] ? [time - sorted[at]] : []));
  });
  const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1];
  const telling = distances.filter(({ length }) => length >= 16);
  return telling.length > 0 ? Math.min(...telling.map(median)) : median(distances.flat());
}
