/** Environment variable that tells the probe, as JSON, the recording to open and where its figures go. */
export const HOST_BENCH_VARIABLE = 'PERFWRIGHT_HOST_BENCH';

/** What the probe measures inside the extension host, in milliseconds. */
export interface HostFigures {
  /** Loading the extension's bundle and activate(). */
  readonly activationMs: number;
  /** From the command to the annotated source. */
  readonly openMs: number;
  /** Longest time that the loop didn't turn while the recording was opened. */
  readonly openPauseMs: number;
  /** The same while nothing was done for as long: what the machine itself adds. */
  readonly idlePauseMs: number;
}
