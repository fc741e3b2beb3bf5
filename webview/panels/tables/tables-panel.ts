import type { View } from '../../../src/core/profile/queries/query-model.ts';
import { recordedText } from '../../../src/core/profile/recorded-text.ts';
import type { TableFormat } from '../../../src/core/profile/table-text.ts';
import { formatAmount } from '../../../src/core/units.ts';
import type { HostConnection } from '../../../src/protocol/contract.ts';
import type { Loading } from '../../../src/protocol/panel-state.ts';
import type { Page, PlaceRow, TableName, TablesContract, TablesOpen } from '../../../src/protocol/tables.ts';
import { element } from '../../lib/dom.ts';
import { keepFocus } from '../../lib/keep-focus.ts';
import { messageOf } from '../../lib/message-of.ts';
import { whenSlow } from '../../lib/when-slow.ts';
import { noSourceOf } from '../../widgets/box-source.ts';
import { chips } from '../../widgets/chips.ts';
import { dispatchKey, showKeys } from '../../widgets/keys.ts';
import { LoadingPlaceholder } from '../../widgets/loading-placeholder.ts';
import { openMenu } from '../../widgets/menu.ts';
import { failure, nothingOpen } from '../../widgets/state-placeholders.ts';
import { statusRow } from '../../widgets/status-row.ts';
import { viewChips } from '../../widgets/view-chips.ts';
import { CallsView } from './calls-view.ts';
import { rowName } from './columns.ts';
import { type KeptState, keptState } from './kept-state.ts';
import { rowMenu } from './row-menu.ts';
import { OF_THE_TABLE, tableKeys } from './table-keys.ts';
import type { TableHost, TableView } from './table-view.ts';
import { toolbar } from './toolbar.ts';
import { number, TopView } from './top-view.ts';
import { WorkQueue } from './work-queue.ts';

/** The panel of tables: rows come from the host, how they are looked at is kept here. */
export class TablesPanel implements TableHost {
  readonly host: HostConnection<TablesContract>;
  open: TablesOpen | undefined;
  kept: KeptState;
  readonly #views: Readonly<Record<TableName, TableView>>;
  readonly #work = new WorkQueue((isBusy) => this.#stage.setAttribute('aria-busy', String(isBusy)));
  /** How often was pulled: of several answers only the last counts. */
  #pulls = 0;
  readonly #loading = new LoadingPlaceholder('table', () => this.#tell('cancel', null));

  readonly #toolbar = toolbar({
    onTable: (table) => this.showTable(table),
    onBy: (by) => this.#change({ by }),
    onSearch: (search) => this.#change({ search }),
    onNextMatch: (step) => this.nextMatch(step),
    onExpand: (what) => this.expand(what),
    onCollapse: () => this.collapseAll(),
    onCopy: (from) => this.#copyMenu(from),
    onView: () => this.chooseView(),
    onHelp: () => this.help(),
  });
  readonly #filters = chips('What is looked at');
  readonly #stage = element('main', { className: 'stage' });
  readonly #words = element('div', { className: 'status-words' });
  readonly #current = element('div', { className: 'status-current' });
  readonly #status = statusRow({
    first: [this.#words, this.#current],
    mayMisleadTitle: 'What figures may mislead about',
  });
  readonly #live = element('div', { className: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  readonly #keys = tableKeys(this);

  constructor(host: HostConnection<TablesContract>) {
    this.host = host;
    this.kept = keptState(host.kept());
    this.#views = { top: new TopView(this), down: new CallsView(this, 'down'), up: new CallsView(this, 'up') };
    this.#toolbar.showKept(this.kept);
    document.body.append(this.#toolbar.element, this.#filters.element, this.#stage, this.#status.element, this.#live);
    keepFocus(this.#stage, () => this.#view.table.focus());
    document.addEventListener('keydown', (event) => dispatchKey(this.#keys, event));
    document.addEventListener('copy', (event) => {
      if (document.activeElement !== this.#view.table.element) return;
      event.preventDefault();
      this.#copy('tsv', this.#view.table.selection);
    });
    host.onChange((what) => void (what === 'wanted' ? this.#pullWanted() : this.pull()));
    void this.pull();
  }

  get #view(): TableView {
    return this.#views[this.kept.table];
  }

  /** Asks for everything that is shown, and shows it. */
  async pull(): Promise<void> {
    const pull = ++this.#pulls;
    try {
      const wanted = await this.host.ask('wanted', null);
      if (wanted) this.keep({ table: wanted });
      const state = await this.host.ask('state', null);
      if (pull !== this.#pulls) return;
      if (state.status === 'open') return this.#showOpen(state);
      this.open = undefined;
      this.#filters.show([]);
      this.#toolbar.showOpen(undefined);
      this.#words.textContent = '';
      this.#showCurrent('', '');
      if (state.status === 'loading') return this.#showLoading(state);
      this.#showInstead(nothingOpen('table', state, (id) => this.#tell('act', id as never)));
    } catch (error) {
      if (pull === this.#pulls) this.#showFailure(error);
    }
  }

  reload(): void {
    this.run(async () => {
      const { element: own } = this.#view.table;
      await whenSlow(this.#view.load(), () => this.#status.showNotice('Adding up…', { isError: false }));
      const hadFocus = this.#stage.contains(document.activeElement);
      if (this.#stage.firstElementChild !== own) this.#stage.replaceChildren(own);
      // What was taken away with the focus in it leaves it nowhere; a head that was pressed to sort keeps it.
      const hasIt = this.#stage.contains(document.activeElement);
      if (!hasIt && (hadFocus || document.activeElement === document.body)) this.#view.table.focus();
      this.#status.showNotice('');
    }, 'reload');
  }

  run(work: () => Promise<void>, kind?: string): void {
    this.#work.add(async () => {
      try {
        if (!this.open) return;
        await work();
        this.#showWords();
      } catch (error) {
        if (error instanceof Error && error.name === 'MalformedPattern') {
          this.#status.showNotice('Not a regular expression (RE2’s syntax)');
        } else if (this.#stage.contains(this.#view.table.element)) {
          this.#status.showNotice(messageOf(error));
        } else {
          this.#showFailure(error);
        }
      }
    }, kind);
  }

  showTable(table: TableName): void {
    this.keep({ table });
    this.reload();
  }

  nextMatch(step: 1 | -1): void {
    this.run(() => this.#view.step(step));
  }

  expand(what: 'heaviest' | 'all'): void {
    this.run(() => this.#view.expand(what));
  }

  collapseAll(): void {
    this.run(() => this.#view.collapseAll());
  }

  focusSearch(): void {
    this.#toolbar.focusSearch();
  }

  /** Lets the person choose what of the recording is looked at. */
  chooseView(): void {
    this.#tell('act', 'perfwright.viewOptions');
  }

  help(): void {
    showKeys(this.#keys, OF_THE_TABLE);
  }

  keep(change: Partial<KeptState>): void {
    this.kept = { ...this.kept, ...change };
    this.#toolbar.showKept(this.kept);
    this.host.keep(this.kept);
  }

  onCurrent = (row: PlaceRow | undefined): void => {
    const { unit, type } = this.open?.value ?? { unit: '', type: '' };
    const amount = (cost: number) => formatAmount(cost, unit, type);
    const [self, total] = this.kept.table === 'up' ? ['ends here', 'cost'] : ['self', 'total'];
    const words = row ? `${rowName(row)}: ${self} ${amount(row.self)}, ${total} ${amount(row.total)}` : '';
    this.#showCurrent(words, row?.fullName ?? '');
  };

  onOpen = ({ file, line, name }: PlaceRow): void => {
    if (file !== '') this.#tell('open', { file, line });
    else if (name === '') this.#notice('There is no source for it.');
    else this.#notice(noSourceOf(name));
  };

  onMenu = (row: PlaceRow, x: number, y: number): void => {
    const { kept } = this;
    const by = kept.table === 'top' ? kept.by : 'function';
    const items = rowMenu(row, by, {
      onOpen: () => this.onOpen(row),
      onShow: (where) => this.#show(where, row),
      onOperate: (operation) => this.#look(({ operations }) => ({ operations: [...operations, operation] })),
      onCopyName: (name) => this.#tell('copyText', name),
      onCopyRows: (format) => this.#copy(format, this.#view.table.selection),
    });
    openMenu(rowName(row), items, x, y);
  };

  #look(change: (now: View) => Partial<View>): void {
    if (!this.open) return;
    const changed = change(this.open.view);
    // At once, so that the next change is one of this; what the host makes of it follows.
    this.open = { ...this.open, view: { ...this.open.view, ...changed } };
    this.#tell('look', changed);
  }

  #showCurrent(text: string, title: string): void {
    this.#current.textContent = text;
    this.#current.title = title;
    this.#status.endNews();
  }

  #showOpen(open: TablesOpen): void {
    this.open = open;
    for (const view of Object.values(this.#views)) view.renew();
    this.#toolbar.showOpen(open);
    this.#filters.show(viewChips(open.parts, open.view, (change) => this.#look(change)));
    this.#status.showQuality(open.quality, recordedText(open), open.mayMislead);
    this.reload();
  }

  async #pullWanted(): Promise<void> {
    const wanted = await this.host.ask('wanted', null);
    if (wanted) this.showTable(wanted);
  }

  #change(change: Partial<KeptState>): void {
    this.keep(change);
    this.reload();
  }

  #showLoading(state: Loading): void {
    const instead = this.#loading.show(state);
    if (instead) this.#showInstead(instead);
  }

  #showFailure(error: unknown): void {
    this.#showInstead(failure('The table can’t be shown', messageOf(error), () => void this.pull()));
  }

  #showInstead(instead: HTMLElement): void {
    this.#stage.replaceChildren(instead);
  }

  #showWords(): void {
    const words = this.open ? this.#view.words() : '';
    this.#words.textContent = words;
    this.#live.textContent = words;
  }

  escape(): void {
    if (this.#toolbar.searchField.contains(document.activeElement)) this.#view.table.focus();
    else if (this.kept.search.text !== '') this.#change({ search: { ...this.kept.search, text: '' } });
  }

  menuAtRow(): void {
    const row = this.#view.currentRow;
    const { x, y } = this.#view.table.menuPlace();
    if (row) this.onMenu(row, x, y);
  }

  showRow(where: 'flameGraph' | 'callers'): void {
    const row = this.#view.currentRow;
    if (row && row.function >= 0) this.#show(where, row);
  }

  #show(where: 'flameGraph' | 'callers', { function: func, name }: PlaceRow): void {
    this.#tell('show', { where, function: func, name });
  }

  #copyMenu(from: HTMLElement): void {
    const { left, bottom } = from.getBoundingClientRect();
    const isDisabled = !this.open;
    const rows = () => this.#view.table.selection;
    const items = [
      { label: 'Copy Selected Rows as TSV', isDisabled, run: () => this.#copy('tsv', rows()) },
      { label: 'Copy Selected Rows as Markdown', isDisabled, run: () => this.#copy('markdown', rows()) },
      { label: 'Copy All Rows as TSV', isDisabled, run: () => this.#copy('tsv') },
      { label: 'Copy All Rows as Markdown', isDisabled, run: () => this.#copy('markdown') },
    ];
    openMenu('Copy rows', items, left, bottom);
  }

  #copy(format: TableFormat, rows?: Page): void {
    this.run(async () => {
      const copied = await this.host.ask('copy', { ...this.#view.copyAsk(rows), format });
      const what = copied.rows === 1 ? '1 row' : `${number(copied.rows)} rows`;
      const isAll = copied.rows === copied.of;
      this.say(isAll ? `${what} copied` : `The first ${what} of ${number(copied.of)} copied`);
    });
  }

  onFailure = (error: unknown): void => this.#notice(messageOf(error));

  say(text: string): void {
    this.#notice(text, { isError: false });
  }

  /** Tells the host, and says so where that fails. */
  #tell<N extends keyof TablesContract['requests']>(name: N, ask: TablesContract['requests'][N]['ask']): void {
    this.host.ask(name, ask).catch((error) => this.#notice(messageOf(error)));
  }

  #notice(text: string, options: { isError?: boolean } = {}): void {
    this.#status.showNotice(text, options);
    this.#live.textContent = text;
  }
}
