import { join } from 'node:path';
import { must } from './measure.ts';

/** Writes a recording of so many samples of the sample programs, with 10 to 60 frames each. */
export function generateRecording(root: string, recording: string, samples: number): void {
  must(['make', '-s', '-C', join(root, 'experiments', 'cpu-profiling')]);
  const generator = join(root, 'scripts', 'bench', 'perf-data-generator.ts');
  must([process.execPath, generator, recording, '--samples', String(samples)]);
}
