import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runToEnd } from '../../src/tools/run.ts';

/** Compiles the program that behaves as its arguments say (actor.c) to a path. */
export async function buildActor(path: string): Promise<string> {
  mkdirSync(dirname(path), { recursive: true });
  const source = join(dirname(fileURLToPath(import.meta.url)), 'actor.c');
  const { exitCode, stderr } = await runToEnd(['cc', '-g', '-O1', '-fno-omit-frame-pointer', '-o', path, source]);
  if (exitCode !== 0) throw new Error(`cc: ${stderr}`);
  return path;
}
