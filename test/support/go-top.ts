import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FrameIndex, NONE, type Profile } from '../../src/core/profile/profile.ts';
import { pprof } from '../../src/core/writers/pprof.ts';
import { must } from './compiled-program.ts';
import { naiveTotals, speltSamples } from './naive-totals.ts';

/** Self and total by the name that pprof shows. */
export type Costs = Record<string, [self: number, total: number]>;

export type PprofGrouping = '-functions' | '-lines';

/** What `go tool pprof` prints of a profile, written with our own writer; of `base` too, for options such as `-diff_base`. */
export function goPprof(
  profile: Profile,
  args: readonly string[],
  base?: { option: string; profile: Profile },
): string {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright-pprof-'));
  try {
    const file = join(folder, 'profile.pb.gz');
    writeFileSync(file, pprof.write(profile));
    const baseFile = join(folder, 'base.pb.gz');
    if (base) writeFileSync(baseFile, pprof.write(base.profile));
    const ofBase = base ? [`${base.option}=${baseFile}`] : [];
    return must(['go', 'tool', 'pprof', '-symbolize=none', ...args, ...ofBase, file]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Rows of `go tool pprof -top` by name, in the value's own unit. */
export function goTop(
  profile: Profile,
  value: number,
  by: PprofGrouping = '-functions',
  args: readonly string[] = [],
  base?: { option: string; profile: Profile },
): Costs {
  const unit = profile.values[value].unit === 'nanoseconds' ? ['-unit=nanoseconds'] : [];
  const all = ['-nodecount=100000', '-nodefraction=0', '-edgefraction=0', '-trim=false'];
  const text = goPprof(profile, ['-top', by, `-sample_index=${value}`, ...unit, ...all, ...args], base);
  const costs: Costs = {};
  for (const [, self, total, name] of text.matchAll(
    /^ *(-?\d+)(?:ns)? +\S+ +\S+ +(-?\d+)(?:ns)? +\S+ {2}(.*?)(?: \((?:partial-)?inline\))?$/gm,
  )) {
    if (self === '0' && total === '0') continue;
    assert.equal(costs[name], undefined, `${name} once`);
    costs[name] = [Number(self), Number(total)];
  }
  return costs;
}

/** The same from the definitions of self and total. */
export function namedTop(profile: Profile, value: number, by: PprofGrouping = '-functions'): Costs {
  const { frames, functions, strings } = profile;
  const keyOf = (frame: FrameIndex) => {
    const func = frames.function[frame];
    const name = strings[functions.name[func]];
    if (by === '-functions') return name;
    const file = strings[frames.file[frame]];
    if (frames.line[frame] > 0) return `${name} ${file}:${frames.line[frame]}`;
    return file === '' ? name : `${name} ${file}`;
  };
  const totals = naiveTotals(speltSamples(profile, { value }), keyOf);
  return Object.fromEntries([...totals].map(([name, { self, total }]) => [name, [self, total]]));
}

/** The profile with a function for every frame. */
export function withFunctions(profile: Profile): Profile {
  const { frames } = profile;
  return { ...profile, frames: { ...frames, function: frames.function.map((func) => (func === NONE ? 0 : func)) } };
}
