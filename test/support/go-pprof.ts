import assert from 'node:assert/strict';
import { neighbours } from '../../src/core/profile/neighbours.ts';
import { type FrameIndex, NONE, type Profile } from '../../src/core/profile/profile.ts';
import { stackWeights } from '../../src/core/profile/stack-weights.ts';
import { baseName } from '../../src/core/profile/unknown-name.ts';
import { must } from './compiled-program.ts';
import { naiveTotals, speltSamples } from './naive-totals.ts';

export type Costs = Record<string, [self: number, total: number]>;

const EVERYTHING = ['-nodecount=1000000', '-nodefraction=0', '-edgefraction=0', '-trim=false'];

export function goPprof(file: string, args: readonly string[]): string {
  return must(['go', 'tool', 'pprof', '-symbolize=none', ...args, file]);
}

/** Rows of `go tool pprof -top` by name, in the value's own unit. */
export function goTop(
  file: string,
  value: number,
  unit: string,
  by = '-functions',
  args: readonly string[] = [],
): Costs {
  const text = goPprof(file, ['-top', by, `-sample_index=${value}`, ...unitOption(unit), ...EVERYTHING, ...args]);
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

/** A function's callers and callees by the names that pprof shows, with what the calls cost. */
export interface Peek {
  readonly callers: Readonly<Record<string, number>>;
  readonly callees: Readonly<Record<string, number>>;
}

/** By function: callers and callees but itself, since pprof counts calls of itself otherwise. */
export function goPeek(file: string, value: number, unit: string, args: readonly string[] = []): Map<string, Peek> {
  const all = ['-nodecount=1000000', '-nodefraction=0', '-edgefraction=0', '-trim=false', ...unitOption(unit), ...args];
  const peeks = new Map<string, Peek>();
  for (const block of goPprof(file, ['-peek=.', `-sample_index=${value}`, ...all]).split(/^-+\+-+$/m)) {
    const callers: Record<string, number> = {};
    const callees: Record<string, number> = {};
    let own: string | undefined;
    for (const line of block.split('\n')) {
      const [, name] = /^ *-?\d+[a-zA-Z]* .* \| (\S.*?)(?: \((?:partial-)?inline\))?$/.exec(line) ?? [];
      if (name !== undefined) own = name;
      const [, weight, other] = /^ +(-?\d+)[a-zA-Z]* +\S+ \| {3}(.*?)(?: \((?:partial-)?inline\))?$/.exec(line) ?? [];
      if (other !== undefined && Number(weight) !== 0) (own === undefined ? callers : callees)[other] = Number(weight);
    }
    if (own === undefined) continue;
    delete callers[own];
    delete callees[own];
    peeks.set(own, { callers, callees });
  }
  return peeks;
}

/** The same of ours. */
export function ownPeek(profile: Profile, value: number, name: string): Peek {
  const isFocus = (frame: number) => nameAsGoShows(profile, frame) === name;
  const found = neighbours(profile, stackWeights(profile, { value }), isFocus);
  const byName = (list: typeof found.callers) => {
    const costs: Record<string, number> = {};
    for (const { frame, weight } of list) {
      const other = frame === NONE ? '' : nameAsGoShows(profile, frame);
      if (frame === NONE || other === name || weight === 0) continue;
      assert.equal(costs[other], undefined, `${other} once`);
      costs[other] = weight;
    }
    return costs;
  };
  return { callers: byName(found.callers), callees: byName(found.callees) };
}
