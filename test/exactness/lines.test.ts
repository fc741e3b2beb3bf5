import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { hotLines } from '../../src/core/profile/hot-lines.ts';
import { stackWeights } from '../../src/core/profile/stack-weights.ts';
import { openRecording } from '../../src/runs/open-recording.ts';
import { ROOT } from '../support/cli.ts';
import { needTool } from '../support/need-tool.ts';

const SOURCES = join(ROOT, 'experiments', 'cpu-profiling', 'c');

/** Samples by `file:line`. */
interface LineCounts {
  readonly self: Map<string, number>;
  readonly total: Map<string, number>;
}

describe('costs per line', { skip: needTool('perf', 'gcc', 'addr2line') }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright-lines-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("are those of addr2line on perf's addresses, inlined functions on their own lines", async () => {
    const [program, recording] = [join(folder, 'planted'), join(folder, 'perf.data')];
    // Not position-independent: what perf prints are then the addresses that addr2line takes.
    const flags = ['-std=c11', '-O2', '-g', '-fno-omit-frame-pointer', '-no-pie', '-fno-pie', '-pthread'];
    output(['gcc', ...flags, ...globSync(join(SOURCES, '*.c')), '-o', program]);
    output(['perf', 'record', '-q', '-F', '999', '-g', '-e', 'cpu-clock', '-o', recording, '--', program, '1']);
    const theirs = countedByAddr2line(recording, program);
    const ours = await counted(recording);
    assert.ok(theirs.total.size > 20, `${theirs.total.size} lines`);
    assert.deepEqual(sorted(ours.self), sorted(theirs.self));
    assert.deepEqual(sorted(ours.total), sorted(theirs.total));
  });
});

async function counted(recording: string): Promise<LineCounts> {
  const profile = await openRecording(recording);
  const value = profile.values.findIndex(({ type }) => type === 'samples');
  const counts: LineCounts = { self: new Map(), total: new Map() };
  for (const { file, line, self, total } of hotLines(profile, stackWeights(profile, { value }))) {
    if (!profile.strings[file].startsWith(SOURCES)) continue;
    for (let i = 0; i < line.length; i++) {
      const place = `${profile.strings[file]}:${line[i]}`;
      if (self[i] > 0) counts.self.set(place, self[i]);
      if (total[i] > 0) counts.total.set(place, total[i]);
    }
  }
  return counts;
}

/** A sample's innermost address is looked up as it is, as is the first in user code under the kernel; callers one byte before. */
function countedByAddr2line(recording: string, program: string): LineCounts {
  const base = codeBase(program);
  const samples = output(['perf', 'script', '-i', recording, '--no-inline', '-F', 'ip,dso'])
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
  const places = placesOf(program, new Set(samples.flat().filter((address) => address !== undefined)));
  const counts: LineCounts = { self: new Map(), total: new Map() };
  for (const addresses of samples) {
    const seen = addresses.map((address) => (address === undefined ? [] : (places.get(address) ?? [])));
    if (seen[0].length > 0) add(counts.self, seen[0][0]);
    for (const place of new Set(seen.flat())) add(counts.total, place);
  }
  return counts;
}

/** What to add to an offset in the file, as perf prints them, for the address in memory. */
function codeBase(program: string): bigint {
  const [, offset, address] =
    /^\s*LOAD\s+(0x[0-9a-f]+)\s+(0x[0-9a-f]+)\s.*R E/m.exec(output(['readelf', '-lW', program])) ?? assert.fail();
  return BigInt(address) - BigInt(offset);
}

/** By address: `file:line` of what was inlined there, innermost first, and of the function itself last. */
function placesOf(program: string, addresses: ReadonlySet<bigint>): Map<bigint, string[]> {
  const places = new Map<bigint, string[]>();
  let current: string[] = [];
  const asked = [...addresses].map((address) => `0x${address.toString(16)}`);
  for (const line of output(['addr2line', '-e', program, '-a', '-i', ...asked]).split('\n')) {
    const place = line.replace(/ \(discriminator \d+\)$/, '');
    if (/^0x[0-9a-f]{16}$/.test(place)) {
      current = [];
      places.set(BigInt(place), current);
    } else if (place.startsWith(SOURCES) && /:[1-9]\d*$/.test(place)) current.push(place);
  }
  return places;
}

function add(counts: Map<string, number>, place: string): void {
  counts.set(place, (counts.get(place) ?? 0) + 1);
}

const sorted = (counts: Map<string, number>) => [...counts].sort(([a], [b]) => (a < b ? -1 : 1));

function output(argv: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(argv[0], argv.slice(1), { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(status, 0, `${argv.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}
