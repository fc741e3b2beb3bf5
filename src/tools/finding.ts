/** Something found to be in the way of a measurement, or to change it, in words for a person. */
export interface Finding {
  /** Short stable name, such as `perf-paranoid`; the same cause has the same name everywhere. */
  readonly id: string;
  /** `stops`: nothing can be measured until it is mended. `limits`: it works, with less. `note`: good to know. */
  readonly level: 'stops' | 'limits' | 'note';
  /** What happened, in one sentence. */
  readonly what: string;
  /** Why, in one sentence. */
  readonly why: string;
  /** The exact next step: a command line where there is one. '' where nothing needs doing. */
  readonly fix: string;
  /** What works now without the fix, and what it costs. '' where nothing does. */
  readonly fallback: string;
}

/** A finding that stops. */
export function stops(finding: Pick<Finding, 'id' | 'what' | 'why' | 'fix'> & Partial<Finding>): Finding {
  return { level: 'stops', fallback: '', ...finding };
}

/** The finding as text: what, why, fallback, fix; for a log, an error or a terminal. */
export function findingText({ what, why, fallback, fix }: Finding): string {
  return [what, why, fallback, fix === '' ? '' : `Fix: ${fix}`].filter((part) => part !== '').join(' ');
}
