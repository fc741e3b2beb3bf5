import type { RecordTarget } from './recorder.ts';
import type { Tool } from './tool.ts';

export const perf: Tool = {
  name: 'perf',
  purpose: 'CPU profiles of native programs and the kernel',
  executables: ['perf'],
  versionedAs: 'perf',
  versionArguments: ['version'],
  versionIn: /perf version (\S+)/,
  packages: {
    debian: 'linux-perf',
    ubuntu: 'linux-tools-common linux-tools-KERNEL',
    fedora: 'perf',
    arch: 'perf',
  },
  withoutIt: 'No CPU profile can be recorded; recordings made elsewhere can still be opened.',
  required: true,
};

/** What `perf record` is to measure, and how. */
export interface PerfRecordOptions {
  /** Events in perf's notation, `cycles:u`; each has its own column in the recording. */
  readonly events: readonly string[];
  /** Samples a second of each event and processor; or one sample every so many events. */
  readonly sampling: PerfSampling;
  readonly callGraph: PerfCallGraph;
  /** Whether the threads and processes that the target starts are measured too. */
  readonly inherit: boolean;
  /** Compress the file as it is written; costs processor time while recording. */
  readonly compress: boolean;
  readonly target: RecordTarget;
  /** Path of the recording. An existing one is moved to `<path>.old` by perf. */
  readonly output: string;
  /** Version of perf, as it tells it. */
  readonly version: string;
  /** Release of the kernel, as `uname -r` tells it. */
  readonly kernelRelease: string;
  /**
   * Whether nothing is kept of it, and what matters is why it fails: asked for build-ids with the mappings, perf says of any refusal that
   * the kernel has none (perf_can_record_build_id in tools/perf/util/perf_api_probe.c).
   */
  readonly isTrial?: boolean;
  /** Pages of each processor's buffer, a power of two; perf's own choice by default. */
  readonly mmapPages?: number;
}

export type PerfSampling = { readonly frequencyHz: number } | { readonly every: number };

/**
 * How callers are found. `fp`: by frame pointers, cheap, and right where the code keeps them (-fno-omit-frame-pointer). `dwarf`: by
 * copying so many bytes of the stack with each sample and unwinding later. `lbr`: by the processor's branch records, where it has them.
 */
export type PerfCallGraph = 'none' | 'fp' | 'lbr' | { readonly dwarfBytes: number };

/** 999 rather than 1000 a second, so as not to beat in time with the program's own timers. */
export const DEFAULT_FREQUENCY_HZ = 999;
/** What perf copies of the stack by default, in bytes; at most 65528, and a multiple of 8. */
export const DEFAULT_DWARF_BYTES = 8192;

/** The command line of a recording. Nothing of the program's own arguments is read by perf, since they come after `--`. */
export function perfRecordArgv(perf: string, options: PerfRecordOptions): string[] {
  const { events, sampling, target } = options;
  const argv = [perf, 'record', '-o', options.output];
  for (const event of events) argv.push('-e', event);
  argv.push(...('frequencyHz' in sampling ? ['-F', String(sampling.frequencyHz)] : ['-c', String(sampling.every)]));
  argv.push(...callGraphArguments(options.callGraph));
  if (!options.inherit) argv.push('--no-inherit');
  if (options.compress) argv.push('-z');
  if (options.mmapPages !== undefined) argv.push('-m', String(options.mmapPages));
  // Without -N perf copies each program it saw into ~/.debug.
  argv.push('-N');
  // Build-ids come with the mappings: a recording that is cut off has them, and perf doesn't read the whole of it again to find them.
  const hasBuildIds = isSince(options.version, 5, 12) && isSince(options.kernelRelease, 5, 12);
  if (hasBuildIds && !options.isTrial) argv.push('--buildid-mmap');
  // Its thread that watches for BPF programs holds up the end of every recording by as much as a second.
  if (isSince(options.version, 5, 1)) argv.push('--no-bpf-event');
  if (target.kind === 'process') argv.push('-p', String(target.pid));
  else argv.push('--', ...target.argv);
  return argv;
}

function callGraphArguments(callGraph: PerfCallGraph): string[] {
  if (callGraph === 'none') return [];
  const mode = typeof callGraph === 'string' ? callGraph : `dwarf,${callGraph.dwarfBytes}`;
  return ['--call-graph', mode];
}

/** Whether a version such as `6.1.192` or `5.15.0-86`, of perf or the kernel, is as new as this. */
function isSince(version: string, major: number, minor: number): boolean {
  const [itsMajor = 0, itsMinor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return itsMajor > major || (itsMajor === major && itsMinor >= minor);
}
