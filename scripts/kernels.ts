import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import { INITIAL_PAGES } from '../src/core/kernels/kernel.ts';

const ASSEMBLY = join('src', 'core', 'kernels', 'assembly');
/** Sources of kernels; the others beside them are what these are made of. */
const NAMES = ['folded-stacks', 'perf-stacks', 'pprof-samples', 'pprof-tables'];

/** The kernels' sources, and the modules of the program that each is compiled into. */
export function kernels(): readonly { readonly source: string; readonly target: string }[] {
  return NAMES.map((name) => ({
    source: join(ASSEMBLY, `${name}.ts`),
    target: join('src', 'core', 'kernels', `${name}-wasm.ts`),
  }));
}

/** The text of the module that a kernel is compiled into: its WebAssembly as base64. */
export async function compiledKernel(root: string, source: string): Promise<string> {
  const outFile = 'kernel.wasm';
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main([source, '--outFile', outFile, '--baseDir', root, ...OPTIONS], {
    readFile: (name, baseDir) => read(join(baseDir, name)),
    writeFile: (name, contents) => {
      if (name === outFile) binary = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`${source} can't be compiled:\n${stderr.toString()}`);
  const name = source.replace(/^.*\//, '');
  return [
    `/** assembly/${name}, compiled by \`npm run kernels\`. */`,
    'export const WASM =',
    `  '${Buffer.from(binary).toString('base64')}';`,
    '',
  ].join('\n');
}

/** Compiles every kernel. */
export async function compileKernels(root: string): Promise<void> {
  for (const { source, target } of kernels()) writeFileSync(join(root, target), await compiledKernel(root, source));
}

const OPTIONS = [
  '--importMemory',
  '--initialMemory',
  String(INITIAL_PAGES),
  '-O3',
  '--converge',
  '--noAssert',
  '--runtime',
  'stub',
  '--enable',
  'simd',
  '--enable',
  'bulk-memory',
];

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
