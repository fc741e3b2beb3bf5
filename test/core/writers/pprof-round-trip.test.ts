import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { type Label, ProfileBuilder } from '../../../src/core/profile/builder.ts';
import { type FrameIndex, NONE, type Profile } from '../../../src/core/profile/profile.ts';
import { pprof } from '../../../src/core/writers/pprof.ts';
import { corpusFiles, corpusMissing } from '../../support/corpus.ts';
import { costsAsNamedByGo, goPprof, goRawSamples, goTop } from '../../support/go-pprof.ts';
import { needTool } from '../../support/need-tool.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { speltProfile } from '../../support/spelt-profile.ts';

const folder = mkdtempSync(join(tmpdir(), 'perfwright-round-trip-'));
after(() => rmSync(folder, { recursive: true }));

describe('a profile written as pprof and read again', () => {
  it('says the same, whatever it says that pprof has a place for', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const profile = holdableProfile(seed);
      assert.deepEqual(speltProfile(rewritten(profile)), speltProfile(profile), `seed ${seed}`);
    }
  });

  it('is known for pprof where its first stack is longer than what is looked at of a file', () => {
    const builder = new ProfileBuilder();
    const frames = Array.from({ length: 70_000 }, (_, at) =>
      builder.frame({ function: builder.function({ name: `f${at}` }) }),
    );
    builder.addWeight(builder.sample(builder.stackOf(frames), NONE, Number.NaN), builder.value('samples', 'count'), 1);
    const profile = builder.finish();
    assert.deepEqual(speltProfile(rewritten(profile)), speltProfile(profile));
  });

  it('is the same bytes when it is written again', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const once = rewritten(holdableProfile(seed));
      assert.deepEqual(speltProfile(rewritten(once)), speltProfile(once));
    }
  });
});

describe('a pprof file of other people, read and written', { skip: corpusMissing }, () => {
  for (const entry of corpusFiles('pprof')) {
    it(`${entry.file} says the same as before`, () => {
      const profile = read(readFileSync(entry.path));
      const again = rewritten(profile);
      assert.deepEqual(again.origin.mayMislead, profile.origin.mayMislead);
      assert.deepEqual(speltProfile(again), speltProfile(profile));
    });

    it(`${entry.file} has the samples that go tool pprof -raw prints, and the same top`, {
      skip: needTool('go'),
    }, () => {
      // A name of its function isn't UTF-8, and can't be told again.
      if (entry.file.includes('invalid_utf8')) return;
      const profile = read(readFileSync(entry.path));
      const path = join(folder, 'again.pb.gz');
      writeFileSync(path, pprof.write(profile));
      const isUnsymbolized = profile.frames.function.every((func) => func === NONE);
      if (!entry.file.includes('large')) assert.deepEqual(goRawSamples(path), goRawSamples(entry.path));
      if (isUnsymbolized) return;
      const value = profile.defaultValue;
      const { unit } = profile.values[value];
      assert.deepEqual(goTop(path, value, unit), costsAsNamedByGo(profile, value));
      const heads = [path, entry.path].map((file) => goPprof(file, ['-raw']).split('\nSamples:\n')[0]);
      const [own, other] = heads.map((head) => head.replaceAll(/^Comment: .*\n?/gm, ''));
      assert.equal(own, other);
    });
  }
});

function read(bytes: Uint8Array): Profile {
  return importProfile(bytesInMemory(bytes));
}

function rewritten(profile: Profile): Profile {
  return read(pprof.write(profile));
}

/** A random profile that has nothing that pprof has no place for: what is inlined shares address and module with what it is in. */
function holdableProfile(seed: number): Profile {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const builder = new ProfileBuilder();
  const modules = [
    { path: '/bin/program', buildId: 'c0ffee00', kind: 'native' },
    { path: '/lib/libshared.so.1', buildId: '', kind: 'native' },
    { path: '[kernel.kallsyms]', buildId: 'beef', kind: 'kernel' },
    { path: '[vdso]', buildId: '', kind: 'native' },
    { path: '/tmp/perf-7.map', buildId: '', kind: 'jit' },
  ] as const;
  const rows = modules.map(({ path, buildId }) => builder.module(path, buildId));
  const base = [0x401000n, 0x7fff_1234_5000n, 0xffff_ffff_8100_0000n, 0x400n, 0x7f00_0000_0000n];
  const func = (at: number) => {
    const index = below(9);
    const systemName = index % 2 === 0 ? `_Z2f${index}v` : undefined;
    return builder.function({
      name: `ns::f${index}`,
      systemName,
      file: ['', '/src/a.cc'][index % 2],
      startLine: index * 7,
      module: rows[at],
    });
  };
  const location = (): FrameIndex[] => {
    const at = below(modules.length);
    const address = base[at] + BigInt(below(60));
    const common = { module: rows[at], address, kind: modules[at].kind };
    if (random() < 0.1) return [builder.frame({ function: NONE, ...common })];
    return Array.from({ length: 1 + below(3) }, (_, depth) =>
      builder.frame({ function: func(at), line: below(9), column: below(4), inlined: depth > 0, ...common }),
    );
  };
  const values = [builder.value('samples', 'count'), builder.value('cpu', 'nanoseconds')];
  const met: FrameIndex[][] = [];
  for (let sample = 0; sample < 80; sample++) {
    const start = met.length > 0 && random() < 0.7 ? met[below(met.length)].slice() : [];
    for (let more = below(6); more > 0; more--) start.push(...location());
    met.push(start);
    const labels: Label[] = [];
    if (random() < 0.4) labels.push({ key: 'request', text: `r${below(4)}` });
    if (random() < 0.4) labels.push({ key: 'bytes', number: 1 + below(3), unit: ['', 'bytes'][below(2)] });
    const thread = random() < 0.3 ? NONE : builder.thread(below(3) - 1, below(4) - 1, ['', 'main', '17'][below(3)]);
    const row = builder.sample(builder.stackOf(start), thread, Number.NaN, builder.labelSet(labels));
    for (const value of values) builder.addWeight(row, value, below(50) - 10 + below(2) * 2 ** 40);
  }
  return builder.finish({
    origin: {
      period: { type: 'cpu', unit: 'nanoseconds', amount: 1 + below(1000) },
      wallStartMs: 1_700_000_000_000 + below(1e9),
      durationNs: 1 + below(1e12),
      comments: ['made for a test', 'seed: this'],
    },
    defaultValue: below(2),
  });
}
