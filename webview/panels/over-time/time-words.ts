import { NONE } from '../../../src/core/profile/profile.ts';
import type { StackChart } from '../../../src/core/profile/queries/stack-chart.ts';
import type { ThreadTracks, TimeSpan } from '../../../src/core/profile/queries/thread-tracks.ts';
import { momentText } from '../../../src/core/profile/time/time-ticks.ts';
import { baseName } from '../../../src/core/profile/unknown-name.ts';
import { formatAmount, formatCount, formatCounted, formatDuration, formatShare } from '../../../src/core/units.ts';

/** A moment, as exactly as the picture shows it. */
export function atText(ns: number, { fromNs, toNs }: TimeSpan): string {
  return momentText(ns, Math.max(1, 10 ** Math.floor(Math.log10(Math.max(1, (toNs - fromNs) / 1000)))));
}

/** `1.25 s to 2.5 s · 1.25 s`. */
export function spanText({ fromNs, toNs }: TimeSpan, within: TimeSpan): string {
  const length = { fromNs: 0, toNs: Math.min(within.toNs - within.fromNs, (toNs - fromNs) * 10) };
  const exact = (ns: number) => atText(ns, length.toNs > 0 ? length : within);
  return `${exact(fromNs)} to ${exact(toNs)} · ${formatDuration(toNs - fromNs)}`;
}

/** The time of day here: `14:02:03.250`; undefined where it isn't known when the recording began. */
export function wallText(wallStartMs: number | null, ns: number): string | undefined {
  if (wallStartMs === null) return undefined;
  const at = new Date(wallStartMs + ns / 1e6);
  if (Number.isNaN(at.getTime())) return undefined;
  const two = (value: number) => String(value).padStart(2, '0');
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  return `${time}.${String(at.getMilliseconds()).padStart(3, '0')} by the clock`;
}

export interface BoxWords {
  readonly title: string;
  readonly rows: readonly (readonly [label: string, value: string])[];
  readonly lines: readonly string[];
}

/** What there is to say of a box. */
export function boxWords(chart: StackChart, box: number, { total, lengths }: ThreadTracks): BoxWords {
  const func = chart.function[box];
  const length = chart.to[box] - chart.from[box];
  const { unit, type } = chart.value;
  const weight = chart.weight[box];
  const share = formatShare(weight / total);
  const figures = [
    ['samples', formatCount(chart.samples[box])],
    ['cost', `${formatAmount(weight, unit, type)} · ${share}`],
  ] as const;
  if (func === NONE) {
    return {
      title: `${chart.boxes[box].toLocaleString('en')} calls, each narrower than half a pixel`,
      rows: [['together in', formatDuration(length)], ...figures],
      lines: ['Drawn as one. Zoom in to tell them apart.'],
    };
  }
  const { functions } = chart;
  const file = functions.file[func];
  const start = functions.startLine[func];
  const module = functions.module[func];
  const notes = [
    ...(chart.kind[box] === 1 ? ['kernel'] : []),
    ...(chart.inlined[box] === 1 ? ['inlined'] : []),
    ...(lengths === 'interval' && chart.samples[box] === 1 ? ['one sample: its length is not known'] : []),
  ];
  return {
    title: functions.fullName[func],
    rows: [[lengths === 'measured' ? 'lasts' : 'sampled for', formatDuration(length)], ...figures],
    lines: [
      module === NONE ? '' : functions.modules[module],
      file === '' ? '' : start > 0 ? `${baseName(file)}:${start}` : baseName(file),
      notes.join(' · '),
    ].filter((line) => line !== ''),
  };
}

/** How it is decided how long samples last, and what else the pictures may mislead about. */
export function misleading({ lengths, intervalNs, timeless, samples, all }: ThreadTracks): string[] {
  const sentences: string[] = [];
  if (lengths === 'measured') {
    sentences.push(
      'Lengths are those that were recorded. A range has what began in it, with all that it weighs, also where it goes on after the end.',
    );
  } else {
    const usual = intervalNs > 0 ? ` (usually ${formatDuration(intervalNs)})` : '';
    sentences.push(
      `A box is a run of samples${usual}, not a call: between two samples the function may have returned and been called again, or others may have run.`,
      'A sample lasts until the next of its thread. Where that is more than four usual intervals away, it lasts one interval, and the rest is a gap: nothing was sampled, most often because the thread did not run.',
    );
  }
  if (timeless > 0) {
    sentences.push(
      `Without a time, and so in no picture here: ${formatCount(timeless)} of ${formatCounted(samples, 'sample')}.`,
    );
  }
  const moments = all.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
  if (samples >= FEW && moments <= FEW) {
    sentences.push(
      'Samples come at a few moments only: the recorder wrote times seldom, so little can be seen between.',
    );
  }
  return sentences;
}

const FEW = 5;
