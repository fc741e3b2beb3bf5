/** What a row is in a tree. */
export interface TreePlace {
  /** -1 for the root. */
  readonly parentRow: number;
  /** 1 for the root. */
  readonly level: number;
  readonly position: number;
  readonly setSize: number;
  /** Undefined where there's nothing below it. */
  readonly isExpanded: boolean | undefined;
}
