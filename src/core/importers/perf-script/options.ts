/** Name of the format. */
export const PERF_SCRIPT = 'perf script';

export interface PerfScriptOptions {
  /**
   * Leave functions unnamed: frames have the printed address and module only, for `symbols/` to look up. For a stream
   * from `perf script --no-inline` of perf 5.13 or later, which prints an address in a file as the offset in that file.
   */
  readonly unresolved?: boolean;
  /** Size of the text in bytes, where it is known. */
  readonly size?: number;
  /** How many different places in stacks are read before the text is refused; some 2 million where it isn't given. */
  readonly mostPlaces?: number;
}
