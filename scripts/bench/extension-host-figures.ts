/** Environment variable that tells the probe, as JSON, what HostJob says. */
export const HOST_BENCH_VARIABLE = 'PERFWRIGHT_HOST_BENCH';

export interface HostJob {
  /** The recording to open. */
  readonly recording: string;
  /** Program and arguments that import the same recording, in a process of their own. */
  readonly importer: readonly [string, ...string[]];
  /** The file that the figures are written to. */
  readonly result: string;
}

/** The longest time between two turns of the loop, in milliseconds. */
export interface LongestPause {
  readonly wallMs: number;
  /** The most time of a processor that the loop's own thread took between two turns: what its work blocks, on however busy a machine. */
  readonly ownMs: number;
}

/** What the probe measures inside the extension host, in milliseconds. */
export interface HostFigures {
  /** Loading the extension's bundle and activate(). */
  readonly activationMs: number;
  /** From the command to the annotated source. */
  readonly openMs: number;
  /** While the recording is opened. */
  readonly open: LongestPause;
  /** While a process outside VS Code imports the same recording and the window shows progress: what a machine as busy adds. */
  readonly elsewhere: LongestPause;
  /** While nothing is done for as long. */
  readonly idle: LongestPause;
}
