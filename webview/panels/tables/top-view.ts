import type { Grouping } from '../../../src/core/profile/frame-keys.ts';
import { formatShare } from '../../../src/core/units.ts';
import type { Page, PlaceRow, TopAsk, TopPage } from '../../../src/protocol/tables.ts';
import { VirtualTable } from '../../widgets/virtual-table.ts';
import { topColumns } from './columns.ts';
import { sortColumn } from './kept-state.ts';
import { pagesAt, RowPages } from './row-pages.ts';
import type { TableHost, TableView } from './table-view.ts';

/** The top table: functions, lines, files or modules by what they cost. */
export class TopView implements TableView {
  readonly table: VirtualTable<PlaceRow>;
  readonly #panel: TableHost;
  #by: Grouping | undefined;
  #answer: Omit<TopPage, 'rows'> = { whole: 0, allCount: 0, rowCount: 0, self: 0 };
  #pages: RowPages<PlaceRow> | undefined;
  /** What the rows are of, to tell whether one can stay where one is. */
  #shown = '';

  constructor(panel: TableHost) {
    this.#panel = panel;
    this.table = new VirtualTable<PlaceRow>(
      {
        onSort: (id, isDescending) => {
          const column = sortColumn(id);
          if (!column) return;
          panel.keep({ sort: { ...panel.kept.sort, top: { column, isDescending } } });
          panel.reload();
        },
        onCurrent: (_, row) => panel.onCurrent(row),
        onOpen: panel.onOpen,
        onToggle: () => {},
        onMenu: panel.onMenu,
        onResize: (top) => panel.keep({ widths: { ...panel.kept.widths, top } }),
      },
      { label: 'Top table' },
    );
  }

  get currentRow(): PlaceRow | undefined {
    return this.#pages?.row(this.table.current);
  }

  get rowCount(): number {
    return this.#answer.rowCount;
  }

  async load(): Promise<void> {
    const { host, kept } = this.#panel;
    const ask = this.#ask;
    const shown = JSON.stringify(ask);
    const isSame = shown === this.#shown;
    const page = pagesAt(isSame ? this.table.current : 0);
    const { rows, ...answer } = await host.ask('top', { ...ask, ...page });
    this.#answer = answer;
    this.#shown = shown;
    if (this.#by !== ask.by) {
      this.#by = ask.by;
      this.table.setColumns(
        topColumns(ask.by, () => ({ value: this.#panel.open!.value, whole: this.#answer.whole })),
        kept.widths.top,
      );
    }
    this.#pages = new RowPages(
      answer.rowCount,
      { from: page.from, rows },
      {
        fetch: async (next) => (await host.ask('top', { ...ask, ...next })).rows,
        onArrival: () => this.table.rowsArrived(),
        onFailure: this.#panel.onFailure,
      },
    );
    this.table.show(this.#pages, ask.sort, isSame ? {} : { current: 0, keepsPlace: false });
    this.#panel.onCurrent(this.currentRow);
  }

  renew(): void {}

  copyAsk(rows: Page = { from: 0, count: this.rowCount }) {
    return { ...rows, top: this.#ask };
  }

  words(): string {
    const { allCount, rowCount, self, whole } = this.#answer;
    const what = { function: 'functions', line: 'lines', file: 'files', module: 'modules' }[this.#panel.kept.by];
    if (this.#panel.kept.search.text === '') return `${number(allCount)} ${what}`;
    return `${number(rowCount)} of ${number(allCount)} ${what} · self ${formatShare(self / whole)}`;
  }

  /** Rows that don't match aren't shown: each is a match. */
  async step(step: 1 | -1): Promise<void> {
    this.table.goTo((this.table.current + step + this.rowCount) % Math.max(1, this.rowCount));
  }

  async expand(): Promise<void> {}

  async collapseAll(): Promise<void> {}

  get #ask(): TopAsk {
    const { by, sort, search } = this.#panel.kept;
    return { by, sort: sort.top, search };
  }
}

export function number(count: number): string {
  return count.toLocaleString('en');
}
