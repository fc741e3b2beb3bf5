import type { Nanoseconds } from '../../units.ts';

/** Marks of a time axis: round moments, and how each is written. */
export interface TimeTicks {
  readonly at: readonly Nanoseconds[];
  readonly labels: readonly string[];
}

/** So many marks at most between two moments, at steps of 1, 2 or 5 times a power of ten, or of the minutes and hours people count in. */
export function timeTicks(fromNs: Nanoseconds, toNs: Nanoseconds, most: number): TimeTicks {
  const step = roundStep((toNs - fromNs) / Math.max(1, most));
  const at: number[] = [];
  const first = Math.ceil(fromNs / step);
  for (let tick = first; tick * step <= toNs && at.length <= most; tick++) at.push(tick * step);
  return { at, labels: at.map((moment) => momentText(moment, step)) };
}

/** A moment in seconds from the start, as exactly as steps of this length need: `12.5 s`, `2:05`, `1.234567 s`, `350 ms`. */
export function momentText(ns: Nanoseconds, stepNs: Nanoseconds): string {
  const sign = ns < 0 ? '−' : '';
  const size = Math.abs(ns);
  if (size >= 60e9 && stepNs >= 1e9) return sign + clockText(Math.round(size / 1e9));
  const [unit, ofUnit] = size >= 1e9 || stepNs >= 1e9 ? ['s', 1e9] : size >= 1e6 ? ['ms', 1e6] : ['µs', 1e3];
  const decimals = Math.min(9, Math.max(0, Math.ceil(Math.log10(ofUnit / stepNs) - 1e-9)));
  const text = (size / ofUnit).toFixed(decimals);
  if (Number(text) === 0) return '0 s';
  return `${sign}${text} ${unit}`;
}

function clockText(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

const CLOCK_STEPS = [60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400].map((s) => s * 1e9);

function roundStep(least: Nanoseconds): Nanoseconds {
  if (least > 30e9) {
    const clock = CLOCK_STEPS.find((step) => step >= least);
    if (clock) return clock;
  }
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  const times = [1, 2, 5, 10].find((factor) => factor * power >= least) ?? 10;
  return times * power;
}
