import { cpus, release, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { BENCHES } from './index.ts';
import type { BenchContext } from './measure.ts';

/** Runs the named benchmarks, or all, and prints what each found. Gives the exit code: 1 where one couldn't be measured. */
export async function bench(root: string, argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '5' },
      samples: { type: 'string', default: '1000000' },
      help: { type: 'boolean' },
    },
  });
  const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
  const unknown = names.find((name) => !Object.hasOwn(BENCHES, name));
  if (values.help || unknown !== undefined) {
    console.log(`npm run bench -- [--rounds 5] [--samples 1000000] [NAME…]; names: ${Object.keys(BENCHES).join(', ')}`);
    return unknown === undefined ? 0 : 2;
  }
  const memory = `${(totalmem() / 1e9).toFixed(0)} GB`;
  console.log(`${cpus().length} × ${cpus()[0].model}, ${memory}, Linux ${release()}, Node ${process.version}`);
  const context: BenchContext = {
    root,
    rounds: Number(values.rounds),
    samples: Number(values.samples),
    say: console.log,
  };
  let failed = 0;
  for (const name of names) {
    console.log(`\n${name}: ${BENCHES[name].question}`);
    try {
      await BENCHES[name].run(context);
    } catch (error) {
      failed++;
      console.log(`  not measured: ${error instanceof Error ? error.message : error}`);
    }
  }
  return failed > 0 ? 1 : 0;
}
