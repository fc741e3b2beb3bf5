import type { DiffPlace } from '../../../src/core/profile/diff/queries/diff-table.ts';
import type { Box } from '../../../src/core/profile/flame-layout.ts';
import { START } from '../../../src/core/profile/flame-places.ts';
import type { Grouping } from '../../../src/core/profile/frame-keys.ts';
import type { Operation } from '../../../src/core/profile/operations/operation.ts';
import { NONE } from '../../../src/core/profile/profile.ts';
import { comparedText } from '../../../src/core/profile/recorded-text.ts';
import { shortName } from '../../../src/core/profile/short-name.ts';
import type { TextSearch } from '../../../src/core/profile/text-search.ts';
import type { CompareContract, Compared, CompareLook, CompareTree } from '../../../src/protocol/compare.ts';
import type { HostConnection } from '../../../src/protocol/contract.ts';
import type { Loading } from '../../../src/protocol/panel-state.ts';
import { element } from '../../lib/dom.ts';
import { keepFocus } from '../../lib/keep-focus.ts';
import { messageOf } from '../../lib/message-of.ts';
import { onThemeChange, readTheme } from '../../lib/theme.ts';
import { whenSlow } from '../../lib/when-slow.ts';
import { boxSource, noSourceOf } from '../../widgets/box-source.ts';
import { type Chip, chips } from '../../widgets/chips.ts';
import { FlameFinder } from '../../widgets/flame-finder.ts';
import { FLAME_POINTER } from '../../widgets/flame-moves.ts';
import { FlameView } from '../../widgets/flame-view.ts';
import type { Wanted } from '../../widgets/found.ts';
import { frameStatus } from '../../widgets/frame-status.ts';
import { frameWords } from '../../widgets/frame-words.ts';
import { dispatchKey, showKeys } from '../../widgets/keys.ts';
import { LoadingPlaceholder } from '../../widgets/loading-placeholder.ts';
import { failure, notRead, working } from '../../widgets/state-placeholders.ts';
import { viewChips } from '../../widgets/view-chips.ts';
import { zoomTrail } from '../../widgets/zoom-trail.ts';
import { CHANGE_CARDS } from './change-cards.ts';
import { changeLegend } from './change-legend.ts';
import { nameOf, type TableOrder } from './change-table.ts';
import { type ComparePicture, changeLine, changeSentence } from './change-words.ts';
import { compareKeys } from './compare-keys.ts';
import { boxMenu, rowMenu, saveMenu } from './compare-menus.ts';
import { basisText, qualityNote } from './compare-notes.ts';
import { nothingCompared, nothingDrawn } from './compare-placeholders.ts';
import { CompareStage } from './compare-stage.ts';
import { compareToolbar } from './compare-toolbar.ts';
import { comparedFile, comparedPicture } from './compared-picture.ts';
import { droppedUris } from './dropped-uris.ts';
import { type KeptCompare, keptCompare } from './kept-compare.ts';
import { TablePane } from './table-pane.ts';
import { undrawnNote } from './undrawn.ts';

/** The comparison's panel: what it shows comes from the host, how it is looked at is kept here. */
export class ComparePanel {
  readonly view: FlameView;
  readonly #host: HostConnection<CompareContract>;
  #kept: KeptCompare;
  #open: Compared | undefined;
  #tree: CompareTree | undefined;
  /** The comparison that the picture is of. */
  #shown = '';
  readonly #finder: FlameFinder;
  /** How often was pulled: of several answers only the last counts. */
  #pulls = 0;
  readonly #loading = new LoadingPlaceholder('diff', () => this.say('cancel', null));
  #theme = readTheme();

  readonly #toolbar = compareToolbar({
    onLook: (change) => this.look(change),
    onSwap: () => this.swap(),
    onAddFilter: () => this.askFilter(),
    onChoose: (side) => this.say('choose', side),
    onFlame: () => this.setFlame(!this.#kept.isFlame),
    onTable: () => this.toggleTable(),
    onGroup: (by) => this.setGrouping(by),
    onQuery: (query) => this.#search(query),
    onNextMatch: (step) => this.nextMatch(step),
    onBack: () => this.view.back(),
    onReset: () => this.picture && this.view.zoomTo(0),
    onSave: (from) => saveMenu(this, from),
    onHelp: () => this.help(),
  });
  readonly #crumbs = zoomTrail(
    () => this.view,
    (_, box) => changeLine(this.picture!, box),
  );
  readonly #legend = changeLegend();
  readonly #basis = element('div', { className: 'status-basis' });
  readonly #undrawn = undrawnNote(() => this.look({ width: 'change' }));
  readonly #chips = chips('What is looked at');
  readonly #status = frameStatus([this.#undrawn.element, this.#basis]);
  readonly #stage = new CompareStage(() => this.#focus());
  readonly #live = element('div', { className: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  readonly #table: TablePane;
  readonly #keys = compareKeys(this);

  constructor(host: HostConnection<CompareContract>) {
    this.#host = host;
    this.#kept = keptCompare(host.kept());
    this.#finder = new FlameFinder(this.#kept.query, {
      view: () => this.view,
      repaint: (change) => this.picture && this.view.repaint(change(this.picture)),
      showFound: (words, about) => this.#showFound(words, about),
    });
    this.#table = new TablePane(
      host,
      {
        onSort: (order) => this.#sort(order),
        onOpen: (row) => this.openRow(row),
        onFind: (row) => this.findRow(row),
        onSelect: (row, words) =>
          this.#status.showFrame(shortName(nameOf(row, this.#kept.by)), row.fullName, `total ${words}`),
        onMenu: (row, x, y) => rowMenu(this, row, x, y),
      },
      (words, options) => this.#kept.isTable && this.#status.showMatches(words, options),
    );
    this.view = new FlameView(
      this.#theme,
      {
        onSelect: (_, box) => this.#selected(box),
        onZoom: () => this.#zoomed(),
        onOpen: (box) => this.openBox(box),
        onMenu: (box, x, y) => boxMenu(this, box, x, y),
      },
      CHANGE_CARDS,
    );
    this.view.setFlame(this.#kept.isFlame);
    this.#toolbar.showKept(this.#kept);
    this.#toolbar.showNothing();
    this.#toolbar.setHasMatches(false);
    this.#toolbar.setCanGoBack(false);
    const row = element('div', { className: 'sub-row' }, this.#crumbs.element, this.#legend.element);
    document.body.append(
      this.#toolbar.element,
      this.#chips.element,
      row,
      this.#stage.element,
      this.#status.element,
      this.#live,
    );
    keepFocus(this.#stage.element, () => this.#focus());
    document.addEventListener('keydown', (event) => dispatchKey(this.#keys, event));
    droppedUris((uris) => this.say('drop', uris));
    onThemeChange(() => {
      this.#theme = readTheme();
      this.view.setTheme(this.#theme);
      if (this.picture) this.#legend.show(this.#theme, this.picture);
    });
    host.onChange(() => void this.pull());
    void this.pull();
  }

  get kept(): KeptCompare {
    return this.#kept;
  }

  /** How the comparison is looked at; `undefined` without one. */
  get looked(): CompareLook | undefined {
    return this.#open?.look;
  }

  get picture(): ComparePicture | undefined {
    return this.view.picture as ComparePicture | undefined;
  }

  /** The table that is shown, with tabs between its columns. */
  get tableText(): string {
    return this.#table.text;
  }

  /** Asks for everything that is shown, and shows it. */
  async pull(): Promise<void> {
    const pull = ++this.#pulls;
    const isLate = () => pull !== this.#pulls;
    try {
      const state = await this.#host.ask('state', null);
      if (isLate()) return;
      this.#open = state.status === 'open' ? state : undefined;
      this.#chips.show(state.status === 'open' ? this.#chipsOf(state) : []);
      if (state.status !== 'open') this.#toolbar.showNothing();
      if (state.status === 'empty') return this.#showInstead(nothingCompared(state, (id) => this.say('act', id)));
      if (state.status === 'loading') return this.#showLoading(state);
      if (state.status === 'failed') return this.#showInstead(notRead(state, (id) => this.say('act', id)));
      this.#toolbar.showOpen(state);
      const answer = await whenSlow(this.#host.ask('tree', null), () => {
        if (!isLate())
          this.#stage.cover(working('diff', 'Comparing', 'Adding up the calls of both', () => this.#cancelPull()));
      });
      if (!isLate()) this.#show(state, answer);
    } catch (error) {
      if (!isLate()) this.#showFailure(messageOf(error));
    }
  }

  look(change: Partial<CompareLook>): void {
    if (!this.#open) return;
    // At once, so that the next key goes on from here; what the host makes of it follows.
    this.#open = { ...this.#open, look: { ...this.#open.look, ...change } };
    this.say('look', change);
  }

  addFilter(operation: Operation): void {
    if (this.looked) this.look({ operations: [...this.looked.operations, operation] });
  }

  askFilter(): void {
    if (this.#open) this.say('addFilter', null);
  }

  swap(): void {
    if (this.#open) this.say('swap', null);
  }

  setFlame(isFlame: boolean): void {
    this.#keep({ isFlame });
    this.view.setFlame(isFlame);
  }

  setGrouping(by: Grouping): void {
    this.#keep({ by, isTable: true });
    if (this.#tree) this.#showStage();
  }

  toggleTable(): void {
    this.#keep({ isTable: !this.#kept.isTable });
    if (this.#tree) this.#showStage();
    if (!this.#kept.isTable) this.view.focus();
  }

  nextMatch(step: 1 | -1): void {
    if (!this.#kept.isTable) this.#finder.step(step);
  }

  focusSearch(): void {
    this.#toolbar.focusSearch();
  }

  /** Leaves what is most in the way: the search's field, then the search, then the zoom. */
  escape(): void {
    if (this.#toolbar.searchField.contains(document.activeElement)) this.#focus();
    else if (this.picture?.matches || this.#kept.query.text !== '') this.#search({ ...this.#kept.query, text: '' });
    else this.view.back();
  }

  /** Opens the source of what one is at. */
  openCurrent(): void {
    if (this.#kept.isTable && this.#table.current) this.openRow(this.#table.current);
    else if (this.picture && this.view.selected !== NONE) this.openBox(this.view.selected);
  }

  help(): void {
    showKeys(this.#keys, FLAME_POINTER);
  }

  /** Tells the host, and says so where that fails. */
  say<N extends keyof CompareContract['requests']>(name: N, ask: CompareContract['requests'][N]['ask']): void {
    this.#host.ask(name, ask).catch((error) => this.#notice(messageOf(error)));
  }

  #show(open: Compared, answer: CompareTree): void {
    const isSame = this.#shown === open.id && this.picture !== undefined;
    this.#shown = open.id;
    const kept = this.#kept.places?.id === open.id ? this.#kept.places : START;
    const places = isSame ? this.view.places : kept;
    this.#tree = answer;
    const samples = comparedText(open.before, open.after);
    this.#status.showQuality(
      qualityNote(open),
      samples,
      [X_IS_NOT_TIME, ...open.mayMislead],
      [['What else differs', open.differences]],
    );
    this.#basis.textContent = basisText(open, answer);
    this.#basis.title = this.#basis.textContent;
    this.#status.showNotice('');
    const picture = comparedPicture(answer);
    this.#showStage();
    if (!(answer.tree.total[0] > 0)) {
      this.view.clear();
      this.#crumbs.clear();
      this.#legend.clear();
    } else {
      this.view.show(this.#finder.mark(picture), places);
      this.#legend.show(this.#theme, picture);
      this.#finder.begin();
      this.#showFrame(this.view.selected);
    }
    this.#undrawn.show(answer, open.look);
  }

  /** The picture or the table, whichever is wanted. */
  #showStage(): void {
    document.body.classList.toggle('is-table', this.#kept.isTable);
    if (this.#kept.isTable) {
      this.#stage.show(this.#table.element);
      void this.#pullTable();
      return;
    }
    // What the table's rows were.
    this.#finder.tell();
    if (this.#tree && !(this.#tree.tree.total[0] > 0)) {
      this.#stage.show(nothingDrawn(this.#open!, (change) => this.look(change)));
    } else {
      this.#stage.show(this.view.element);
    }
  }

  async #pullTable(): Promise<void> {
    if (this.#tree) await this.#table.pull(this.#kept, this.#tree);
  }

  #sort(order: TableOrder): void {
    this.#keep(order);
    void this.#pullTable();
  }

  #showFailure(message: string): void {
    this.#showInstead(failure('The comparison can’t be shown', message, () => void this.pull()));
  }

  #cancelPull(): void {
    this.#pulls++;
    if (this.#tree) this.#showStage();
    else this.#showFailure('It was cancelled.');
  }

  #showLoading(state: Loading): void {
    const instead = this.#loading.show(state);
    if (instead) this.#showInstead(instead);
  }

  #showInstead(instead: HTMLElement): void {
    this.view.clear();
    this.#tree = undefined;
    this.#crumbs.clear();
    this.#legend.clear();
    this.#basis.textContent = '';
    this.#undrawn.hide();
    this.#stage.show(instead);
  }

  #chipsOf({ parts, look }: Compared): readonly Chip[] {
    return viewChips(parts, look, (change) => this.looked && this.look(change(this.looked)));
  }

  #search(query: TextSearch): void {
    this.#keep({ query });
    this.find({ query });
    if (this.#kept.isTable && this.#tree) void this.#pullTable();
  }

  /** Looks for something else in the picture. */
  find(wanted: Wanted): void {
    this.#finder.look(wanted);
  }

  #showFound(words: string, { isError, hasMatches }: { isError: boolean; hasMatches: boolean }): void {
    // There the row says how many rows there are.
    if (this.#kept.isTable) return;
    this.#toolbar.setHasMatches(hasMatches);
    this.#status.showMatches(words, { isError });
    if (words !== '' && !isError) this.#live.textContent = words;
  }

  #selected(box: Box): void {
    this.#showFrame(box);
    this.#live.textContent = changeSentence(this.picture!, box);
    this.#keepPlaces();
  }

  #showFrame(box: Box): void {
    const at = box === NONE ? 0 : box;
    const { name, fullName } = frameWords(this.picture!, at);
    this.#status.showFrame(shortName(name), fullName, changeLine(this.picture!, at));
  }

  #zoomed(): void {
    this.#crumbs.show(this.view);
    this.#toolbar.setCanGoBack(this.view.canGoBack);
    this.#keepPlaces();
  }

  openBox(box: Box): void {
    const source = boxSource(this.picture!, box);
    if (source) this.#openSource(source.name, source.file, source.line);
  }

  openRow({ name, file, line }: DiffPlace): void {
    this.#openSource(name === '' ? 'it' : name, file, line);
  }

  #openSource(name: string, file: string, line: number): void {
    if (file !== '') this.say('open', { file, line });
    else this.#notice(noSourceOf(name));
  }

  /** Shows where a row's function is in the picture. */
  findRow({ name, function: func }: DiffPlace): void {
    if (func === NONE) return;
    this.#keep({ isTable: false, query: { ...this.#kept.query, text: '' } });
    this.#showStage();
    this.find({ highlight: { label: name, name: null, functions: [func] } });
    this.#finder.goToHottest();
    this.view.focus();
  }

  async save(format: 'svg' | 'png'): Promise<void> {
    const options = { format, window: this.view.window, theme: this.#theme, isFlame: this.#kept.isFlame };
    try {
      this.say('save', await comparedFile(this.picture!, this.#open!, options));
    } catch (error) {
      this.#notice(messageOf(error));
    }
  }

  #focus(): void {
    if (this.#kept.isTable) this.#table.focus();
    else this.view.focus();
  }

  #notice(text: string): void {
    this.#status.showNotice(text);
    this.#live.textContent = text;
  }

  #keepPlaces(): void {
    if (this.#open) this.#keep({ places: { id: this.#open.id, ...this.view.places } });
  }

  #keep(change: Partial<KeptCompare>): void {
    this.#kept = { ...this.#kept, ...change };
    this.#toolbar.showKept(this.#kept);
    this.#host.keep(this.#kept);
  }
}
const X_IS_NOT_TIME =
  'From left to right is not time. Calls of one function are added up, and stand in order of width.';
