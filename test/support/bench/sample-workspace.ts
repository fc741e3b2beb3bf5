import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { REPOSITORY } from './repository.ts';

/** A copy of the sample programs to work in, built there, in a folder whose path has spaces. */
export type SampleWorkspace = { readonly folder: string; remove(): void };

/** Copies and builds experiments/cpu-profiling; the sources that its debug info names are the copy's own. */
export function sampleWorkspace(): SampleWorkspace {
  const parent = mkdtempSync(join(tmpdir(), 'perfwright bench '));
  const remove = () => rmSync(parent, { recursive: true, force: true, maxRetries: 5 });
  const folder = join(parent, 'cpu profiling');
  cpSync(join(REPOSITORY, 'experiments', 'cpu-profiling'), folder, {
    recursive: true,
    // What `npm start` has left there is none of the tests' business.
    filter: (path) => !['build', '.perfwright'].includes(basename(path)),
  });
  const { status, stderr, error } = spawnSync('make', ['-C', folder], { encoding: 'utf8' });
  if (status !== 0) {
    remove();
    throw new Error(`The sample programs couldn't be built: ${error?.message ?? stderr}`);
  }
  return { folder, remove };
}
