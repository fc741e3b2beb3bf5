import type { Operation } from '../operations/operation.ts';
import type { Moment } from '../operations/time-range.ts';
import type { TimeSpan } from '../queries/thread-tracks.ts';

/** The operations without those that leave a range of time. */
export function withoutRange(operations: readonly Operation[]): Operation[] {
  return operations.filter(({ op }) => op !== 'from' && op !== 'to');
}

/**
 * The operations with this range in the stead of any earlier, or with none. An end that is the recording's own needs no operation. The
 * range comes first, as on the command line: what is by the second has to know how many there are.
 */
export function withRange(
  operations: readonly Operation[],
  range: TimeSpan | null,
  extent: TimeSpan,
): readonly Operation[] {
  const rest = withoutRange(operations);
  if (!range) return rest;
  const ends: Operation[] = [];
  const from = Math.round(range.fromNs);
  const to = Math.round(range.toNs);
  if (from > extent.fromNs) ends.push({ op: 'from', at: momentAt(from, extent) });
  if (to < extent.toNs) ends.push({ op: 'to', at: momentAt(to, extent) });
  return [...ends, ...rest];
}

/** The range that operations leave; `null` where they leave all. */
export function rangeOf(operations: readonly Operation[], extent: TimeSpan): TimeSpan | null {
  let { fromNs, toNs } = extent;
  for (const operation of operations) {
    if (operation.op === 'from') fromNs = Math.max(fromNs, placeOf(operation.at, extent));
    if (operation.op === 'to') toNs = Math.min(toNs, placeOf(operation.at, extent));
  }
  return fromNs === extent.fromNs && toNs === extent.toNs ? null : { fromNs, toNs: Math.max(fromNs, toNs) };
}

function placeOf(moment: Moment, { fromNs, toNs }: TimeSpan): number {
  return 'ns' in moment ? moment.ns : fromNs + (toNs - fromNs) * moment.share;
}

/** Moments count from the start on: what lies before can only be said as a share. */
function momentAt(ns: number, { fromNs, toNs }: TimeSpan): Moment {
  return ns >= 0 ? { ns } : { share: (ns - fromNs) / (toNs - fromNs) };
}
