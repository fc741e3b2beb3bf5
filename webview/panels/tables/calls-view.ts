import type { ExpandedNames } from '../../../src/core/profile/queries/call-steps.ts';
import { formatShare, plural } from '../../../src/core/units.ts';
import type { CallsAsk, CallsPage, MatchAnswer, NodeRow, Page } from '../../../src/protocol/tables.ts';
import { VirtualTable } from '../../widgets/virtual-table.ts';
import { callColumns } from './columns.ts';
import { sortColumn } from './kept-state.ts';
import { pagesAt, RowPages } from './row-pages.ts';
import type { TableHost, TableView } from './table-view.ts';
import { number } from './top-view.ts';

/** A call tree: from callers down, or from what costs something up to its callers. */
export class CallsView implements TableView {
  readonly table: VirtualTable<NodeRow>;
  readonly #panel: TableHost;
  readonly #direction: 'down' | 'up';
  /** Numbers of nodes are of this tree; 0 while none is known. */
  #tree = 0;
  #expanded = new Set<number>();
  #answer: Omit<CallsPage, 'rows'> = { whole: 0, tree: 0, rowCount: 0, located: -1 };
  #match: MatchAnswer | undefined;
  #pages: RowPages<NodeRow> | undefined;
  #namesLater: ReturnType<typeof setTimeout> | undefined;

  constructor(panel: TableHost, direction: 'down' | 'up') {
    this.#panel = panel;
    this.#direction = direction;
    this.table = new VirtualTable<NodeRow>(
      {
        onSort: (id, isDescending) => {
          const column = sortColumn(id);
          if (!column) return;
          panel.keep({ sort: { ...panel.kept.sort, [direction]: { column, isDescending } } });
          panel.reload();
        },
        onCurrent: (_, row) => panel.onCurrent(row),
        onOpen: panel.onOpen,
        onToggle: (index, row) => panel.run(() => this.#toggle(index, row)),
        onMenu: panel.onMenu,
        onResize: (widths) => panel.keep({ widths: { ...panel.kept.widths, [direction]: widths } }),
      },
      {
        label: direction === 'down' ? 'Call tree' : 'Call tree from the bottom up',
        treePlace: ({ parentRow, level, position, setSize, hasCalls, isExpanded }) => ({
          parentRow,
          level,
          position,
          setSize,
          isExpanded: hasCalls ? isExpanded : undefined,
        }),
        isMarked: ({ isMatch }) => isMatch,
      },
    );
    this.table.setColumns(
      callColumns(direction, () => ({ value: this.#panel.open!.value, whole: this.#answer.whole })),
      panel.kept.widths[direction],
    );
  }

  get currentRow(): NodeRow | undefined {
    return this.#pages?.row(this.table.current);
  }

  get rowCount(): number {
    return this.#answer.rowCount;
  }

  async load(): Promise<void> {
    const isFirst = this.#tree === 0;
    if (isFirst) await this.#expandAsKept();
    const { text } = this.#panel.kept.search;
    this.#match = text === '' ? undefined : await this.#panel.host.ask('match', { ...this.#ask, node: 0, step: 0 });
    await this.#show(isFirst ? -1 : (this.currentRow?.node ?? -1));
  }

  renew(): void {
    this.#tree = 0;
    this.#pages = undefined;
  }

  copyAsk(rows: Page = { from: 0, count: this.rowCount }) {
    return { ...rows, calls: this.#ask };
  }

  words(): string {
    const rows = `${number(this.rowCount)} ${plural(this.rowCount, 'row')}`;
    if (this.#panel.kept.search.text === '' || !this.#match) return rows;
    const { count, isCut, rank, weight } = this.#match;
    if (count === 0) return isCut ? 'no match in what was searched, the levels nearest to the top' : 'no match';
    const matches = `${number(count)}${isCut ? ' or more' : ''} ${count === 1 ? 'match' : 'matches'}`;
    const at = rank >= 0 ? `${number(rank + 1)} of ${matches}` : matches;
    return `${at} · ${formatShare(weight / this.#answer.whole)} of all`;
  }

  async step(step: 1 | -1): Promise<void> {
    const node = this.currentRow?.node ?? 0;
    const match = await this.#panel.host.ask('match', { ...this.#ask, node, step });
    if (match.tree !== this.#tree) return this.#panel.reload();
    this.#match = match;
    if (match.node < 0) return;
    this.#add(match.expand);
    await this.#show(match.node, { reveals: true });
  }

  async expand(what: 'heaviest' | 'all'): Promise<void> {
    const node = this.currentRow?.node ?? 0;
    const { tree, nodes, last, isCut } = await this.#panel.host.ask('expansion', { ...this.#ask, node, what });
    if (tree !== this.#tree) return this.#panel.reload();
    this.#add(nodes);
    await this.#show(last, { reveals: true });
    this.#keepNames();
    this.#panel.say(isCut ? 'There is more below than is opened at once' : '');
  }

  async collapseAll(): Promise<void> {
    this.#expanded = new Set([0]);
    await this.#show(0, { reveals: true });
    this.#keepNames();
  }

  async #toggle(index: number, row: NodeRow): Promise<void> {
    if (this.#expanded.has(row.node)) this.#expanded.delete(row.node);
    else this.#expanded.add(row.node);
    if (this.table.current !== index) this.table.goTo(index, { reveal: false });
    await this.#show(row.node);
    this.#keepNames();
  }

  /** What was expanded when one was last here; at first the way to what costs most. */
  async #expandAsKept(): Promise<void> {
    const { host, kept, open } = this.#panel;
    const names = kept.recording.id === open!.id ? kept.recording[this.#direction] : null;
    if (names) {
      const { tree, nodes } = await host.ask('nodes', { direction: this.#direction, names });
      this.#tree = tree;
      this.#expanded = new Set(nodes);
      return;
    }
    this.#expanded = new Set([0]);
    const { tree, nodes } = await host.ask('expansion', { ...this.#ask, node: 0, what: 'heaviest' });
    this.#tree = tree;
    this.#add(nodes);
    // One wants to see the way, and not to be lost at the end of a very long one.
    this.#expanded = new Set([...this.#expanded].slice(0, MOST_AT_FIRST));
  }

  /** Asks for the rows; the row of a node becomes the current one. */
  async #show(node: number, { reveals = false }: { reveals?: boolean } = {}): Promise<void> {
    const { host } = this.#panel;
    let ask = this.#ask;
    let page = pagesAt(this.table.current);
    let { rows, ...answer } = await host.ask('calls', { ...ask, ...page, locate: node });
    if (answer.tree !== ask.tree) {
      // The worker has let go of the tree that the nodes were of.
      await this.#expandAsKept();
      ask = this.#ask;
      ({ rows, ...answer } = await host.ask('calls', { ...ask, ...page, locate: -1 }));
    }
    const current = answer.located >= 0 ? answer.located : Math.min(this.table.current, answer.rowCount - 1);
    if (current < page.from || current >= page.from + page.count) {
      page = pagesAt(current);
      ({ rows } = await host.ask('calls', { ...ask, ...page, locate: -1 }));
    }
    this.#answer = answer;
    this.#pages = new RowPages(
      answer.rowCount,
      { from: page.from, rows },
      {
        fetch: async (next) => {
          const { tree, rows: found } = await host.ask('calls', { ...ask, ...next, locate: -1 });
          if (tree === ask.tree) return found;
          // Rows of another tree are none of this one's.
          this.#panel.reload();
          return [];
        },
        onArrival: () => this.table.rowsArrived(),
        onFailure: this.#panel.onFailure,
      },
    );
    this.table.show(this.#pages, ask.sort, { current });
    if (reveals) this.table.goTo(current);
    else this.#panel.onCurrent(this.currentRow);
  }

  #add(nodes: readonly number[]): void {
    for (const node of nodes) this.#expanded.add(node);
  }

  /** What is expanded is kept by names, a while after it was changed last. */
  #keepNames(): void {
    clearTimeout(this.#namesLater);
    const { host, open } = this.#panel;
    this.#namesLater = setTimeout(() => {
      const ask = this.#ask;
      if (ask.tree === 0) return;
      this.#panel.run(async () => {
        const names: ExpandedNames = await host.ask('names', ask);
        if (this.#panel.open?.id !== open?.id) return;
        const { recording } = this.#panel.kept;
        const others = recording.id === open!.id ? recording : { down: null, up: null };
        this.#panel.keep({ recording: { ...others, id: open!.id, [this.#direction]: names } });
      });
    }, NAMES_AFTER_MS);
  }

  get #ask(): CallsAsk {
    const { sort, search } = this.#panel.kept;
    return {
      direction: this.#direction,
      sort: sort[this.#direction],
      search,
      tree: this.#tree,
      expanded: Int32Array.from(this.#expanded),
    };
  }
}

const NAMES_AFTER_MS = 100;
const MOST_AT_FIRST = 60;
