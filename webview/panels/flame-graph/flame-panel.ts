import { flameColours, seeGroups } from '../../../src/core/profile/flame-colours.ts';
import { type Box, flameLayout } from '../../../src/core/profile/flame-layout.ts';
import { type FlamePlaces, START } from '../../../src/core/profile/flame-places.ts';
import type { Operation } from '../../../src/core/profile/operations/operation.ts';
import { NONE } from '../../../src/core/profile/profile.ts';
import type { View } from '../../../src/core/profile/queries/query-model.ts';
import { recordedText } from '../../../src/core/profile/recorded-text.ts';
import { shortName } from '../../../src/core/profile/short-name.ts';
import type { TextSearch } from '../../../src/core/profile/text-search.ts';
import type { HostConnection } from '../../../src/protocol/contract.ts';
import type { FlameGraphContract, FlameGraphTree, Highlight, Open } from '../../../src/protocol/flame-graph.ts';
import type { Loading } from '../../../src/protocol/panel-state.ts';
import { element } from '../../lib/dom.ts';
import { keepFocus } from '../../lib/keep-focus.ts';
import { messageOf } from '../../lib/message-of.ts';
import { painted } from '../../lib/painted.ts';
import { showsNothing } from '../../lib/shows-nothing.ts';
import { onThemeChange, readTheme } from '../../lib/theme.ts';
import { whenSlow } from '../../lib/when-slow.ts';
import { boxSource, noSourceOf } from '../../widgets/box-source.ts';
import { type Chip, chips } from '../../widgets/chips.ts';
import { FlameFinder } from '../../widgets/flame-finder.ts';
import { FLAME_POINTER } from '../../widgets/flame-moves.ts';
import type { FlameView, FlameViewEvents } from '../../widgets/flame-view.ts';
import { frameStatus } from '../../widgets/frame-status.ts';
import { type FlamePicture, frameSentence, frameWords } from '../../widgets/frame-words.ts';
import { dispatchKey, showKeys } from '../../widgets/keys.ts';
import { LoadingPlaceholder } from '../../widgets/loading-placeholder.ts';
import { failure, nothingOpen, notRead, working } from '../../widgets/state-placeholders.ts';
import { viewChips } from '../../widgets/view-chips.ts';
import { zoomTrail } from '../../widgets/zoom-trail.ts';
import { flameKeys } from './flame-keys.ts';
import { FlameStage, type StagePictures } from './flame-stage.ts';
import {
  askTrees,
  type FlameTrees,
  flamePicture,
  hasBelowNothing,
  mayMislead,
  type Sandwiched,
} from './flame-trees.ts';
import { openFrameMenu } from './frame-menu.ts';
import { type KeptState, keptState } from './kept-state.ts';
import { legend } from './legend.ts';
import { nothingInView, notInView } from './nothing-in-view.ts';
import { flameFile, openSaveMenu, type SavablePicture, savablePictures } from './save-menu.ts';
import { ShownGroups } from './shown-groups.ts';
import { ToldPlaces } from './told-places.ts';
import { type FlameMode, toolbar } from './toolbar.ts';

/** The flame graph's panel: what it shows comes from the host, how it is looked at is kept here. */
export class FlamePanel {
  readonly #host: HostConnection<FlameGraphContract>;
  #kept: KeptState;
  #open: Open | undefined;
  /** Functions whose callers and callees are shown; undefined where a call tree is. */
  #sandwiched: Sandwiched | undefined;
  readonly #finder: FlameFinder;
  /** Where a link leads to, until that is shown. */
  #led: FlamePlaces | undefined;
  readonly #told = new ToldPlaces((places) => this.#say('moved', places));
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
    onSave: (from) => {
      const pictures = savablePictures(this.#stage, this.#kept.isFlame, this.#sandwiched?.label);
      openSaveMenu(from, pictures, (format, picture) => void this.#save(format, picture));
    },
    onHelp: () => this.help(),
  });
  readonly #crumbs = zoomTrail(
    () => this.view,
    (picture, box) => frameWords(picture, box).totalShare,
  );
  readonly #legend = legend();
  readonly #groups = new ShownGroups();
  readonly #status = frameStatus();
  readonly #chips = chips('What is looked at');
  readonly #stage: FlameStage;
  readonly #live = element('div', { className: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  readonly #keys = flameKeys(this);

  constructor(host: HostConnection<FlameGraphContract>) {
    this.#host = host;
    this.#kept = keptState(host.kept());
    this.#finder = new FlameFinder(this.#kept.query, {
      view: () => this.view,
      repaint: (change) => this.#stage.repaint(change),
      showFound: (words, about) => this.#showFound(words, about),
    });
    const events: FlameViewEvents = {
      onSelect: (view, box) => this.#selected(view, box),
      onZoom: (view) => this.#zoomed(view),
      onOpen: (box) => this.openSource(box),
      onMenu: (box, x, y) => openFrameMenu(this, box, x, y),
    };
    this.#stage = new FlameStage(this.#theme, events, (view) => this.#showZoom(view));
    this.#stage.setFlame(this.#kept.isFlame);
    this.#stage.setTable(this.#kept.isTable);
    this.#toolbar.showKept(this.#kept);
    const row = element(
      'div',
      { className: 'sub-row' },
      this.#toolbar.filters,
      this.#crumbs.element,
      this.#legend.element,
    );
    showsNothing(true);
    document.body.append(
      this.#toolbar.element,
      this.#chips.element,
      row,
      this.#stage.element,
      this.#status.element,
      this.#live,
    );
    keepFocus(this.#stage.element, () => this.view.focus());
    document.addEventListener('keydown', (event) => dispatchKey(this.#keys, event));
    onThemeChange(() => {
      this.#theme = readTheme();
      this.#stage.setTheme(this.#theme);
      this.#showLegend();
    });
    host.onChange((what) => {
      if (what === 'highlight') return void this.#pullHighlight();
      if (what === 'state') {
        // Another recording, or the same file read anew: its functions have other numbers, and nobody has been told where one is.
        this.#sandwiched = undefined;
        this.#told.forget();
        this.#groups.forget();
      }
      void this.pull();
    });
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
      if (state.status !== 'open') showsNothing(true);
      if (state.status === 'empty') return this.#showInstead(nothingOpen('flame', state, (id) => this.#say('act', id)));
      if (state.status === 'loading') return this.#showLoading(state);
      if (state.status === 'failed') return this.#showInstead(notRead(state, (id) => this.#say('act', id)));
      await this.#pullPlaces();
      if (isLate()) return;
      const trees = await whenSlow(this.#askTrees(LEAST_SHARE), () => {
        if (!isLate())
          this.#stage.cover(working('flame', state.title, 'Adding up the calls', () => this.#cancelPull()));
      });
      if (isLate()) return;
      this.#show(state, trees);
      if (trees.main.tree.omitted) {
        // First what there is: laying the whole out would hold it up.
        await painted();
        if (isLate()) return;
        const whole = await whenSlow(this.#askTrees(0), () => {
          if (!isLate())
            this.#notice('Narrow frames are still to come: what is blank isn’t all self cost yet.', { isError: false });
        });
        if (isLate()) return;
        this.#show(state, whole);
      }
      this.#led = undefined;
      await this.#pullHighlight();
    } catch (error) {
      if (!isLate()) this.#showFailure(messageOf(error));
    }
  }

  look(change: Partial<View>): void {
    if (!this.#open || !this.looked) return;
    // At once, so that the next change is one of this; what the host makes of it follows.
    this.#open = { ...this.#open, view: { ...this.looked, ...change } };
    this.#say('look', change);
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
    const groups = this.#open && this.#groups.of(this.#open);
    this.#stage.repaint((picture) => ({ ...picture, colours: flameColours(picture.tree, colouring, groups) }));
    this.#showLegend();
  }

  toggleTable(): void {
    this.#keep({ isTable: !this.#kept.isTable });
    this.#stage.setTable(this.#kept.isTable);
    if (this.#picture) this.view.focus();
  }

  nextMatch(step: 1 | -1): void {
    this.#finder.step(step);
  }

  focusSearch(): void {
    this.#toolbar.focusSearch();
  }

  /** Leaves what is most in the way: the search's field, then the search, then the zoom. */
  escape(): void {
    if (this.#toolbar.searchField.contains(document.activeElement)) this.view.focus();
    else if (this.#picture?.matches || this.#kept.query.text !== '') this.#search({ ...this.#kept.query, text: '' });
    else if (this.#sandwiched && !this.view.canGoBack) this.leaveSandwich();
    else this.view.back();
  }

  /** Shows calls the way they were shown before. */
  leaveSandwich(): void {
    this.setMode(this.#kept.isBottomUp ? 'bottomUp' : 'topDown');
  }

  openSource(box: Box): void {
    const source = boxSource(this.#picture!, box);
    if (!source || !this.looked) return;
    const { name, file, line } = source;
    if (file === '') this.#notice(noSourceOf(name));
    else this.#say('open', { file, line });
  }

  /** Points functions out in the picture. */
  pointOut(highlight: Highlight): void {
    this.#finder.look({ highlight });
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

  #askTrees(leastShare: number): Promise<FlameTrees> {
    return askTrees(this.#host, this.#sandwiched, this.#kept, leastShare);
  }

  #show(open: Open, trees: FlameTrees): void {
    // The same recording in another view: one stays where one was, as far as that is still there.
    const kept = this.#kept.recording?.id === open.id ? this.#kept.recording : START;
    const places = this.#led ?? (this.#picture && this.#open?.id === open.id ? this.#stage.main.places : kept);
    this.#open = open;
    showsNothing(false);
    this.#toolbar.showOpen(open);
    this.#toolbar.showMode(this.mode);
    this.#chips.show(this.#chipsOf(open));
    const misleading = [...mayMislead(trees), ...open.mayMislead];
    this.#status.showQuality(open.quality, recordedText(open), misleading);
    const { main, callers } = trees;
    this.#status.showNotice(hasBelowNothing(main) ? 'Costs below 0 aren’t drawn.' : '', { isError: false });
    if (!(main.tree.total[0] > 0)) {
      this.#showInstead(
        this.#sandwiched
          ? notInView(this.#sandwiched.label, () => this.setMode('topDown'))
          : nothingInView(open, main, (change) => this.look(change)),
      );
      return;
    }
    const groups = this.#groups.of(open);
    // Before one of them is coloured.
    for (const { tree } of callers ? [main, callers] : [main]) seeGroups(tree, groups);
    const pictureOf = (tree: FlameGraphTree) => flamePicture(tree, this.#kept, groups, this.#sandwiched?.label);
    this.#showPictures({ main: pictureOf(main), callers: callers && pictureOf(callers) }, places);
    this.#showLegend();
  }

  /** Shows new trees, or the same in another order: boxes are others now. */
  #showPictures({ main, callers }: StagePictures, places: FlamePlaces): void {
    const finder = this.#finder;
    this.#stage.show({ main: finder.mark(main), callers: callers && finder.mark(callers) }, places);
    finder.begin();
    this.#showFrame(this.#stage.main, this.#stage.main.selected);
  }

  #showLegend(): void {
    const pictures = this.#stage.views.flatMap(({ picture }) => picture ?? []);
    if (pictures.length > 0) this.#legend.show(this.#theme, pictures);
  }

  #showLoading(state: Loading): void {
    const instead = this.#loading.show(state);
    if (instead) this.#showInstead(instead);
  }

  #showInstead(instead: HTMLElement): void {
    this.#crumbs.clear();
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

  #search(query: TextSearch): void {
    this.#keep({ query });
    this.#finder.look({ query });
  }

  /** They are given once only, and are those of a call tree from the top down. */
  async #pullPlaces(): Promise<void> {
    const places = await this.#host.ask('places', null);
    if (!places) return;
    this.#led = places;
    this.#sandwiched = undefined;
    this.#keep({ isBottomUp: false });
  }

  async #pullHighlight(): Promise<void> {
    // It is given once only: until there is a picture it stays where it is, and is asked for when there is.
    if (!this.#picture) return;
    const highlight = await this.#host.ask('highlight', null);
    if (!highlight || !this.#picture) return;
    this.#keep({ query: { ...this.#kept.query, text: '' } });
    this.#finder.look({ highlight });
    this.#finder.goToHottest();
  }

  #showFound(words: string, { isError, hasMatches }: { isError: boolean; hasMatches: boolean }): void {
    this.#toolbar.setHasMatches(hasMatches);
    this.#status.showMatches(words, { isError });
    if (words !== '' && !isError) this.#live.textContent = words;
  }

  /** What the view does to the recording, and which way calls are shown where it isn't the usual one. */
  #chipsOf({ canLook, parts, view }: Open): readonly Chip[] {
    if (!canLook) return [];
    const { isBottomUp } = this.#kept;
    const direction = this.#sandwiched
      ? { text: `callers and callees of ${this.#sandwiched.label}`, remove: () => this.leaveSandwich() }
      : isBottomUp && { text: 'from the bottom up', remove: () => this.setMode('topDown') };
    return [
      ...viewChips(parts, view, (change) => this.looked && this.look(change(this.looked))),
      ...(direction ? [direction] : []),
    ];
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
    if (view === this.view) this.#showZoom(view);
    this.#keepPlaces();
  }

  #showZoom(view: FlameView): void {
    if (!view.picture) return;
    this.#crumbs.show(view);
    this.#toolbar.setCanGoBack(view.canGoBack);
  }

  async #save(format: 'svg' | 'png', picture: SavablePicture): Promise<void> {
    try {
      this.#say('save', await flameFile(picture, this.#open!, { format, theme: this.#theme }));
    } catch (error) {
      this.#notice(messageOf(error));
    }
  }

  #notice(text: string, options?: { isError: boolean }): void {
    this.#status.showNotice(text, options);
    this.#live.textContent = text;
  }

  #keepPlaces(): void {
    // Paths of other trees would lead elsewhere in the call tree.
    if (!this.#open || this.mode !== 'topDown') return;
    const recording = { id: this.#open.id, ...this.view.places };
    this.#keep({ recording });
    this.#told.tell(recording);
  }

  #keep(change: Partial<KeptState>): void {
    this.#kept = { ...this.#kept, ...change };
    this.#toolbar.showKept(this.#kept);
    this.#host.keep(this.#kept);
  }
}

/** What is narrower comes as soon as the rest is shown: a tenth of a pixel on the widest of screens, though many of them can be seen. */
const LEAST_SHARE = 1 / 40_000;
