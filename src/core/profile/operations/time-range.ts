import { formatDuration, formatShare, plural } from '../../units.ts';
import { keepSamples } from '../keep-samples.ts';
import type { Profile } from '../profile.ts';
import { UnusableOperation } from './unusable-operation.ts';

/** A moment of a recording: so long after its start, or after this share of its length. */
export type Moment = { readonly ns: number } | { readonly share: number };

/** A part of a recording's time. Without an end, it has that end of the recording in it. */
export interface TimeRange {
  readonly from?: Moment;
  readonly to?: Moment;
}

/** What was recorded in a range of time, or outside it. */
export interface RecordingPart {
  readonly range: TimeRange;
  /** Whether it is all that the range leaves out. */
  readonly isRest: boolean;
}

/**
 * Only samples taken in all of the ranges: at `from` or later and before `to`; the end of the recording is in it where `to` is that end. So
 * ranges that meet share no sample, and lose none. Samples without a time are left out, and counted in a warning. Moments are those of
 * `whole`, and so is the duration, of which the ranges leave a part.
 */
export function timeRange(profile: Profile, ranges: readonly TimeRange[], whole: Profile = profile): Profile {
  return partInTime(profile, ranges, whole, true);
}

/** What `timeRange` leaves out: only samples taken outside the range. The two have every sample with a time once. */
export function outsideTimeRange(profile: Profile, range: TimeRange): Profile {
  return partInTime(profile, [range], profile, false);
}

function partInTime(profile: Profile, ranges: readonly TimeRange[], whole: Profile, isInside: boolean): Profile {
  const { time } = profile.samples;
  const { firstNs, lastNs } = extent(whole);
  if (Number.isNaN(firstNs))
    throw new UnusableOperation('This recording has no times, so no range of it can be shown.');
  const place = (moment: Moment) => ('ns' in moment ? moment.ns : firstNs + (lastNs - firstNs) * moment.share);
  const start = Math.max(firstNs, ...ranges.map(({ from }) => (from ? place(from) : firstNs)));
  const end = Math.min(lastNs, ...ranges.map(({ to }) => (to ? place(to) : lastNs)));
  let timeless = 0;
  const kept = keepSamples(profile, (sample) => {
    const at = time[sample];
    if (Number.isNaN(at)) timeless++;
    return Number.isNaN(at) ? false : (at >= start && (at < end || (at === end && end === lastNs))) === isInside;
  });
  const { origin, quality } = kept;
  const length = Math.max(0, end - start);
  const warning = `Left out of the range of time, since they have no time: ${timeless} ${plural(timeless, 'sample')}.`;
  return {
    ...kept,
    origin: { ...origin, durationNs: isInside ? length : lastNs - firstNs - length },
    quality: timeless === 0 ? quality : { ...quality, warnings: [...quality.warnings, warning] },
  };
}

/**
 * From the start of a recording to its last moment, in nanoseconds of `samples.time`; NaN where it has no times. It starts at 0, or with the
 * first sample where that is earlier, and ends with its duration, or the last sample where that is later.
 */
export function extent({ samples, origin }: Profile): { readonly firstNs: number; readonly lastNs: number } {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const time of samples.time) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  if (first > last) return { firstNs: Number.NaN, lastNs: Number.NaN };
  const firstNs = Math.min(0, first);
  const durationNs = Number.isNaN(origin.durationNs) ? 0 : origin.durationNs;
  return { firstNs, lastNs: Math.max(last, firstNs + durationNs) };
}

/** Whether two parts of a recording may have samples in common; `null` is all of it. */
export function partsMeet(whole: Profile, one: RecordingPart | null, other: RecordingPart | null): boolean {
  if (!one || !other) return true;
  const { firstNs, lastNs } = extent(whole);
  const spans = ({ range: { from, to }, isRest }: RecordingPart) => {
    const place = (moment: Moment) => ('ns' in moment ? moment.ns : firstNs + (lastNs - firstNs) * moment.share);
    const start = from ? place(from) : firstNs;
    // The end of the recording is in a range that goes on to it.
    const end = to && place(to) < lastNs ? place(to) : Number.POSITIVE_INFINITY;
    return isRest ? [[firstNs, start] as const, [end, Number.POSITIVE_INFINITY] as const] : [[start, end] as const];
  };
  return spans(one).some(([from, to]) =>
    spans(other).some(([start, end]) => {
      const common = Math.max(from, start);
      return common < Math.min(to, end) && common <= lastNs;
    }),
  );
}

/** A moment from text: `1.5s`, `200ms`, `10%`, or seconds without a unit. */
export function readMoment(text: string): Moment {
  const match = /^(\d+(?:\.\d*)?|\.\d+)(ns|us|ms|s|min|%)?$/.exec(text.trim());
  if (!match) {
    throw new UnusableOperation(
      `${JSON.stringify(text)} is no moment: expected seconds, 200ms, or 10% of the recording.`,
    );
  }
  const [, amount, unit = 's'] = match;
  if (unit === '%') {
    // Read as hundredths, since a division would round: every share has a text that reads back as it.
    const share = Number(`${amount}e-2`);
    if (share > 1) throw new UnusableOperation(`${text} lies beyond the end, which is 100%.`);
    return { share };
  }
  return { ns: unit === 'ns' ? Number(amount) : Math.round(Number(amount) * NS[unit]) };
}

/** A range from text: `0..10s`, `5%..50%`, `10s..`. */
export function momentRange(text: string): TimeRange {
  const [from, to, more] = text.split('..');
  if (to === undefined || more !== undefined || (from === '' && to === '')) {
    throw new UnusableOperation(`${JSON.stringify(text)} is no range of time: expected 0..10s, 5%..50%, or 10s..`);
  }
  return { ...(from === '' ? {} : { from: readMoment(from) }), ...(to === '' ? {} : { to: readMoment(to) }) };
}

/** Whether a range ends before it has begun. Of a time and a share it is only known once the recording is. */
export function isReversed(from: Moment, to: Moment): boolean {
  if ('ns' in from && 'ns' in to) return from.ns >= to.ns;
  return 'share' in from && 'share' in to && from.share >= to.share;
}

/** The moment as text that `readMoment` reads as just this moment. */
export function momentText(moment: Moment): string {
  return 'ns' in moment ? `${decimal(moment.ns, 0)}ns` : `${decimal(moment.share, 2)}%`;
}

/** The moment for a person: `1.5 s`, `7.0 %`. */
export function momentWords(moment: Moment): string {
  return 'ns' in moment ? formatDuration(moment.ns) : formatShare(moment.share);
}

/** A number times 10^`places` without an exponent: all its digits, moved and not multiplied, so that none is rounded. */
function decimal(number: number, places: number): string {
  if (number === 0) return '0';
  const [mantissa, exponent] = number.toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const point = 1 + Number(exponent) + places;
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  return point >= digits.length ? digits.padEnd(point, '0') : `${digits.slice(0, point)}.${digits.slice(point)}`;
}

export function isMoment(value: unknown): value is Moment {
  if (typeof value !== 'object' || value === null) return false;
  const { ns, share } = value as { ns?: unknown; share?: unknown };
  if (share === undefined) return typeof ns === 'number' && ns >= 0 && Number.isFinite(ns);
  return ns === undefined && typeof share === 'number' && share >= 0 && share <= 1;
}

const NS: Readonly<Record<string, number>> = { us: 1e3, ms: 1e6, s: 1e9, min: 60e9 };
