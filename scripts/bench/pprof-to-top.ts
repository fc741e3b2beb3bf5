import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Profile } from 'pprof-format';
import { importProfile } from '../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../src/core/importers/reading/byte-source.ts';
import { compareWithSpeedscope } from './import-in-browser.ts';
import { type Bench, type BenchContext, type ProcessCost, processCost, spread, spreadText } from './measure.ts';
import { generatePprof } from './pprof-generator.ts';

/** Whole command-line process against Go's own; and reading alone against what Datadog's profiler for Node decodes pprof with. */
export const pprofToTop: Bench = {
  question:
    'pprof to its hottest functions, whole process, against go tool pprof -top; and reading against pprof-format, and against speedscope',
  async run(context) {
    const folder = mkdtempSync(join(tmpdir(), 'perfwright-bench-'));
    try {
      await compareWithGo(context, join(folder, 'large.pb'));
      const small = join(folder, 'small.pb');
      compareReading(context, small);
      await compareWithSpeedscope(context, small);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const GO = 'go tool pprof -top';

async function compareWithGo({ root, rounds, samples, say }: BenchContext, file: string): Promise<void> {
  generatePprof(file, { samples, locations: 100_000, seed: 1 });
  const megabytes = statSync(file).size / 1e6;
  say(`  ${samples} samples, 100000 locations, ${megabytes.toFixed(0)} MB`);
  const contestants: Record<string, readonly string[]> = {
    perfwright: [process.execPath, join(root, 'dist', 'cli.cjs'), 'top', file],
    [GO]: ['go', 'tool', 'pprof', '-symbolize=none', '-top', file],
  };
  const costs = new Map<string, ProcessCost[]>(Object.keys(contestants).map((name) => [name, []]));
  // Taking turns, so that a slow spell of the machine meets both.
  for (let round = 0; round < rounds; round++) {
    for (const [name, argv] of Object.entries(contestants)) costs.get(name)!.push(await processCost(argv));
  }
  const figures = [...costs].map(([name, all]) => ({
    name,
    seconds: spread(all.map((cost) => cost.seconds)),
    peak: spread(all.map(({ peakBytes }) => peakBytes / 1e6)),
  }));
  const [ours] = figures;
  for (const { name, seconds, peak } of figures) {
    const ratio =
      name === 'perfwright'
        ? ''
        : `; ours is ${(seconds.median / ours.seconds.median).toFixed(1)}× as fast, in ${(ours.peak.median / peak.median).toFixed(2)} of the memory`;
    say(`  ${name}: ${spreadText(seconds, 's')}, peak ${spreadText(peak, 'MB', 0)}${ratio}`);
  }
}

/** In this process, from memory: a model with stacks as a tree here, an object for each message there. */
function compareReading({ rounds, samples, say }: BenchContext, file: string): void {
  const count = Math.ceil(samples / 10);
  generatePprof(file, { samples: count, locations: Math.ceil(count / 10), seed: 2 });
  const bytes = readFileSync(file);
  say(`  ${count} samples, ${(bytes.length / 1e6).toFixed(0)} MB, reading alone`);
  const contestants: Record<string, () => unknown> = {
    perfwright: () => importProfile(bytesInMemory(bytes)),
    'pprof-format': () => Profile.decode(bytes),
  };
  const times = new Map<string, number[]>(Object.keys(contestants).map((name) => [name, []]));
  for (let round = 0; round < rounds + 1; round++) {
    for (const [name, run] of Object.entries(contestants)) {
      const start = performance.now();
      run();
      // The first round is for the compiler.
      if (round > 0) times.get(name)!.push(performance.now() - start);
    }
  }
  const ours = spread(times.get('perfwright')!);
  const theirs = spread(times.get('pprof-format')!);
  say(`  perfwright: ${spreadText(ours, 'ms', 0)}`);
  say(`  pprof-format: ${spreadText(theirs, 'ms', 0)}; ours is ${(theirs.median / ours.median).toFixed(1)}× as fast`);
}
