/** A column, and how one row fills a cell of it. */
export interface TableColumn<R> extends ColumnHead {
  /** Fills a cell that may hold another row's. `cell` is its own from then on. */
  fill(cell: HTMLElement, row: R, place: RowPlace): void;
}

/** What a column is called, how wide it is and how it is sorted. */
export interface ColumnHead {
  readonly id: string;
  readonly label: string;
  /** What it means, in a sentence. */
  readonly title: string;
  /** In pixels; of a column that takes the room that is left, the least. */
  readonly width: number;
  readonly isFlexible?: boolean;
  /** Figures stand at the right. */
  readonly isFigure?: boolean;
  /** How it is sorted first; without it, it isn't. */
  readonly firstSort?: 'ascending' | 'descending';
}

export interface RowPlace {
  readonly index: number;
  /** Steps by which a row of a tree stands in. */
  readonly indent: number;
}
