import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { must } from './compiled-program.ts';

/** Programs that spend their time in other people's code: nlohmann's JSON library (C++), and Rust's standard library. */
export type ForeignProgram = 'json' | 'words';

const FOLDER = fileURLToPath(new URL('foreign/', import.meta.url));
const COMPILERS: Record<ForeignProgram, readonly string[]> = {
  // Without a linkage table: perf before 6.3 lets _init, which has no size, reach over the first stubs of one.
  json: ['g++', '-O2', '-g', '-fno-omit-frame-pointer', '-fno-plt', join(FOLDER, 'json.cc')],
  words: ['rustc', '-C', 'opt-level=2', '-g', '-C', 'force-frame-pointers=yes', join(FOLDER, 'words.rs')],
};
/** How often each does its work, so that a recording has some hundreds of samples. */
const ROUNDS: Record<ForeignProgram, string> = { json: '250', words: '1000' };

/** Builds a program with debug information into a folder; gives its command line. */
export function foreignProgram(name: ForeignProgram, folder: string, flags: readonly string[] = []): string[] {
  const [compiler, ...options] = COMPILERS[name];
  const program = join(folder, name);
  must([compiler, ...options, ...flags, '-o', program]);
  return [program, ROUNDS[name]];
}
