import type { TimeSpan } from '../../../src/core/profile/queries/thread-tracks.ts';

/** What of the time is looked at, and what of it is chosen. All in nanoseconds of the recording. */
export interface TimeSight {
  /** All of the recording. */
  readonly extent: TimeSpan;
  readonly window: TimeSpan;
  /** The range that the other surfaces show; `null` for all. */
  readonly range: TimeSpan | null;
  /** A range that is being chosen, and isn't shown anywhere yet. */
  readonly selection: TimeSpan | null;
}

/** A window is never shorter: below there's nothing to see. */
const SHORTEST_NS = 100;

/** The window made shorter (factor above 1) or longer, with one moment staying where it is; within the extent. */
export function zoomed({ extent, window }: TimeSight, factor: number, aboutNs: number): TimeSpan {
  const whole = extent.toNs - extent.fromNs;
  const length = window.toNs - window.fromNs;
  const wanted = Math.min(whole, Math.max(Math.min(SHORTEST_NS, whole), length / factor));
  const about = Math.min(window.toNs, Math.max(window.fromNs, aboutNs));
  return within(extent, about - ((about - window.fromNs) / length) * wanted, wanted);
}

/** The window moved by so much, as far as the extent goes. */
export function panned({ extent, window }: TimeSight, byNs: number): TimeSpan {
  return within(extent, window.fromNs + byNs, window.toNs - window.fromNs);
}

/** A window that shows a span with a little room beside it. */
export function windowAbout(extent: TimeSpan, { fromNs, toNs }: TimeSpan): TimeSpan {
  const length = Math.max(toNs - fromNs, SHORTEST_NS) * 1.1;
  return within(extent, (fromNs + toNs - length) / 2, length);
}

/** A window that was kept, where it still is one; else all. */
export function windowWithin(extent: TimeSpan, kept: TimeSpan | null): TimeSpan {
  return kept && kept.fromNs >= extent.fromNs && kept.toNs <= extent.toNs ? kept : extent;
}

/** The window, and half of it again on both sides: what one comes to next. */
export function withMargin({ extent, window }: TimeSight): TimeSpan {
  const half = (window.toNs - window.fromNs) / 2;
  return {
    fromNs: Math.max(extent.fromNs, window.fromNs - half),
    toNs: Math.min(extent.toNs, window.toNs + half),
  };
}

export function isWhole({ extent, window }: TimeSight): boolean {
  return window.fromNs <= extent.fromNs && window.toNs >= extent.toNs;
}

/** The range that is being chosen moved by so much, or its end alone; at first the one that is shown, or one in the middle of the window. */
export function movedSelection({ extent, window, selection, range }: TimeSight, by: number, isEnd: boolean): TimeSpan {
  const former = selection ?? range;
  if (!former) {
    const middle = (window.fromNs + window.toNs) / 2;
    const half = (window.toNs - window.fromNs) / 20;
    return { fromNs: Math.max(extent.fromNs, middle - half), toNs: Math.min(extent.toNs, middle + half) };
  }
  const { fromNs, toNs } = former;
  if (isEnd) return { fromNs, toNs: Math.min(extent.toNs, Math.max(fromNs + Math.abs(by), toNs + by)) };
  const step = Math.min(extent.toNs - toNs, Math.max(extent.fromNs - fromNs, by));
  return { fromNs: fromNs + step, toNs: toNs + step };
}

function within({ fromNs, toNs }: TimeSpan, from: number, length: number): TimeSpan {
  if (length >= toNs - fromNs) return { fromNs, toNs };
  const start = Math.min(toNs - length, Math.max(fromNs, from));
  return { fromNs: start, toNs: start + length };
}
