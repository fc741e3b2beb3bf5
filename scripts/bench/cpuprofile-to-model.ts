import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCpuProfile } from './cpuprofile-generator.ts';
import { type Bench, type BenchContext, type ProcessCost, spread, spreadText } from './measure.ts';

const SIZE = { nodes: 600_000, samples: 500_000, seed: 1 };

/** A large CPU profile of V8 from the file to the finished tables, against what JSON.parse alone takes for its text. */
export const cpuProfileToModel: Bench = {
  question: `.cpuprofile of ${SIZE.samples.toLocaleString('en')} samples to the model, against JSON.parse of its text alone`,
  async run(context) {
    const folder = mkdtempSync(join(tmpdir(), 'perfwright-bench-'));
    try {
      measure(context, join(folder, 'large.cpuprofile'));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function measure({ root, rounds, say }: BenchContext, path: string): void {
  generateCpuProfile(path, SIZE);
  const megabytes = statSync(path).size / 1e6;
  say(`  ${SIZE.nodes} nodes, ${SIZE.samples} samples, ${megabytes.toFixed(0)} MB`);
  const costs = new Map<string, ProcessCost[]>([
    ['perfwright', []],
    ['JSON.parse', []],
  ]);
  for (let round = 0; round < rounds; round++) {
    for (const [name, all] of costs) all.push(oneRound(root, name, path));
  }
  const ours = spread(costs.get('perfwright')!.map(({ seconds }) => seconds)).median;
  for (const [name, all] of costs) {
    const own = spread(all.map(({ seconds }) => seconds));
    const peak = spread(all.map(({ peakBytes }) => peakBytes / 1e6));
    const ratio = name === 'perfwright' ? '' : `; ours takes ${(ours / own.median).toFixed(2)} times that`;
    const memory = `peak of the process ${spreadText(peak, 'MB', 0)}`;
    say(`  ${name}: ${spreadText(own, 's')}, ${memory}${ratio}`);
  }
}

function oneRound(root: string, contestant: string, path: string): ProcessCost {
  const script = join(root, 'scripts', 'bench', 'cpuprofile-round.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, contestant, path], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${contestant} didn't finish: ${stderr.trim()}`);
  return JSON.parse(stdout);
}
