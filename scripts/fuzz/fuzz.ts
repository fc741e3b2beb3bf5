import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { damaged } from './damage.ts';

const HANG_MS = 10_000;
const LARGEST_HEAP_MB = 1024;

/** What the worker answers for one input: nothing wrong, or what. */
export type Verdict = { readonly fault?: string };

/** Runs for as long as the options say and gives the exit code. The last line counts inputs as tests are counted. */
export async function fuzz(root: string, argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    },
  });
  const inputs = fixtures(join(root, 'test', 'fixtures'));
  if (inputs.length === 0) throw new Error('There are no fixtures to start from.');
  const end = performance.now() + Number(values.seconds) * 1000;
  const faults: string[] = [];
  let seed = Number(values.seed);
  let count = 0;
  console.log(`Fuzzing from ${inputs.length} files for ${values.seconds} s, seed ${seed}.`);
  let reader = startReader();
  while (performance.now() < end) {
    seed++;
    const { name, bytes } = inputs[seed % inputs.length];
    const input = damaged(bytes, seed);
    const { fault } = await reader.read(input);
    count++;
    if (fault === undefined) continue;
    const kept = join(root, 'out', 'fuzz', `${seed}-${name.replaceAll('/', '-')}`);
    mkdirSync(join(root, 'out', 'fuzz'), { recursive: true });
    writeFileSync(kept, input);
    faults.push(`${name}, seed ${seed}: ${fault}\n  kept as ${kept}`);
    reader.end();
    reader = startReader();
  }
  reader.end();
  for (const fault of faults) console.log(fault);
  console.log(`${count - faults.length} passed, ${faults.length} failed, 0 skipped`);
  return faults.length > 0 || count === 0 ? 1 : 0;
}

function fixtures(folder: string): { name: string; bytes: Uint8Array }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.golden'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: path.slice(folder.length + 1), bytes: readFileSync(path) }))
    .filter(({ bytes }) => bytes.length > 0);
}

/** A worker that reads one input at a time, so that a hang or a full heap ends it and not the run. */
function startReader() {
  const worker = new Worker(new URL('./read-one.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: LARGEST_HEAP_MB },
  });
  worker.setMaxListeners(0);
  return {
    read: (input: Uint8Array) =>
      new Promise<Verdict>((resolve) => {
        const timer = setTimeout(() => settle({ fault: `not done after ${HANG_MS / 1000} s` }), HANG_MS);
        const onError = (error: unknown) => settle({ fault: `ended its thread: ${error}` });
        const settle = (verdict: Verdict) => {
          clearTimeout(timer);
          worker.off('message', settle);
          worker.off('error', onError);
          resolve(verdict);
        };
        worker.on('message', settle);
        worker.on('error', onError);
        worker.postMessage(input);
      }),
    end: () => void worker.terminate(),
  };
}
