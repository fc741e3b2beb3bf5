import type { DiffPlace } from '../../../src/core/profile/diff/queries/diff-table.ts';
import type { CompareContract, CompareTree } from '../../../src/protocol/compare.ts';
import type { HostConnection } from '../../../src/protocol/contract.ts';
import { ChangeTable, type ChangeTableEvents } from './change-table.ts';
import type { KeptCompare } from './kept-compare.ts';

/** The table, and where its rows come from. */
export class TablePane {
  readonly #host: HostConnection<CompareContract>;
  readonly #table: ChangeTable;
  readonly #say: (words: string, options?: { isError: boolean }) => void;
  #pulls = 0;

  /** @param say says how many rows there are, or why there are none */
  constructor(
    host: HostConnection<CompareContract>,
    events: ChangeTableEvents,
    say: (words: string, options?: { isError: boolean }) => void,
  ) {
    this.#host = host;
    this.#table = new ChangeTable(events);
    this.#say = say;
  }

  get element(): HTMLElement {
    return this.#table.element;
  }

  /** The row one is at. */
  get current(): DiffPlace | undefined {
    return this.#table.current;
  }

  /** What is shown, with tabs between the columns. */
  get text(): string {
    return this.#table.text;
  }

  focus(): void {
    this.#table.focus();
  }

  /** Asks for the rows, and shows them; of several answers only the last counts. */
  async pull({ by, order, of, isReversed, query }: KeptCompare, { tree, sampleScale }: CompareTree): Promise<void> {
    const pull = ++this.#pulls;
    try {
      const table = await this.#host.ask('table', { by, order, of, isReversed, query, limit: MOST_ROWS });
      if (pull !== this.#pulls) return;
      this.#table.show({ ...table, by, value: tree.value, sampleScale }, { order, of, isReversed });
      const count = `${table.rowCount.toLocaleString('en')} ${table.rowCount === 1 ? 'row' : 'rows'}`;
      this.#say(query.text === '' ? count : `${count} with “${query.text}”`);
    } catch (error) {
      if (pull === this.#pulls) this.#say(error instanceof Error ? error.message : String(error), { isError: true });
    }
  }
}

/** A page of more rows is slow to draw, and nobody reads them. */
const MOST_ROWS = 1000;
