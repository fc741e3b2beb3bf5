import {
  FRAME_KINDS,
  NONE,
  type Origin,
  type Profile,
  type Quality,
  type ValueIndex,
  type ValueType,
} from '../profile.ts';
import { type RecordedSamples, recordedSamples, samplesOfEntry } from '../sample-counts.ts';
import { sizeOfWeights } from '../size-of-weights.ts';
import { isWithoutSymbol } from '../unknown-name.ts';
import { modulePath } from './function-place.ts';
import type { QueryModel, View } from './query-model.ts';

/** What a profile is, in figures: the first thing that anything shows of it. */
export interface Overview extends RecordedSamples {
  readonly origin: Origin;
  readonly quality: Quality;
  /** Whether a sample has a time, so that there are ranges of it. */
  readonly hasTimes: boolean;
  readonly values: readonly (ValueType & { readonly total: number })[];
  readonly defaultView: View;
  /** In order of the profile's own table, so that a position is a ThreadIndex. */
  readonly threads: readonly ThreadOverview[];
  /** Source files that the profile names, with the default value's cost in them; the costliest first. */
  readonly files: readonly { readonly path: string; readonly self: number; readonly total: number }[];
  /** Share (0 to 1) of the default value whose innermost frame has no symbol. NaN where nothing was measured. */
  readonly unresolvedShare: number;
  /** Share (0 to 1) of the default value that has no stack; it is in `unresolvedShare` too. */
  readonly stacklessShare: number;
  /** Share (0 to 1) of the default value spent in the kernel. */
  readonly kernelShare: number;
}

export interface ThreadOverview {
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
  readonly samples: number;
  /** Weight by the default value. */
  readonly weight: number;
}

export function overview(model: QueryModel): Overview {
  const { profile, defaultView } = model;
  const { values, origin, quality } = profile;
  const { weights, lines } = model.viewed(defaultView);
  const isUnresolved = unresolvedFunctions(profile);
  const kernel = FRAME_KINDS.indexOf('kernel');
  let unresolved = 0;
  let inKernel = 0;
  for (let stack = 0; stack < profile.stacks.length; stack++) {
    const frame = profile.stacks.frame[stack];
    const func = profile.frames.function[frame];
    if (func === NONE || isUnresolved[func] === 1) unresolved += Math.abs(weights.self[stack]);
    if (profile.frames.kind[frame] === kernel) inKernel += Math.abs(weights.self[stack]);
  }
  const whole = sizeOfWeights(weights);
  const stackless = Math.abs(weights.stackless);
  return {
    origin,
    quality,
    ...recordedSamples(profile),
    hasTimes: profile.samples.time.some((time) => !Number.isNaN(time)),
    values: values.map((value, index) => ({ ...value, total: totalOf(profile, index) })),
    defaultView,
    threads: threadOverviews(profile),
    files: [...lines]
      .map(([path, { fileSelf, fileTotal }]) => ({ path, self: fileSelf, total: fileTotal }))
      .sort((a, b) => b.total - a.total),
    unresolvedShare: (unresolved + stackless) / whole,
    stacklessShare: stackless / whole,
    kernelShare: inKernel / whole,
  };
}

function totalOf({ samples }: Profile, value: ValueIndex): number {
  let total = 0;
  for (const weight of samples.weights[value]) total += weight;
  return total;
}

function threadOverviews(profile: Profile): ThreadOverview[] {
  const { threads, samples, strings, defaultValue } = profile;
  const samplesOf = samplesOfEntry(profile);
  const count = new Float64Array(threads.length);
  const weight = new Float64Array(threads.length);
  const weights = samples.weights[defaultValue];
  for (let sample = 0; sample < samples.length; sample++) {
    const thread = samples.thread[sample];
    if (thread === NONE) continue;
    count[thread] += samplesOf(sample);
    weight[thread] += weights[sample];
  }
  return Array.from({ length: threads.length }, (_, thread) => ({
    pid: threads.pid[thread],
    tid: threads.tid[thread],
    name: strings[threads.name[thread]],
    samples: count[thread],
    weight: weight[thread],
  }));
}

/** By function: 1 where no symbol is known for its code. */
function unresolvedFunctions(profile: Profile): Uint8Array {
  const { functions, strings } = profile;
  return Uint8Array.from({ length: functions.length }, (_, func) =>
    isWithoutSymbol(strings[functions.name[func]], modulePath(profile, functions.module[func])) ? 1 : 0,
  );
}
