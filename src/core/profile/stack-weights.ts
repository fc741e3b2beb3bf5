import { NONE, type Profile, type ThreadIndex, type ValueIndex } from './profile.ts';
import { isSampleByEntry, sampleCountValue } from './sample-counts.ts';

/** Which samples count, and by which weight. */
export interface Selection {
  readonly value: ValueIndex;
  /** Only samples of these threads; every thread where it isn't given. */
  readonly threads?: ReadonlySet<ThreadIndex>;
}

/** Weights of the selected samples, added up by stack. */
export interface StackWeights {
  /** By stack index: the weight of samples that were in exactly this stack. */
  readonly self: Float64Array;
  /** By stack index: 1 where a selected sample that weighs something was in this stack or called from it, be the sum 0. */
  readonly touched: Uint8Array;
  /** Weight of all selected samples, those without a stack included. */
  readonly total: number;
  /**
   * What shares are of: the total, or, where some samples weigh less than nothing, as in a difference that pprof wrote, the sum of what
   * they weigh whatever the sign; of the base's alone where the file says which these are. So `go tool pprof` has it.
   */
  readonly size: number;
  /** Weight of selected samples without a stack. */
  readonly stackless: number;
  /** Entries that weigh something. */
  readonly sampleCount: number;
  /** How many samples a recorder took for those; NaN where that isn't known. */
  readonly recorded: number;
}

/** Adds up the weights of the selected samples by stack. O(samples + stacks). */
export function stackWeights(profile: Profile, selection: Selection): StackWeights {
  const { stack, thread, length } = profile.samples;
  const weights = profile.samples.weights[selection.value];
  const self = new Float64Array(profile.stacks.length);
  const touched = new Uint8Array(profile.stacks.length);
  const wanted = selection.threads && threadMask(profile, selection.threads);
  let total = 0;
  let isBelowZero = false;
  let stackless = 0;
  let sampleCount = 0;
  let recorded = 0;
  const counting = sampleCountValue(profile, selection.value);
  const counts = counting === undefined ? undefined : profile.samples.weights[counting];
  for (let sample = 0; sample < length; sample++) {
    if (wanted && (thread[sample] === NONE || wanted[thread[sample]] === 0)) continue;
    const weight = weights[sample];
    total += weight;
    if (weight < 0) isBelowZero = true;
    if (weight !== 0) {
      sampleCount++;
      recorded += counts ? counts[sample] : 1;
    }
    if (stack[sample] === NONE) {
      stackless += weight;
    } else {
      self[stack[sample]] += weight;
      if (weight !== 0) touched[stack[sample]] = 1;
    }
  }
  const { parent } = profile.stacks;
  for (let at = touched.length - 1; at >= 0; at--) {
    if (touched[at] === 1 && parent[at] !== NONE) touched[parent[at]] = 1;
  }
  if (counts) recorded *= profile.dividedBy;
  else if (!isSampleByEntry(profile)) recorded = Number.NaN;
  const size = isBelowZero ? sizeOf(profile, weights, wanted) : total;
  return { self, touched, total, size, stackless, sampleCount, recorded };
}

function sizeOf(profile: Profile, weights: Float64Array, wanted: Uint8Array | undefined): number {
  const { samples, labelSets, strings } = profile;
  const isBase = Array.from({ length: labelSets.start.length - 1 }, (_, set) => {
    for (let at = labelSets.start[set]; at < labelSets.start[set + 1]; at++) {
      if (strings[labelSets.key[at]] === 'pprof::base' && strings[labelSets.text[at]] === 'true') return true;
    }
    return false;
  });
  let size = 0;
  let ofBase = 0;
  for (let sample = 0; sample < samples.length; sample++) {
    const thread = samples.thread[sample];
    if (wanted && (thread === NONE || wanted[thread] === 0)) continue;
    size += Math.abs(weights[sample]);
    if (isBase[samples.labels[sample]]) ofBase += Math.abs(weights[sample]);
  }
  return ofBase > 0 ? ofBase : size;
}

function threadMask(profile: Profile, threads: ReadonlySet<ThreadIndex>): Uint8Array {
  const mask = new Uint8Array(profile.threads.length);
  for (const thread of threads) mask[thread] = 1;
  return mask;
}
