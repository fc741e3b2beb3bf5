import assert from 'node:assert/strict';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { after, describe, it } from 'node:test';
import { hotLines } from '../../src/core/profile/hot-lines.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import { stackWeights } from '../../src/core/profile/stack-weights.ts';
import { openRecording } from '../../src/runs/open-recording.ts';
import { ROOT } from '../support/cli.ts';
import { must } from '../support/compiled-program.ts';
import { foreignProgram } from '../support/foreign-program.ts';
import { needTool } from '../support/need-tool.ts';

const SOURCES = join(ROOT, 'experiments', 'cpu-profiling', 'c');

/** Samples by `file:line`. */
interface LineCounts {
  readonly self: Map<string, number>;
  readonly total: Map<string, number>;
}

/** Not position-independent: what perf prints are then the addresses that the oracles take. */
const PROGRAMS: Record<string, (folder: string) => string[]> = {
  'planted-c': (folder) => {
    const program = join(folder, 'planted');
    const flags = ['-std=c11', '-O2', '-g', '-fno-omit-frame-pointer', '-no-pie', '-fno-pie', '-pthread'];
    must(['gcc', ...flags, ...globSync(join(SOURCES, '*.c')), '-o', program]);
    return [program, '1'];
  },
  json: (folder) => foreignProgram('json', folder, ['-no-pie', '-fno-pie']),
  words: (folder) => foreignProgram('words', folder, ['-C', 'relocation-model=static']),
};

describe('costs per line', { skip: needTool('perf', 'gcc', 'g++', 'rustc', 'addr2line', 'eu-addr2line') }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright-lines-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [name, build] of Object.entries(PROGRAMS)) {
    it(`of ${name} are those of addr2line or eu-addr2line on perf's addresses, inlined functions on their own lines`, async (t) => {
      const recording = join(folder, `${name}.data`);
      const [program, ...args] = build(folder);
      must(['perf', 'record', '-q', '-F', '999', '-g', '-e', 'cpu-clock', '-o', recording, '--', program, ...args]);
      const profile = await openRecording(recording);
      const ours = counted(profile, program);
      const { counts: theirs, disputed, addresses } = countedByOracles(recording, program, ownPlaces(profile, program));
      assert.ok(ours.total.size > 20, `${ours.total.size} lines`);
      assert.deepEqual(sorted(ours.self), sorted(theirs.self));
      assert.deepEqual(sorted(ours.total), sorted(theirs.total));
      t.diagnostic(`the oracles disagree with each other on ${disputed} of ${addresses} addresses`);
    });
  }
});

/** Our own counts, of the files that no other module's code comes from. */
function counted(profile: Profile, program: string): LineCounts {
  const { strings, modules, frames } = profile;
  const foreign = new Set<number>();
  for (let frame = 0; frame < frames.length; frame++) {
    const module = frames.module[frame] < 0 ? '' : strings[modules.path[frames.module[frame]]];
    if (module !== program) foreign.add(frames.file[frame]);
  }
  const value = profile.values.findIndex(({ type }) => type === 'samples');
  const counts: LineCounts = { self: new Map(), total: new Map() };
  for (const { file, line, self, total } of hotLines(profile, stackWeights(profile, { value }))) {
    if (foreign.has(file)) continue;
    for (let i = 0; i < line.length; i++) {
      const place = `${normalize(strings[file])}:${line[i]}`;
      if (self[i] > 0) counts.self.set(place, self[i]);
      if (total[i] > 0) counts.total.set(place, total[i]);
    }
  }
  return counts;
}

/** `file:line`, undefined where it isn't known, of what was inlined at an address, innermost first, and of the function itself last. */
type Places = readonly (string | undefined)[];

/** Ours of each address of the program's own code. */
function ownPlaces({ frames, modules, strings }: Profile, program: string): Map<bigint, Places> {
  const places = new Map<bigint, Places>();
  for (let frame = 0; frame < frames.length; frame++) {
    if (frames.module[frame] < 0 || strings[modules.path[frames.module[frame]]] !== program) continue;
    const { [frame]: line } = frames.line;
    const own = line > 0 ? `${normalize(strings[frames.file[frame]])}:${line}` : undefined;
    places.set(frames.address[frame], [own, ...(places.get(frames.address[frame]) ?? [])]);
  }
  return places;
}

/**
 * A sample's innermost address is looked up as it is, as is the first in user code under the kernel; callers one byte before. Each oracle
 * has a gap: addr2line of binutils before 2.41 mixes up the files of DWARF 5 where there are many, and eu-addr2line misses functions that
 * were inlined from another compilation unit, or into code that was moved away. So an address is counted as the one that agrees with ours
 * says; where neither does, as eu-addr2line says, and the comparison fails.
 */
function countedByOracles(recording: string, program: string, own: ReadonlyMap<bigint, Places>) {
  const base = codeBase(program);
  const samples = must(['perf', 'script', '-i', recording, '--no-inline', '-F', 'ip,dso'])
    .split(/\n\s*\n/)
    .map((sample) => [...sample.matchAll(/^\s*([0-9a-f]+) \((.*)\)$/gm)])
    .filter((entries) => entries.length > 0)
    .map((entries) => {
      const firstOfUser = entries.findIndex(([, , module]) => !module.startsWith('['));
      return entries.map(([, offset, module], at) => {
        const exact = at === 0 || at === firstOfUser;
        return module === program ? base + BigInt(`0x${offset}`) - (exact ? 0n : 1n) : undefined;
      });
    });
  const asked = new Set(samples.flat().filter((address) => address !== undefined));
  const [elfutils, binutils] = (['eu-addr2line', 'addr2line'] as const).map((oracle) =>
    placesOf(oracle, program, asked),
  );
  const words = (places: Places | undefined) => String(places);
  const places = new Map(
    [...asked].map((address) => {
      const agrees = words(binutils.get(address)) === words(own.get(address));
      return [address, (agrees ? binutils : elfutils).get(address) ?? []];
    }),
  );
  const counts: LineCounts = { self: new Map(), total: new Map() };
  for (const addresses of samples) {
    const seen = addresses.map((address) => (address === undefined ? [] : (places.get(address) ?? [])));
    if (seen[0][0] !== undefined) add(counts.self, seen[0][0]);
    for (const place of new Set(seen.flat())) if (place !== undefined) add(counts.total, place);
  }
  const disputed = [...asked].filter((address) => words(binutils.get(address)) !== words(elfutils.get(address))).length;
  return { counts, disputed, addresses: asked.size };
}

/** What to add to an offset in the file, as perf prints them, for the address in memory. */
function codeBase(program: string): bigint {
  const [, offset, address] =
    /^\s*LOAD\s+(0x[0-9a-f]+)\s+(0x[0-9a-f]+)\s.*R E/m.exec(must(['readelf', '-lW', program])) ?? assert.fail();
  return BigInt(address) - BigInt(offset);
}

function placesOf(oracle: string, program: string, addresses: ReadonlySet<bigint>): Map<bigint, Places> {
  const places = new Map<bigint, Places>();
  let current: (string | undefined)[] = [];
  const asked = [...addresses].map((address) => `0x${address.toString(16)}`);
  for (const line of must([oracle, '-e', program, '-a', '-i', ...asked]).split('\n')) {
    const place = line.replace(/ \(discriminator \d+\)$/, '');
    if (/^0x[0-9a-f]{16}$/.test(place)) {
      current = [];
      places.set(BigInt(place), current);
    } else if (place !== '') {
      const [, file, number] = /^(\/.*?):([1-9]\d*)(?::\d+)?$/.exec(place.replace(/:0:\d+$/, ':0')) ?? [];
      current.push(file === undefined ? undefined : `${normalize(file)}:${number}`);
    }
  }
  return places;
}

function add(counts: Map<string, number>, place: string): void {
  counts.set(place, (counts.get(place) ?? 0) + 1);
}

const sorted = (counts: Map<string, number>) => [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
