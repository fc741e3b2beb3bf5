import type { RecordTarget } from './recorder.ts';
import type { Tool } from './tool.ts';

export const pySpy: Tool = {
  name: 'py-spy',
  purpose: 'CPU profiles of Python programs, by their own functions and lines',
  executables: ['py-spy'],
  versionArguments: ['--version'],
  versionIn: /py-spy (\S+)/,
  packages: 'pipx install py-spy',
  withoutIt:
    'Python programs are recorded with perf, which shows the interpreter instead of their functions and lines.',
  required: false,
};

/** What `py-spy record` is to measure, and how. */
export interface PySpyOptions {
  readonly target: RecordTarget;
  readonly frequencyHz: number;
  readonly inherit: boolean;
  readonly idle: boolean;
  readonly native: boolean;
  readonly output: string;
}

/** py-spy's own: more stops the interpreter too often. */
export const PY_SPY_FREQUENCY_HZ = 100;

/**
 * The command line of a recording. Of py-spy's formats speedscope's keeps most: each sample with its thread, in order. Nothing of the
 * program's own arguments is read by py-spy, since they come after `--`.
 */
export function pySpyRecordArgv(pySpyPath: string, options: PySpyOptions): string[] {
  const { target, frequencyHz } = options;
  const argv = [pySpyPath, 'record', '--format', 'speedscope', '--output', options.output];
  // Shortened names of files can't be found again.
  argv.push('--full-filenames', '--rate', String(frequencyHz));
  if (options.inherit) argv.push('--subprocesses');
  if (options.idle) argv.push('--idle');
  if (options.native) argv.push('--native');
  if (target.kind === 'process') argv.push('--pid', String(target.pid));
  else argv.push('--', ...target.argv);
  return argv;
}
