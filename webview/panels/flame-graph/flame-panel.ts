import { flameColours } from '../../../src/core/profile/flame-colours.ts';
import { type Box, flameLayout } from '../../../src/core/profile/flame-layout.ts';
import { boxPath, pathNames } from '../../../src/core/profile/flame-path.ts';
import type { FlameQuery } from '../../../src/core/profile/flame-search.ts';
import { NONE } from '../../../src/core/profile/profile.ts';
import type { View } from '../../../src/core/profile/queries/query-model.ts';
import { shortName } from '../../../src/core/profile/short-name.ts';
import { formatCount } from '../../../src/core/units.ts';
import type { HostConnection } from '../../../src/protocol/contract.ts';
import type { FlameGraphContract, FlameGraphTree, Loading, Open } from '../../../src/protocol/flame-graph.ts';
import { element } from '../../lib/dom.ts';
import { onThemeChange, readTheme } from '../../lib/theme.ts';
import { breadcrumb } from '../../widgets/breadcrumb.ts';
import { type KeptPlaces, START } from '../../widgets/flame-places.ts';
import { FlameView } from '../../widgets/flame-view.ts';
import { found, foundWords, hottestMatch, type Wanted } from '../../widgets/found.ts';
import { type FlamePicture, frameSentence, frameWords } from '../../widgets/frame-words.ts';
import { dispatchKey, showKeys } from '../../widgets/keys.ts';
import { openMenu } from '../../widgets/menu.ts';
import { savePicture } from '../../widgets/save-picture.ts';
import { statusRow } from '../../widgets/status-row.ts';
import { flameKeys } from './flame-keys.ts';
import { type KeptState, keptState } from './kept-state.ts';
import { legend } from './legend.ts';
import { addingUp, failure, loading, nothingInView, nothingOpen } from './state-placeholder.ts';
import { toolbar } from './toolbar.ts';

/** The flame graph's panel: what it shows comes from the host, how it is looked at is kept here. */
export class FlamePanel {
  readonly view: FlameView;
  readonly #host: HostConnection<FlameGraphContract>;
  #kept: KeptState;
  #open: Open | undefined;
  #wanted: Wanted;
  /** Which of what was found one is at; -1 for none. */
  #match = -1;
  /** How often was pulled: of several answers only the last counts. */
  #pulls = 0;
  #loading: ReturnType<typeof loading> | undefined;
  #theme = readTheme();

  readonly #toolbar = toolbar({
    onLook: (change) => this.look(change),
    onFlame: (isFlame) => this.setFlame(isFlame),
    onOrder: (order) => this.setOrder(order),
    onColouring: (colouring) => this.setColouring(colouring),
    onQuery: (query) => this.#search(query),
    onNextMatch: (step) => this.nextMatch(step),
    onTable: () => this.toggleTable(),
    onBack: () => this.view.back(),
    onReset: () => this.#picture && this.view.zoomTo(0),
    onSave: (from) => this.#saveMenu(from),
    onHelp: () => this.help(),
  });
  readonly #crumbs = breadcrumb('Zoom', (index) => {
    const { view } = this;
    view.zoomTo(boxPath(view.picture!.layout, view.top)[index]);
  });
  readonly #legend = legend();
  readonly #status = statusRow();
  readonly #stage = element('main', { className: 'stage' });
  readonly #live = element('div', { className: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  readonly #keys = flameKeys(this);

  constructor(host: HostConnection<FlameGraphContract>) {
    this.#host = host;
    this.#kept = keptState(host.kept());
    this.#wanted = { query: this.#kept.query };
    this.view = new FlameView(this.#theme, {
      onSelect: (box) => this.#selected(box),
      onZoom: () => this.#zoomed(),
      onOpen: (box) => this.openSource(box),
      onMenu: (box, x, y) => this.#menu(box, x, y),
    });
    this.view.setFlame(this.#kept.isFlame);
    this.view.setTable(this.#kept.isTable);
    this.#toolbar.showKept(this.#kept);
    const row = element('div', { className: 'sub-row' }, this.#crumbs.element, this.#legend.element);
    document.body.append(this.#toolbar.element, row, this.#stage, this.#status.element, this.#live);
    document.addEventListener('keydown', (event) => dispatchKey(this.#keys, event, this.view.graph));
    document.addEventListener('mouseup', (event) => {
      if (event.button === BACK_BUTTON) this.view.back();
    });
    onThemeChange(() => {
      this.#theme = readTheme();
      this.view.setTheme(this.#theme);
      if (this.#picture) this.#legend.show(this.#theme, this.#picture);
    });
    host.onChange((what) => void (what === 'highlight' ? this.#pullHighlight() : this.pull()));
    void this.pull();
  }

  get kept(): KeptState {
    return this.#kept;
  }

  /** How the recording is looked at; `undefined` without one. */
  get looked(): View | undefined {
    return this.#open?.view;
  }

  get #picture(): FlamePicture | undefined {
    return this.view.picture;
  }

  /** Asks for everything that is shown, and shows it. */
  async pull(): Promise<void> {
    const pull = ++this.#pulls;
    const isLate = () => pull !== this.#pulls;
    try {
      const state = await this.#host.ask('state', null);
      if (isLate()) return;
      if (state.status === 'empty') return this.#showInstead(nothingOpen(state, (id) => this.#say('act', id)));
      if (state.status === 'loading') return this.#showLoading(state);
      const slow = setTimeout(() => {
        if (!isLate()) this.#stage.replaceChildren(addingUp(state, () => this.#cancelPull()));
      }, SLOW_MS);
      const answer = await this.#host.ask('tree', null).finally(() => clearTimeout(slow));
      if (isLate()) return;
      this.#show(state, answer);
      await this.#pullHighlight();
    } catch (error) {
      if (!isLate()) this.#showInstead(failure(messageOf(error), () => void this.pull()));
    }
  }

  look(change: Partial<View>): void {
    if (this.#open?.canLook) this.#say('look', change);
  }

  setFlame(isFlame: boolean): void {
    this.#keep({ isFlame });
    this.view.setFlame(isFlame);
  }

  setOrder(order: KeptState['order']): void {
    this.#keep({ order });
    if (!this.#picture) return;
    const { places } = this.view;
    const layout = flameLayout(this.#picture.tree, order);
    this.#showPicture({ ...this.#picture, layout }, places);
  }

  setColouring(colouring: KeptState['colouring']): void {
    this.#keep({ colouring });
    if (!this.#picture) return;
    const picture = { ...this.#picture, colours: flameColours(this.#picture.tree, colouring) };
    this.view.repaint(picture);
    this.#legend.show(this.#theme, picture);
  }

  toggleTable(): void {
    this.#keep({ isTable: !this.#kept.isTable });
    this.view.setTable(this.#kept.isTable);
    if (!this.#picture) return;
    this.#stage.replaceChildren(this.view.element);
    this.view.focus();
  }

  nextMatch(step: 1 | -1): void {
    const boxes = this.#picture?.matches?.boxes;
    if (!boxes || boxes.length === 0) return;
    const from = this.#match === -1 && step === -1 ? 0 : this.#match;
    this.#match = (from + step + boxes.length) % boxes.length;
    this.view.goTo(boxes[this.#match]);
    this.#showMatches();
  }

  focusSearch(): void {
    this.#toolbar.focusSearch();
  }

  /** Leaves what is most in the way: the search's field, then the search, then the zoom. */
  escape(): void {
    if (this.#toolbar.searchField.contains(document.activeElement)) this.view.focus();
    else if (this.#picture?.matches || this.#kept.query.text !== '') this.#search({ ...this.#kept.query, text: '' });
    else this.view.back();
  }

  openSource(box: Box): void {
    const { tree, layout } = this.#picture!;
    const func = tree.function[layout.node[box]];
    if (func === NONE || !this.#open?.canLook) return;
    const { file, startLine, name } = tree.functions;
    if (file[func] === '') {
      this.#notice(`The source of ${name[func]} is not known: there is no debug information for it.`);
    } else {
      this.#say('open', { file: file[func], line: startLine[func] || tree.line[layout.node[box]] });
    }
  }

  help(): void {
    showKeys(this.#keys);
  }

  /** Tells the host, and says so where that fails. */
  #say<N extends keyof FlameGraphContract['requests']>(name: N, ask: FlameGraphContract['requests'][N]['ask']): void {
    this.#host.ask(name, ask).catch((error) => this.#notice(messageOf(error)));
  }

  #show(open: Open, { tree, inWorkspace, whole }: FlameGraphTree): void {
    // The same recording in another view: one stays where one was, as far as that is still there.
    const kept = this.#kept.recording?.id === open.id ? this.#kept.recording : START;
    const places = this.#picture && this.#open?.id === open.id ? this.view.places : kept;
    this.#open = open;
    this.#toolbar.showOpen(open);
    this.#status.showQuality(open.quality, `${formatCount(open.samples)} samples`, [X_IS_NOT_TIME, ...open.mayMislead]);
    this.#status.showNotice('');
    if (!(tree.total[0] > 0)) {
      this.#showInstead(nothingInView(open, () => this.#say('look', { threads: null })));
      return;
    }
    const picture: FlamePicture = {
      tree,
      layout: flameLayout(tree, this.#kept.order),
      colours: flameColours(tree, this.#kept.colouring),
      inWorkspace: inWorkspace.includes(1) ? inWorkspace : undefined,
      matches: undefined,
      rootLabel: 'all',
      whole,
    };
    this.#stage.replaceChildren(this.view.element);
    this.#showPicture(picture, places);
    this.#legend.show(this.#theme, picture);
  }

  /** Shows a new tree, or the same in another order: boxes are others now. */
  #showPicture(picture: FlamePicture, places: KeptPlaces): void {
    this.view.show({ ...picture, matches: found(picture, this.#wanted) }, places);
    this.#match = -1;
    this.#showMatches();
    this.#showFrame(this.view.selected);
  }

  #showLoading(state: Loading): void {
    if (this.#loading?.title === state.title && this.#loading.element.isConnected) {
      this.#loading.show(state);
      return;
    }
    this.#loading = loading(state, () => this.#say('cancel', null));
    this.#showInstead(this.#loading.element);
  }

  #showInstead(instead: HTMLElement): void {
    this.view.clear();
    this.#crumbs.show([]);
    this.#legend.clear();
    this.#stage.replaceChildren(instead);
  }

  #cancelPull(): void {
    this.#pulls++;
    if (this.#picture) this.#stage.replaceChildren(this.view.element);
    else this.#showInstead(failure('It was cancelled.', () => void this.pull()));
  }

  #search(query: FlameQuery): void {
    this.#keep({ query });
    this.#look({ query });
  }

  /** Looks for something else. */
  #look(wanted: Wanted): void {
    this.#wanted = wanted;
    this.#match = -1;
    if (this.#picture) this.view.repaint({ ...this.#picture, matches: found(this.#picture, wanted) });
    this.#showMatches();
  }

  async #pullHighlight(): Promise<void> {
    // It is given once only: until there is a picture it stays where it is, and is asked for when there is.
    if (!this.#picture) return;
    const highlight = await this.#host.ask('highlight', null);
    if (!highlight || !this.#picture) return;
    this.#keep({ query: { ...this.#kept.query, text: '' } });
    this.#look({ highlight });
    const { matches } = this.#picture;
    if (!matches || matches.boxes.length === 0) return;
    this.#match = hottestMatch(this.#picture, matches);
    this.view.goTo(matches.boxes[this.#match]);
    this.#showMatches();
  }

  #showMatches(): void {
    const matches = this.#picture?.matches;
    this.#toolbar.setHasMatches(matches !== undefined && matches.boxes.length > 0);
    if (!matches) {
      const isBroken = this.#picture !== undefined && this.#kept.query.text !== '';
      this.#status.showMatches(isBroken ? 'Not a regular expression' : '', { isError: isBroken });
      return;
    }
    const words = foundWords(matches, this.#match, this.#wanted);
    this.#status.showMatches(words);
    this.#live.textContent = words;
  }

  #selected(box: Box): void {
    this.#showFrame(box);
    this.#live.textContent = frameSentence(this.#picture!, box);
    this.#keepPlaces();
  }

  #showFrame(box: Box): void {
    const words = frameWords(this.#picture!, box === NONE ? 0 : box);
    this.#status.showFrame(
      shortName(words.name),
      words.fullName,
      `self ${words.selfShare} · total ${words.totalShare} · ${words.total}`,
    );
  }

  #zoomed(): void {
    const picture = this.#picture!;
    const crumbs = boxPath(picture.layout, this.view.top).map((box) => {
      const { name, fullName, totalShare } = frameWords(picture, box);
      return { label: shortName(name), title: `${fullName}, ${totalShare}` };
    });
    this.#crumbs.show(crumbs);
    this.#toolbar.setCanGoBack(this.view.canGoBack);
    this.#keepPlaces();
  }

  #menu(box: Box, x: number, y: number): void {
    const { tree, layout } = this.#picture!;
    const func = tree.function[layout.node[box]];
    const isRoot = func === NONE;
    const name = isRoot ? 'all' : tree.functions.fullName[func];
    const hasSource = !isRoot && this.#open!.canLook && tree.functions.file[func] !== '';
    const stack = () => pathNames(tree, layout, box).join('\n');
    const calls = { label: name, name, functions: [] };
    this.view.select(box);
    const items = [
      { label: 'Zoom to This', key: 'Enter', run: () => this.view.zoomTo(box) },
      { label: 'Open Source', key: 'o', isDisabled: !hasSource, run: () => this.openSource(box) },
      { label: 'Find All Calls of It', isDisabled: isRoot, run: () => this.#look({ highlight: calls }) },
      { label: 'Copy Name', isDisabled: isRoot, run: () => this.#say('copy', name) },
      { label: 'Copy Stack', isDisabled: isRoot, run: () => this.#say('copy', stack()) },
    ];
    openMenu(name, items, x, y);
  }

  #saveMenu(from: HTMLElement): void {
    const { left, bottom } = from.getBoundingClientRect();
    const isDisabled = !this.#picture;
    const items = [
      { label: 'Save as SVG…', isDisabled, run: () => void this.#save('svg') },
      { label: 'Save as PNG…', isDisabled, run: () => void this.#save('png') },
    ];
    openMenu('Save the picture', items, left, bottom);
  }

  async #save(format: 'svg' | 'png'): Promise<void> {
    const { title, values, view } = this.#open!;
    try {
      const bytes = await savePicture(this.#picture!, {
        format,
        window: this.view.window,
        theme: this.#theme,
        isFlame: this.#kept.isFlame,
        title: `${title} · ${values[view.value].type}`,
      });
      this.#say('save', { format, name: title, bytes });
    } catch (error) {
      this.#notice(messageOf(error));
    }
  }

  #notice(text: string): void {
    this.#status.showNotice(text);
    this.#live.textContent = text;
  }

  #keepPlaces(): void {
    if (this.#open) this.#keep({ recording: { id: this.#open.id, ...this.view.places } });
  }

  #keep(change: Partial<KeptState>): void {
    this.#kept = { ...this.#kept, ...change };
    this.#toolbar.showKept(this.#kept);
    this.#host.keep(this.#kept);
  }
}

/** The mouse's own back button. */
const BACK_BUTTON = 3;
/** After this long one wants to know what is going on. */
const SLOW_MS = 150;
const X_IS_NOT_TIME =
  'From left to right is not time. Calls of one function are added up, and stand in order of cost or of name.';

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
