import type { Page } from '../../../src/protocol/tables.ts';
import type { TableSource } from '../../widgets/virtual-table.ts';

/** Rows of a table that come page by page, when they come into sight. What was not looked at for long is let go. */
export class RowPages<R> implements TableSource<R> {
  readonly rowCount: number;
  readonly #fetch: (page: Page) => Promise<readonly R[]>;
  readonly #arrived: () => void;
  /** By page; the one that was looked at last is the last. */
  readonly #pages = new Map<number, readonly R[]>();
  readonly #asked = new Set<number>();
  #wanted: number[] = [];

  /** @param first rows that are there already, from the start of a page on */
  constructor(
    rowCount: number,
    first: { readonly from: number; readonly rows: readonly R[] },
    fetch: (page: Page) => Promise<readonly R[]>,
    arrived: () => void,
  ) {
    this.rowCount = rowCount;
    this.#fetch = fetch;
    this.#arrived = arrived;
    for (let at = 0; at < first.rows.length; at += PAGE) {
      this.#pages.set((first.from + at) / PAGE, first.rows.slice(at, at + PAGE));
    }
  }

  row(index: number): R | undefined {
    if (index < 0 || index >= this.rowCount) return undefined;
    const page = Math.floor(index / PAGE);
    const rows = this.#pages.get(page);
    if (rows) {
      return rows[index - page * PAGE];
    }
    if (!this.#asked.has(page) && !this.#wanted.includes(page)) {
      // Only what was in sight last is asked for: a person who scrolls fast passes a hundred pages.
      if (this.#wanted.length === 0) queueMicrotask(() => this.#askWanted());
      this.#wanted.push(page);
    }
    return undefined;
  }

  #askWanted(): void {
    const wanted = this.#wanted;
    this.#wanted = [];
    for (const page of wanted) {
      if (this.#asked.size >= MOST_ASKED) return;
      this.#asked.add(page);
      void this.#ask(page);
    }
  }

  async #ask(page: number): Promise<void> {
    try {
      this.#pages.set(page, await this.#fetch({ from: page * PAGE, count: PAGE }));
      for (const oldest of this.#pages.keys()) {
        if (this.#pages.size <= MOST_KEPT) break;
        this.#pages.delete(oldest);
      }
    } finally {
      this.#asked.delete(page);
      this.#arrived();
    }
  }
}

export const PAGE = 100;
const MOST_KEPT = 100;
/** At once. */
const MOST_ASKED = 4;

/** The pages that hold a row and what is in sight below it. */
export function pagesAt(row: number): Page {
  return { from: Math.floor(Math.max(0, row) / PAGE) * PAGE, count: 2 * PAGE };
}
