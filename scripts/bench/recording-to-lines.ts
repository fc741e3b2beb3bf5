import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateRecording } from './generate-recording.ts';
import { installedInferno } from './installed-inferno.ts';
import { type Bench, type BenchContext, must, type ProcessCost, processCost, spread, spreadText } from './measure.ts';

/** Whole command-line process against `perf script` alone, and against inferno's collapser on perf script's text. */
export const recordingToLines: Bench = {
  question: 'perf.data to lines with sources, whole process, against perf script --no-inline alone',
  async run(context) {
    const folder = mkdtempSync(join(tmpdir(), 'perfwright-bench-'));
    try {
      await measure(context, folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const SCRIPT = 'perf script --no-inline';
const INFERNO = 'inferno-collapse-perf on its text';

async function measure({ root, rounds, samples, say }: BenchContext, folder: string): Promise<void> {
  const recording = join(folder, 'perf.data');
  generateRecording(root, recording, samples);
  const megabytes = statSync(recording).size / 1e6;
  say(`  ${samples} samples, ${megabytes.toFixed(0)} MB`);
  const text = join(folder, 'perf-script.txt');
  must(['sh', '-c', 'perf script --no-inline -i "$1" > "$2"', 'sh', recording, text]);
  const inferno = installedInferno('inferno-collapse-perf');
  const cli = join(root, 'dist', 'cli.cjs');
  const contestants: Record<string, () => Promise<ProcessCost>> = {
    perfwright: () => processCost([process.execPath, cli, 'top', recording, '--by', 'line', '--json']),
    [SCRIPT]: () => processCost(['perf', 'script', '--no-inline', '-i', recording]),
    ...(inferno && { [INFERNO]: () => processCost([inferno], text) }),
  };
  const costs = new Map<string, ProcessCost[]>(Object.keys(contestants).map((name) => [name, []]));
  // Taking turns, so that a slow spell of the machine meets all of them.
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(contestants)) costs.get(name)!.push(await run());
  }
  const seconds = new Map([...costs].map(([name, all]) => [name, spread(all.map((cost) => cost.seconds))]));
  const ours = seconds.get('perfwright')!.median;
  for (const [name, all] of costs) {
    const own = seconds.get(name)!;
    const peak = spread(all.map(({ peakBytes }) => peakBytes / 1e6));
    const ratio = name === 'perfwright' ? '' : `; ours is ${(own.median / ours).toFixed(1)}× as fast`;
    const memory = `peak ${spreadText(peak, 'MB', 0)}, ${(peak.median / megabytes).toFixed(2)}× the file`;
    say(`  ${name}: ${spreadText(own, 's')}, ${memory}${ratio}`);
  }
  const collapser = seconds.get(INFERNO);
  if (collapser) {
    const pipeline = seconds.get(SCRIPT)!.median + collapser.median;
    say(`  perf script, then inferno: ${pipeline.toFixed(2)} s; ours is ${(pipeline / ours).toFixed(1)}× as fast`);
  } else {
    say('  inferno-collapse-perf: not measured, for cargo is missing or could not install it');
  }
}
