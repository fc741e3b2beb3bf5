/** What a panel has to show where it isn't what it is for. */
export type InsteadOfOpen = NothingOpen | Loading | Failed;

export interface NothingOpen {
  readonly status: 'empty';
  /** The next steps on offer. */
  readonly actions: readonly NextStep[];
}

export interface NextStep {
  readonly id: string;
  readonly title: string;
}

export interface Loading {
  readonly status: 'loading';
  readonly title: string;
  /** What is being done: `Reading`, `Looking up the symbols of libc.so.6`. */
  readonly doing: string;
  /** 0 to 1; `null` where it can't be known. */
  readonly done: number | null;
}

/** It could not be read. */
export interface Failed {
  readonly status: 'failed';
  readonly title: string;
  readonly message: string;
  readonly actions: readonly NextStep[];
}

/** How far the data can be trusted. */
export interface QualityNote {
  /** `good data`, `check data`, `no data`. */
  readonly word: string;
  readonly findings: readonly string[];
}
