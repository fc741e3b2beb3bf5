import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundledReader } from './bundled-reader.ts';
import { compareWithSpeedscope } from './import-in-browser.ts';
import { installedInferno } from './installed-inferno.ts';
import { type Bench, type BenchContext, type ProcessCost, processCost, spread, spreadText } from './measure.ts';
import { generatePerfScript } from './perf-script-generator.ts';

/** perf's text into the tables: the whole process against inferno's, which folds it; and in a page against speedscope's importer. */
export const perfScriptToModel: Bench = {
  question:
    'text of perf script to the tables, whole process, against inferno-collapse-perf; and in Chromium against speedscope',
  async run(context) {
    const folder = mkdtempSync(join(tmpdir(), 'perfwright-bench-'));
    try {
      await compareWithInferno(context, join(folder, 'large.perf.txt'));
      const small = join(folder, 'small.perf.txt');
      const samples = Math.ceil(context.samples / 10);
      generatePerfScript(small, samples);
      context.say(`  ${samples} samples, ${(statSync(small).size / 1e6).toFixed(0)} MB`);
      await compareWithSpeedscope(context, small);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function compareWithInferno({ rounds, samples, say }: BenchContext, file: string): Promise<void> {
  generatePerfScript(file, samples);
  const megabytes = statSync(file).size / 1e6;
  say(`  ${samples} samples, ${megabytes.toFixed(0)} MB`);
  const inferno = installedInferno('inferno-collapse-perf');
  const reader = await bundledReader(dirname(file));
  const contestants: Record<string, readonly string[]> = {
    perfwright: [process.execPath, reader, file],
    ...(inferno && {
      'inferno-collapse-perf': [inferno, file],
      'inferno-collapse-perf in one thread': [inferno, '--nthreads', '1', file],
    }),
  };
  const costs = new Map<string, ProcessCost[]>(Object.keys(contestants).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, argv] of Object.entries(contestants)) costs.get(name)!.push(await processCost(argv));
  }
  const ours = spread(costs.get('perfwright')!.map(({ seconds }) => seconds)).median;
  for (const [name, all] of costs) {
    const own = spread(all.map(({ seconds }) => seconds));
    const peak = spread(all.map(({ peakBytes }) => peakBytes / 1e6));
    const ratio = name === 'perfwright' ? '' : `; ours is ${(own.median / ours).toFixed(1)}× as fast`;
    say(`    ${name}: ${spreadText(own, 's')}, peak ${spreadText(peak, 'MB', 0)}${ratio}`);
  }
  if (!inferno) say('    inferno-collapse-perf: not measured, for cargo is missing or could not install it');
}
