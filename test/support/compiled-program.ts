import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a source file into a folder, compiles it there, and gives the path of what the compiler made. */
export function compiled(folder: string, name: string, source: string, argv: readonly string[]): string {
  const extension = argv[0] === 'gcc' ? 'c' : 'cc';
  const file = join(folder, `${name}.${extension}`);
  writeFileSync(file, source);
  const output = join(folder, name);
  must([...argv, '-o', output, file]);
  return output;
}

/** Runs a program that a test needs, and gives what it wrote to stdout. */
export function must(argv: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(argv[0], argv.slice(1), { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${argv.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}
