import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundledReader } from './bundled-reader.ts';
import { generateFolded } from './folded-generator.ts';
import { installedInferno } from './installed-inferno.ts';
import { type Bench, type BenchContext, type ProcessCost, processCost, spread, spreadText } from './measure.ts';

/** Folded text into the tables, whole process, against inferno's flame graph of it, most of which is reading. */
export const foldedToModel: Bench = {
  question: 'folded stacks to the tables, whole process, against inferno-flamegraph, all stacks distinct',
  async run(context) {
    const folder = mkdtempSync(join(tmpdir(), 'perfwright-bench-'));
    try {
      for (const isSorted of [true, false]) await measure(context, join(folder, 'stacks.folded'), isSorted);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const INFERNO = 'inferno-flamegraph';

async function measure({ rounds, samples, say }: BenchContext, path: string, isSorted: boolean): Promise<void> {
  // 200 MB by default, for as many samples as the other benchmarks take by default.
  const stacks = generateFolded(path, samples * 200, isSorted);
  const megabytes = statSync(path).size / 1e6;
  say(`  ${stacks} stacks, ${megabytes.toFixed(0)} MB, ${isSorted ? 'sorted' : 'shuffled'}`);
  const inferno = installedInferno('inferno-flamegraph');
  const reader = await bundledReader(dirname(path));
  const contestants: Record<string, () => Promise<ProcessCost>> = {
    perfwright: () => processCost([process.execPath, reader, path]),
    // Nothing is wide enough to be drawn: what is left is reading and merging.
    ...(inferno && { [INFERNO]: () => processCost([inferno, '--minwidth', '100', path]) }),
  };
  const costs = new Map<string, ProcessCost[]>(Object.keys(contestants).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(contestants)) costs.get(name)!.push(await run());
  }
  const ours = spread(costs.get('perfwright')!.map(({ seconds }) => seconds)).median;
  for (const [name, all] of costs) {
    const own = spread(all.map(({ seconds }) => seconds));
    const peak = spread(all.map(({ peakBytes }) => peakBytes / 1e6));
    const ratio = name === 'perfwright' ? '' : `; ours is ${(own.median / ours).toFixed(1)}× as fast`;
    const memory = `peak ${spreadText(peak, 'MB', 0)}, ${(peak.median / megabytes).toFixed(2)}× the text`;
    say(`    ${name}: ${spreadText(own, 's')}, ${memory}${ratio}`);
  }
  if (!inferno) say('    inferno-flamegraph: not measured, for cargo is missing or could not install it');
}
