import type { EventAttribute } from './event-attribute.ts';
import { SAMPLE } from './record-types.ts';

/** Where the entries of a sample's branch stack are, and how many: (from, to, flags), newest first. */
export interface BranchStack {
  readonly at: number;
  readonly count: number;
}

/** Bytes of an entry. */
export const BRANCH_BYTES = 24;

/** Whether the event's branch stacks are stacks of calls, as `perf record --call-graph lbr` asks of the processor. */
export function hasCallStacks({ sampleType, branchSampleType }: EventAttribute): boolean {
  return (sampleType & SAMPLE.BRANCH_STACK) !== 0 && (branchSampleType & BRANCH_CALL_STACK) !== 0;
}

/** The branch stack of a sample whose callchain ends at `at`; undefined where it is empty or doesn't fit before `end`. */
export function branchStack(
  view: DataView,
  at: number,
  end: number,
  { sampleType, branchSampleType }: EventAttribute,
  little: boolean,
): BranchStack | undefined {
  let place = at;
  if ((sampleType & SAMPLE.RAW) !== 0) {
    if (place + 4 > end) return undefined;
    place += 4 + view.getUint32(place, little);
  }
  if (place + 8 > end) return undefined;
  const count = Number(view.getBigUint64(place, little));
  place += (branchSampleType & BRANCH_HARDWARE_INDEX) === 0 ? 8 : 16;
  return count > 0 && count * BRANCH_BYTES <= end - place ? { at: place, count } : undefined;
}

/** PERF_SAMPLE_BRANCH_CALL_STACK and PERF_SAMPLE_BRANCH_HW_INDEX. */
const BRANCH_CALL_STACK = 1 << 11;
const BRANCH_HARDWARE_INDEX = 1 << 17;
