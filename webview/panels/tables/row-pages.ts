import type { Page } from '../../../src/protocol/tables.ts';
import type { TableSource } from '../../widgets/virtual-table.ts';

/** Rows of a table that come page by page, when they come into sight. What was not looked at for long is let go. */
export class RowPages<R> implements TableSource<R> {
  readonly rowCount: number;
  readonly #events: PageEvents<R>;
  /** By page; the one that was looked at last is the last. */
  readonly #pages = new Map<number, readonly R[]>();
  readonly #asked = new Set<number>();
  #wanted: number[] = [];
  /** Pages that can't be had: to ask again and again would help nobody. */
  readonly #failed = new Set<number>();
  #last = -1;

  /** @param first rows that are there already, from the start of a page on */
  constructor(rowCount: number, first: { readonly from: number; readonly rows: readonly R[] }, events: PageEvents<R>) {
    this.rowCount = rowCount;
    this.#events = events;
    for (let at = 0; at < first.rows.length; at += PAGE) {
      this.#pages.set((first.from + at) / PAGE, first.rows.slice(at, at + PAGE));
    }
  }

  row(index: number): R | undefined {
    if (index < 0 || index >= this.rowCount) return undefined;
    const page = Math.floor(index / PAGE);
    const rows = this.#pages.get(page);
    if (rows) {
      if (page !== this.#last) this.#looked(page, rows);
      return rows[index - page * PAGE];
    }
    if (!this.#asked.has(page) && !this.#wanted.includes(page) && !this.#failed.has(page)) {
      // Only what was in sight last is asked for: a person who scrolls fast passes a hundred pages.
      if (this.#wanted.length === 0) queueMicrotask(() => this.#askWanted());
      this.#wanted.push(page);
    }
    return undefined;
  }

  #looked(page: number, rows: readonly R[]): void {
    this.#last = page;
    this.#pages.delete(page);
    this.#pages.set(page, rows);
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
      this.#pages.set(page, await this.#events.fetch({ from: page * PAGE, count: PAGE }));
      for (const oldest of this.#pages.keys()) {
        if (this.#pages.size <= MOST_KEPT) break;
        this.#pages.delete(oldest);
      }
    } catch (error) {
      this.#failed.add(page);
      this.#events.onFailure(error);
    }
    this.#asked.delete(page);
    this.#events.onArrival();
  }
}

/** Where pages come from, and who is told when they have come or can't be had. */
export interface PageEvents<R> {
  fetch(page: Page): Promise<readonly R[]>;
  onArrival(): void;
  onFailure(error: unknown): void;
}

export const PAGE = 100;
const MOST_KEPT = 100;
/** At once. */
const MOST_ASKED = 4;

/** The pages that hold a row and what is in sight below it. */
export function pagesAt(row: number): Page {
  return { from: Math.floor(Math.max(0, row) / PAGE) * PAGE, count: 2 * PAGE };
}
