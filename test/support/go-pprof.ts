import assert from 'node:assert/strict';
import { type FrameIndex, NONE, type Profile } from '../../src/core/profile/profile.ts';
import { baseName } from '../../src/core/profile/unknown-name.ts';
import { must } from './compiled-program.ts';
import { naiveTotals, speltSamples } from './naive-totals.ts';

export type Costs = Record<string, [self: number, total: number]>;

const EVERYTHING = ['-nodecount=1000000', '-nodefraction=0', '-edgefraction=0', '-trim=false'];

export function goPprof(file: string, args: readonly string[]): string {
  return must(['go', 'tool', 'pprof', '-symbolize=none', ...args, file]);
}

/** Rows of `go tool pprof -top` by name, in the value's own unit. */
export function goTop(file: string, value: number, unit: string, by = '-functions'): Costs {
  const text = goPprof(file, ['-top', by, `-sample_index=${value}`, ...unitOption(unit), ...EVERYTHING]);
  const costs: Costs = {};
  for (const [, self, total, name] of text.matchAll(
    /^ *(-?\d+)(?:[a-zA-Z]+)? +\S+ +\S+ +(-?\d+)(?:[a-zA-Z]+)? +\S+ {2}(.*?)(?: \((?:partial-)?inline\))?$/gm,
  )) {
    if (self === '0' && total === '0') continue;
    assert.equal(costs[name], undefined, `${name} once`);
    costs[name] = [Number(self), Number(total)];
  }
  return costs;
}

function unitOption(unit: string): string[] {
  return ['nanoseconds', 'microseconds', 'bytes'].includes(unit) ? [`-unit=${unit}`] : [];
}

/** Self and total of every function from their definitions, by the names that pprof shows; all code of a module without names is one. */
export function costsAsNamedByGo(profile: Profile, value: number): Costs {
  const totals = naiveTotals(speltSamples(profile, { value }), (frame) => nameAsGoShows(profile, frame));
  return Object.fromEntries([...totals].map(([name, { self, total }]) => [name, [self, total]]));
}

export function nameAsGoShows({ frames, functions, modules, strings }: Profile, frame: FrameIndex): string {
  const func = frames.function[frame];
  const name = func === NONE ? '' : strings[functions.name[func]];
  if (name !== '' && name !== '(unknown)') return name;
  const module = frames.module[frame];
  const path = module === NONE ? '' : strings[modules.path[module]];
  return path === '' ? '<unknown>' : `[${baseName(path)}]`;
}

/**
 * The samples of `go tool pprof -raw`: values, places innermost first, labels; what has the same places and labels is added up, what is 0
 * left out, and all is sorted, so that two files can be compared.
 */
export function goRawSamples(file: string): string[] {
  const raw = goPprof(file, ['-raw', '-sample_index=0']);
  const [head, places] = raw.split('\nLocations\n');
  const [locationLines] = places.split('\nMappings\n');
  const locations = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of locationLines.split('\n')) {
    const start = /^ *(\d+): 0x[0-9a-f]+ (?:M=\d+ )?(.*)$/.exec(line);
    if (start) {
      current = [];
      locations.set(start[1], current);
    }
    const text = (start ? start[2] : line).trim().replace(/\(\)$/, '');
    if (text !== '') current.push(text);
  }
  const samples: string[] = [];
  for (const line of head.slice(head.indexOf('\nSamples:\n')).split('\n').slice(3)) {
    const sample = /^((?: +-?\d+)+): ([\d ]*)$/.exec(line);
    if (!sample) {
      samples[samples.length - 1] += ` ${line.trim()}`;
      continue;
    }
    const stack = sample[2].trim() === '' ? [] : sample[2].trim().split(' ');
    const values = sample[1].trim().split(/ +/);
    samples.push(`${values.join(' ')}: ${stack.flatMap((id) => locations.get(id) ?? ['?']).join(' < ')}`);
  }
  const sums = new Map<string, number[]>();
  for (const sample of samples) {
    const at = sample.indexOf(':');
    const key = sample.slice(at);
    const values = sample.slice(0, at).split(' ').map(Number);
    sums.set(key, sums.get(key)?.map((sum, value) => sum + values[value]) ?? values);
  }
  const kept = [...sums].filter(([, values]) => values.some((value) => value !== 0));
  return kept.map(([key, values]) => `${values.join(' ')}${key}`).sort();
}
