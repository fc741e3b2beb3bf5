import { flameColours } from '../../../src/core/profile/flame-colours.ts';
import { type Box, flameLayout } from '../../../src/core/profile/flame-layout.ts';
import { boxPath } from '../../../src/core/profile/flame-path.ts';
import type { FlameQuery } from '../../../src/core/profile/flame-search.ts';
import type { Operation } from '../../../src/core/profile/operations/operation.ts';
import { NONE } from '../../../src/core/profile/profile.ts';
import type { View } from '../../../src/core/profile/queries/query-model.ts';
import { shortName } from '../../../src/core/profile/short-name.ts';
import { formatCount } from '../../../src/core/units.ts';
import type { HostConnection } from '../../../src/protocol/contract.ts';
import type { FlameGraphContract, FlameGraphTree, Highlight, Open } from '../../../src/protocol/flame-graph.ts';
import type { Loading } from '../../../src/protocol/panel-state.ts';
import { element } from '../../lib/dom.ts';
import { messageOf } from '../../lib/message-of.ts';
import { onThemeChange, readTheme } from '../../lib/theme.ts';
import { breadcrumb } from '../../widgets/breadcrumb.ts';
import { chips } from '../../widgets/chips.ts';
import { FLAME_POINTER } from '../../widgets/flame-moves.ts';
import { type KeptPlaces, START } from '../../widgets/flame-places.ts';
import type { FlameView } from '../../widgets/flame-view.ts';
import { found, foundWords, hottestMatch, type Wanted } from '../../widgets/found.ts';
import { frameStatus } from '../../widgets/frame-status.ts';
import { type FlamePicture, frameSentence, frameWords } from '../../widgets/frame-words.ts';
import { dispatchKey, showKeys } from '../../widgets/keys.ts';
import { LoadingPlaceholder } from '../../widgets/loading-placeholder.ts';
import { openMenu } from '../../widgets/menu.ts';
import { savePicture } from '../../widgets/save-picture.ts';
import { failure, nothingOpen, notRead, working } from '../../widgets/state-placeholders.ts';
import { flameKeys } from './flame-keys.ts';
import { FlameStage, type StagePictures } from './flame-stage.ts';
import { openFrameMenu } from './frame-menu.ts';
import { type KeptState, keptState } from './kept-state.ts';
import { legend } from './legend.ts';
import { nothingInView } from './nothing-in-view.ts';
import { type FlameMode, toolbar } from './toolbar.ts';

/** The flame graph's panel: what it shows comes from the host, how it is looked at is kept here. */
export class FlamePanel {
  readonly #host: HostConnection<FlameGraphContract>;
  #kept: KeptState;
  #open: Open | undefined;
  /** Functions whose callers and callees are shown; undefined where a call tree is. */
  #sandwiched: { readonly functions: readonly number[]; readonly label: string } | undefined;
  #wanted: Wanted;
  /** Which of what was found one is at; -1 for none. */
  #match = -1;
  /** How often was pulled: of several answers only the last counts. */
  #pulls = 0;
  readonly #loading = new LoadingPlaceholder('flame', () => this.#say('cancel', null));
  #theme = readTheme();

  readonly #toolbar = toolbar({
    onLook: (change) => this.look(change),
    onMode: (mode) => this.setMode(mode),
    onAddFilter: () => this.askFilter(),
    onStep: (which) => this.step(which),
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
  readonly #status = frameStatus();
  readonly #chips = chips('Filters', (index) => this.#removeFilter(index));
  readonly #stage: FlameStage;
  readonly #live = element('div', { className: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  readonly #keys = flameKeys(this);

  constructor(host: HostConnection<FlameGraphContract>) {
    this.#host = host;
    this.#kept = keptState(host.kept());
    this.#wanted = { query: this.#kept.query };
    this.#stage = new FlameStage(this.#theme, {
      onSelect: (view, box) => this.#selected(view, box),
      onZoom: (view) => this.#zoomed(view),
      onOpen: (box) => this.openSource(box),
      onMenu: (box, x, y) => openFrameMenu(this, box, x, y),
    });
    this.#stage.setFlame(this.#kept.isFlame);
    this.#stage.setTable(this.#kept.isTable);
    this.#toolbar.showKept(this.#kept);
    const row = element('div', { className: 'sub-row' }, this.#crumbs.element, this.#legend.element);
    document.body.append(
      this.#toolbar.element,
      this.#chips.element,
      row,
      this.#stage.element,
      this.#status.element,
      this.#live,
    );
    document.addEventListener('keydown', (event) => dispatchKey(this.#keys, event));
    document.addEventListener('mouseup', (event) => {
      if (event.button === BACK_BUTTON) this.view.back();
    });
    onThemeChange(() => {
      this.#theme = readTheme();
      this.#stage.setTheme(this.#theme);
      if (this.#picture) this.#legend.show(this.#theme, this.#picture);
    });
    host.onChange((what) => void (what === 'highlight' ? this.#pullHighlight() : this.pull()));
    void this.pull();
  }

  /** The picture that one is at. */
  get view(): FlameView {
    return this.#stage.view;
  }

  get kept(): KeptState {
    return this.#kept;
  }

  /** How the recording is looked at; `undefined` where that can't be changed. */
  get looked(): View | undefined {
    return this.#open?.canLook ? this.#open.view : undefined;
  }

  get mode(): FlameMode {
    if (this.#sandwiched) return 'sandwich';
    return this.#kept.isBottomUp ? 'bottomUp' : 'topDown';
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
      if (state.status === 'empty') return this.#showInstead(nothingOpen('flame', state, (id) => this.#say('act', id)));
      if (state.status === 'loading') return this.#showLoading(state);
      if (state.status === 'failed') return this.#showInstead(notRead(state, (id) => this.#say('act', id)));
      if (this.#open?.id !== state.id) this.#sandwiched = undefined;
      const slow = setTimeout(() => {
        if (!isLate())
          this.#stage.cover(working('flame', state.title, 'Adding up the calls', () => this.#cancelPull()));
      }, SLOW_MS);
      const trees = await this.#askTrees(LEAST_SHARE).finally(() => clearTimeout(slow));
      if (isLate()) return;
      this.#show(state, trees);
      if (trees.main.tree.omitted) {
        const whole = await this.#askTrees(0);
        if (isLate()) return;
        this.#show(state, whole);
      }
      await this.#pullHighlight();
    } catch (error) {
      if (!isLate()) this.#showFailure(messageOf(error));
    }
  }

  look(change: Partial<View>): void {
    if (this.looked) this.#say('look', change);
  }

  addFilter(operation: Operation): void {
    if (this.looked) this.look({ operations: [...this.looked.operations, operation] });
  }

  askFilter(): void {
    if (this.looked) this.#say('addFilter', null);
  }

  step(which: 'undo' | 'redo'): void {
    if (this.looked) this.#say('step', which);
  }

  setMode(mode: FlameMode): void {
    if (!this.looked) return;
    if (mode === 'sandwich') {
      this.sandwich(this.view.selected);
      return;
    }
    this.#sandwiched = undefined;
    this.#keep({ isBottomUp: mode === 'bottomUp' });
    void this.pull();
  }

  /** Shows what led to a frame's function and what that led to. */
  sandwich(box: Box): void {
    const { tree, layout } = this.#picture ?? {};
    const func = tree && layout && box !== NONE ? tree.function[layout.node[box]] : NONE;
    if (!this.looked || !tree || func === NONE) {
      this.#notice('Select a function first: its callers and callees are shown then.');
      this.#toolbar.showMode(this.mode);
      return;
    }
    this.#sandwiched = { functions: [tree.functions.index[func]], label: tree.functions.name[func] };
    // What was looked for was found: it is the root of both now.
    this.#search({ ...this.#kept.query, text: '' });
    void this.pull();
  }

  setFlame(isFlame: boolean): void {
    this.#keep({ isFlame });
    this.#stage.setFlame(isFlame);
  }

  setOrder(order: KeptState['order']): void {
    this.#keep({ order });
    const [main, callers] = this.#stage.views.map(
      ({ picture }) => picture && { ...picture, layout: flameLayout(picture.tree, order) },
    );
    if (main) this.#showPictures({ main, callers }, this.#stage.main.places);
  }

  setColouring(colouring: KeptState['colouring']): void {
    this.#keep({ colouring });
    this.#stage.repaint((picture) => ({ ...picture, colours: flameColours(picture.tree, colouring) }));
    if (this.#picture) this.#legend.show(this.#theme, this.#picture);
  }

  toggleTable(): void {
    this.#keep({ isTable: !this.#kept.isTable });
    this.#stage.setTable(this.#kept.isTable);
    if (this.#picture) this.view.focus();
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
    else if (this.#sandwiched && !this.view.canGoBack) this.setMode(this.#kept.isBottomUp ? 'bottomUp' : 'topDown');
    else this.view.back();
  }

  openSource(box: Box): void {
    const { tree, layout } = this.#picture!;
    const func = tree.function[layout.node[box]];
    if (func === NONE || !this.looked) return;
    const { file, startLine, name } = tree.functions;
    if (file[func] === '') {
      this.#notice(`The source of ${name[func]} is not known: there is no debug information for it.`);
    } else {
      this.#say('open', { file: file[func], line: startLine[func] || tree.line[layout.node[box]] });
    }
  }

  /** Points functions out in the picture. */
  pointOut(highlight: Highlight): void {
    this.#look({ highlight });
  }

  copy(text: string): void {
    this.#say('copy', text);
  }

  help(): void {
    showKeys(this.#keys, FLAME_POINTER);
  }

  /** Tells the host, and says so where that fails. */
  #say<N extends keyof FlameGraphContract['requests']>(name: N, ask: FlameGraphContract['requests'][N]['ask']): void {
    this.#host.ask(name, ask).catch((error) => this.#notice(messageOf(error)));
  }

  async #askTrees(leastShare: number): Promise<{ main: FlameGraphTree; callers: FlameGraphTree | undefined }> {
    if (!this.#sandwiched) {
      return {
        main: await this.#host.ask('tree', { isBottomUp: this.#kept.isBottomUp, leastShare }),
        callers: undefined,
      };
    }
    const { callers, callees } = await this.#host.ask('sandwich', { functions: this.#sandwiched.functions });
    return { main: callees, callers };
  }

  #show(open: Open, { main, callers }: { main: FlameGraphTree; callers: FlameGraphTree | undefined }): void {
    // The same recording in another view: one stays where one was, as far as that is still there.
    const kept = this.#kept.recording?.id === open.id ? this.#kept.recording : START;
    const places = this.#picture && this.#open?.id === open.id ? this.#stage.main.places : kept;
    this.#open = open;
    this.#toolbar.showOpen(open);
    this.#toolbar.showMode(this.mode);
    this.#chips.show(open.filters);
    const cut = [main, callers].map((answer) => answer?.tree.cutDepth ?? Number.POSITIVE_INFINITY);
    const misleading = [X_IS_NOT_TIME, ...cutWords(Math.min(...cut)), ...open.mayMislead];
    this.#status.showQuality(open.quality, `${formatCount(open.samples)} samples`, misleading);
    this.#status.showNotice('');
    if (!(main.tree.total[0] > 0)) {
      this.#showInstead(nothingInView(open, (change) => this.look(change)));
      return;
    }
    const pictures = { main: this.#pictureOf(main), callers: callers && this.#pictureOf(callers) };
    this.#showPictures(pictures, places);
    this.#legend.show(this.#theme, pictures.main);
  }

  #pictureOf({ tree, inWorkspace, whole }: FlameGraphTree): FlamePicture {
    return {
      tree,
      layout: flameLayout(tree, this.#kept.order),
      colours: flameColours(tree, this.#kept.colouring),
      inWorkspace: inWorkspace.includes(1) ? inWorkspace : undefined,
      matches: undefined,
      rootLabel: this.#sandwiched?.label ?? 'all',
      whole,
    };
  }

  /** Shows new trees, or the same in another order: boxes are others now. */
  #showPictures({ main, callers }: StagePictures, places: KeptPlaces): void {
    const searched = (picture: FlamePicture) => ({ ...picture, matches: found(picture, this.#wanted) });
    this.#stage.show({ main: searched(main), callers: callers && searched(callers) }, places);
    this.#match = -1;
    this.#showMatches();
    this.#showFrame(this.#stage.main, this.#stage.main.selected);
  }

  #showLoading(state: Loading): void {
    const instead = this.#loading.show(state);
    if (instead) this.#showInstead(instead);
  }

  #showInstead(instead: HTMLElement): void {
    this.#crumbs.show([]);
    this.#legend.clear();
    this.#stage.showInstead(instead);
  }

  #showFailure(message: string): void {
    this.#showInstead(failure('The flame graph can’t be shown', message, () => void this.pull()));
  }

  #cancelPull(): void {
    this.#pulls++;
    if (this.#picture) this.#stage.comeBack();
    else this.#showFailure('It was cancelled.');
  }

  #search(query: FlameQuery): void {
    this.#keep({ query });
    this.#look({ query });
  }

  /** Looks for something else. */
  #look(wanted: Wanted): void {
    this.#wanted = wanted;
    this.#match = -1;
    this.#stage.repaint((picture) => ({ ...picture, matches: found(picture, wanted) }));
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

  #removeFilter(index: number): void {
    this.look({ operations: this.#open!.view.operations.filter((_, at) => at !== index) });
  }

  #selected(view: FlameView, box: Box): void {
    this.#stage.selectOnlyIn(view);
    this.#showFrame(view, box);
    this.#live.textContent = frameSentence(view.picture!, box);
    this.#keepPlaces();
  }

  #showFrame({ picture }: FlameView, box: Box): void {
    const words = frameWords(picture!, box === NONE ? 0 : box);
    this.#status.showFrame(
      shortName(words.name),
      words.fullName,
      `self ${words.selfShare} · total ${words.totalShare} · ${words.total}`,
    );
  }

  #zoomed(view: FlameView): void {
    const picture = view.picture!;
    const crumbs = boxPath(picture.layout, view.top).map((box) => {
      const { name, fullName, totalShare } = frameWords(picture, box);
      return { label: shortName(name), title: `${fullName}, ${totalShare}` };
    });
    this.#crumbs.show(crumbs);
    this.#toolbar.setCanGoBack(view.canGoBack);
    this.#keepPlaces();
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
    // Paths of other trees would lead elsewhere in the call tree.
    if (this.#open && this.mode === 'topDown') this.#keep({ recording: { id: this.#open.id, ...this.view.places } });
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
/** What is narrower at first isn't seen: a tenth of a pixel on the widest of screens. It comes as soon as the rest is shown. */
const LEAST_SHARE = 1 / 40_000;
const X_IS_NOT_TIME =
  'From left to right is not time. Calls of one function are added up, and stand in order of cost or of name.';

function cutWords(depth: number): string[] {
  return Number.isFinite(depth) ? [`Stacks are cut ${depth} frames from the root: all of them would be too much.`] : [];
}
