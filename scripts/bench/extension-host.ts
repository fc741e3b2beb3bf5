import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runEditorTests } from '../../test/support/bench/run-editor-tests.ts';
import { startServerTestHost } from '../../test/support/bench/server-test-host.ts';
import { HOST_BENCH_VARIABLE, type HostFigures, type HostJob, type LongestPause } from './extension-host-figures.ts';
import { generateRecording } from './generate-recording.ts';
import { type Bench, type BenchContext, spread, spreadText } from './measure.ts';

/** Activation, and how long the extension host's loop is blocked while a large recording is opened, in a real VS Code. */
export const extensionHost: Bench = {
  question:
    "activation, and the longest pause of the extension host's loop while a recording is opened, against a loop that has nothing to do with it",
  async run(context) {
    const folder = mkdtempSync(join(tmpdir(), 'perfwright-bench-'));
    try {
      await measure(context, folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure({ root, rounds, samples, say }: BenchContext, folder: string): Promise<void> {
  const recording = join(folder, 'perf.data');
  generateRecording(root, recording, samples);
  const figures: HostFigures[] = [];
  for (let round = 0; round < rounds; round++) figures.push(await oneRound(root, folder, recording, round));
  const ms = (of: (figure: HostFigures) => number) => spreadText(spread(figures.map(of)), 'ms', 1);
  const bundle = statSync(join(root, 'dist', 'extension.cjs')).size / 1e3;
  say(
    `  ${samples} samples, ${(statSync(recording).size / 1e6).toFixed(0)} MB, opened in ${ms(({ openMs }) => openMs)}`,
  );
  say(`  activation ${ms(({ activationMs }) => activationMs)}, its bundle ${bundle.toFixed(0)} kB`);
  say("  longest pause of the loop, and the most that the loop's own thread worked between two turns:");
  const row = (name: string, of: (figure: HostFigures) => LongestPause) =>
    say(`    ${name.padEnd(47)} ${ms((figure) => of(figure).wallMs)}, ${ms((figure) => of(figure).ownMs)}`);
  row('while opening', ({ open }) => open);
  row('while a process outside VS Code imports the same', ({ elsewhere }) => elsewhere);
  row('idle for as long', ({ idle }) => idle);
}

async function oneRound(root: string, folder: string, recording: string, round: number): Promise<HostFigures> {
  const result = join(folder, `figures-${round}.json`);
  const importer: HostJob['importer'] = [process.execPath, join(root, 'dist', 'cli.cjs'), 'top', recording];
  const job: HostJob = { recording, importer, result };
  let failure = '';
  await runEditorTests({
    files: ['scripts/bench/extension-host-probe.test.ts'],
    workspace: folder,
    start: (options) =>
      startServerTestHost({
        ...options,
        env: { ...options.env, [HOST_BENCH_VARIABLE]: JSON.stringify(job) },
      }),
    onEvent(event) {
      if (event.type === 'fail') failure = event.error;
    },
    timeoutMs: 300_000,
  });
  if (failure !== '') throw new Error(failure);
  return JSON.parse(readFileSync(result, 'utf8'));
}
