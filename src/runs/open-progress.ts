const STAGES = ['reading', 'symbols'] as const;

/** What is being done while a recording is opened, and how far it is. */
export interface OpenProgress {
  readonly stage: (typeof STAGES)[number];
  /** 0 to 1, of the stage. */
  readonly done: number;
  /** What the stage is at: the module whose symbols are looked up. */
  readonly at?: string;
}

/** How much of all stages is done, 0 to 1, so that one bar fills once. A recording without addresses to look up ends after the first. */
export function doneOfOpening({ stage, done }: OpenProgress): number {
  return (STAGES.indexOf(stage) + done) / STAGES.length;
}
