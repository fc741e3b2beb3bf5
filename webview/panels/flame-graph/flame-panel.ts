import { flameColours } from '../../../src/core/profile/flame-colours.ts';
import { type Box, flameLayout } from '../../../src/core/profile/flame-layout.ts';
import {
  boxAtPath,
  boxPath,
  boxWindow,
  pathNames,
  windowAbout,
  windowBox,
} from '../../../src/core/profile/flame-path.ts';
import { type FlameQuery, flameMatches, matchingFunctions } from '../../../src/core/profile/flame-search.ts';
import type { FlameWindow } from '../../../src/core/profile/flame-visible.ts';
import { NONE } from '../../../src/core/profile/profile.ts';
import { formatCount, formatShare } from '../../../src/core/units.ts';
import type { HostConnection } from '../../../src/protocol/contract.ts';
import type {
  FlameGraphContract,
  FlameGraphState,
  FlameGraphTree,
  Highlight,
  Open,
} from '../../../src/protocol/flame-graph.ts';
import { element } from '../../lib/dom.ts';
import { onThemeChange, readTheme } from '../../lib/theme.ts';
import { breadcrumb } from '../../widgets/breadcrumb.ts';
import { FlameCanvas, type FlameTarget } from '../../widgets/flame-canvas.ts';
import { aggregateWords, type FlamePicture, frameSentence, frameWords } from '../../widgets/frame-words.ts';
import { HoverCard } from '../../widgets/hover-card.ts';
import { openMenu } from '../../widgets/menu.ts';
import { placeholder } from '../../widgets/placeholder.ts';
import { TreeTable } from '../../widgets/tree-table.ts';
import { aggregateCard, frameCard } from './cards.ts';
import { flameKeys } from './flame-keys.ts';
import { type KeptState, keptState } from './kept-state.ts';
import { dispatchKey, showKeys } from './keys.ts';
import { legend } from './legend.ts';
import { savePicture } from './pictures.ts';
import { statusRow } from './status-row.ts';
import { toolbar } from './toolbar.ts';

/** The flame graph's panel: what it shows comes from the host, how it is looked at is kept here. */
export class FlamePanel {
  readonly #host: HostConnection<FlameGraphContract>;
  #kept: KeptState;
  #open: Open | undefined;
  #picture: FlamePicture | undefined;
  /** What a search or a highlight found, at which of them one is, and what it was in words. */
  #highlight: Highlight | undefined;
  #match = -1;
  /** Zooms before this one, the last at the end. */
  #history: { window: FlameWindow; top: Box }[] = [];
  /** The box whose inside is shown. */
  #top: Box = 0;
  #former: FlameWindow = WHOLE;
  #pulls = 0;
  #theme = readTheme();

  readonly #toolbar = toolbar({
    onLook: (change) => void this.#ask('look', change),
    onFlame: (isFlame) => this.setFlame(isFlame),
    onOrder: (order) => this.setOrder(order),
    onColouring: (colouring) => this.setColouring(colouring),
    onQuery: (query) => this.#search(query),
    onNextMatch: (step) => this.nextMatch(step),
    onTable: () => this.toggleTable(),
    onBack: () => this.back(),
    onReset: () => this.zoomTo(0),
    onSave: (from) => this.#saveMenu(from),
    onHelp: () => showKeys(this.#keys),
  });
  readonly #crumbs = breadcrumb('Zoom', (index) => this.zoomTo(boxPath(this.#picture!.layout, this.#top)[index]));
  readonly #legend = legend();
  readonly #status = statusRow();
  readonly #hover = new HoverCard();
  readonly #canvas: FlameCanvas;
  readonly #table: TreeTable;
  readonly #graph = element('div', {
    className: 'graph',
    tabindex: '0',
    role: 'application',
    'aria-roledescription': 'flame graph',
    'aria-label':
      'Flame graph. Arrow keys move between calls, Enter zooms, t shows it as a table, question mark lists all keys.',
  });
  readonly #place = element('div', { className: 'place' });
  readonly #stage = element('main', { className: 'stage' }, this.#graph, this.#place);
  readonly #live = element('div', { className: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  readonly #keys = flameKeys(this);

  constructor(host: HostConnection<FlameGraphContract>) {
    this.#host = host;
    this.#kept = keptState(host.kept());
    this.#canvas = new FlameCanvas(this.#theme, {
      onHover: (target, x, y) => this.#hovered(target, x, y),
      onPick: (target) => this.#picked(target),
      onOpen: (box) => this.openSource(box),
      onMenu: (box, x, y) => this.#menu(box, x, y),
      onMoved: (window) => this.#moved(window),
    });
    this.#table = new TreeTable({
      onSelect: (box) => this.#select(box),
      onZoom: (box) => this.zoomTo(box),
      onOpen: (box) => this.openSource(box),
    });
    this.#graph.append(this.#canvas.element, this.#hover.element);
    const row = element('div', { className: 'sub-row' }, this.#crumbs.element, this.#legend.element);
    document.body.append(this.#toolbar.element, row, this.#stage, this.#status.element, this.#live);
    document.addEventListener('keydown', (event) => dispatchKey(this.#keys, event, this.#graph));
    document.addEventListener('mouseup', (event) => {
      // The mouse's own back button.
      if (event.button === 3) this.back();
    });
    onThemeChange(() => {
      this.#theme = readTheme();
      this.#canvas.setTheme(this.#theme);
      this.#showLegend();
    });
    this.#toolbar.showKept(this.#kept);
    this.#canvas.setFlame(this.#kept.isFlame);
    host.onChange((what) => (what === 'highlight' ? void this.#pullHighlight() : void this.pull()));
    void this.pull();
  }

  get selected(): Box {
    return this.#canvas.selected;
  }

  get picture(): FlamePicture | undefined {
    return this.#picture;
  }

  get isFlame(): boolean {
    return this.#kept.isFlame;
  }

  /** Asks for everything that is shown, and shows it. Of several at once the last counts. */
  async pull(): Promise<void> {
    const pull = ++this.#pulls;
    try {
      const state = await this.#host.ask('state', null);
      if (pull !== this.#pulls) return;
      if (state.status !== 'open') return this.#showPlaceholder(state);
      const isSlow = setTimeout(() => this.#showWorking(state, pull), SLOW_MS);
      try {
        const answer = await this.#host.ask('tree', null);
        if (pull === this.#pulls) this.#show(state, answer);
      } finally {
        clearTimeout(isSlow);
      }
      await this.#pullHighlight();
    } catch (error) {
      if (pull === this.#pulls) this.#showFailure(error);
    }
  }

  zoomTo(box: Box): void {
    const { layout } = this.#picture!;
    const window = boxWindow(layout, box);
    this.#remember();
    this.#top = box;
    this.#canvas.showWindow(window, { animated: true });
    this.#former = window;
    this.#canvas.scrollTo(box);
    if (this.#canvas.selected === NONE || !boxPath(layout, this.#canvas.selected).includes(box)) this.#select(box);
    this.#zoomed();
  }

  /** The zoom before this one. */
  back(): void {
    const former = this.#history.pop();
    if (!former) return;
    this.#top = former.top;
    this.#former = former.window;
    this.#canvas.showWindow(former.window, { animated: true });
    this.#zoomed();
  }

  /** Makes the picture wider or narrower about what is selected. */
  zoomBy(factor: number): void {
    const { left, right } = this.#canvas.window;
    const { layout } = this.#picture!;
    const selected = this.#canvas.selected === NONE ? this.#top : this.#canvas.selected;
    const middle = Math.min(right, Math.max(left, (layout.left[selected] + layout.right[selected]) / 2));
    const width = Math.min(1, (right - left) / factor);
    const from = Math.min(1 - width, Math.max(0, middle - ((middle - left) / (right - left)) * width));
    const window = { left: from, right: from + width };
    this.#canvas.showWindow(window, { animated: true });
    this.#moved(window);
  }

  /** Selects a box and makes sure that it can be seen. */
  goTo(box: Box): void {
    const { layout } = this.#picture!;
    this.#select(box);
    if (this.#kept.isTable) {
      if (!boxPath(layout, box).includes(this.#top)) this.zoomTo(0);
      this.#table.select(box);
      return;
    }
    const { left, right } = this.#canvas.window;
    const isInside = layout.left[box] < right && layout.right[box] > left;
    if (!isInside || (layout.right[box] - layout.left[box]) / (right - left) < LEAST_SHARE) {
      const window = windowAbout(layout, box, GOOD_SHARE);
      this.#canvas.showWindow(window, { animated: true });
      this.#moved(window);
    }
    this.#canvas.scrollTo(box);
  }

  nextMatch(step: 1 | -1): void {
    const boxes = this.#picture?.matches?.boxes;
    if (!boxes || boxes.length === 0) return;
    this.#match = (this.#match + step + boxes.length) % boxes.length;
    this.goTo(boxes[this.#match]);
    this.#showMatches();
  }

  setFlame(isFlame: boolean): void {
    this.#keep({ isFlame });
    this.#canvas.setFlame(isFlame);
  }

  setOrder(order: KeptState['order']): void {
    const places = this.#picture && this.#places(this.#picture);
    this.#keep({ order });
    if (!this.#picture || !places) return;
    const { tree } = this.#picture;
    this.#setPicture({ ...this.#picture, layout: flameLayout(tree, order) }, places);
    this.#showPlaces(places);
  }

  setColouring(colouring: KeptState['colouring']): void {
    this.#keep({ colouring });
    if (!this.#picture) return;
    this.#picture = { ...this.#picture, colours: flameColours(this.#picture.tree, colouring) };
    this.#canvas.show(this.#picture);
    this.#showLegend();
  }

  look(change: Partial<Open['view']>): void {
    if (this.#open) void this.#ask('look', change);
  }

  get view(): Open['view'] | undefined {
    return this.#open?.view;
  }

  get kept(): KeptState {
    return this.#kept;
  }

  toggleTable(): void {
    this.#keep({ isTable: !this.#kept.isTable });
    this.#showMode();
    if (this.#kept.isTable) this.#table.focus();
    else this.#graph.focus();
  }

  focusSearch(): void {
    this.#toolbar.focusSearch();
  }

  /** Leaves what is most in the way: the search's field, then the search, then the zoom. */
  escape(): void {
    if (this.#toolbar.searchField.contains(document.activeElement)) this.#graph.focus();
    else if (this.#kept.query.text !== '' || this.#highlight) this.#search({ ...this.#kept.query, text: '' });
    else this.back();
  }

  openSource(box: Box): void {
    const { tree, layout } = this.#picture!;
    const func = tree.function[layout.node[box]];
    if (func === NONE) return;
    const { file, startLine, name } = tree.functions;
    if (file[func] === '') {
      this.#status.showNotice(`The source of ${name[func]} is not known: there is no debug information for it.`);
      this.#live.textContent = `The source of ${name[func]} is not known.`;
      return;
    }
    void this.#ask('open', { file: file[func], line: startLine[func] || tree.line[layout.node[box]] });
  }

  menu(): void {
    const box = this.#canvas.selected;
    if (box === NONE) return;
    const { left, bottom } = this.#canvas.place(box);
    this.#menu(box, left, bottom);
  }

  help(): void {
    showKeys(this.#keys);
  }

  /** Asks the host, and says so where it fails. */
  async #ask<N extends keyof FlameGraphContract['requests']>(
    name: N,
    ask: FlameGraphContract['requests'][N]['ask'],
  ): Promise<void> {
    try {
      await this.#host.ask(name, ask);
    } catch (error) {
      this.#status.showNotice(error instanceof Error ? error.message : String(error));
    }
  }

  #show(open: Open, { tree, inWorkspace, whole }: FlameGraphTree): void {
    const isSame = this.#open?.id === open.id;
    // The same recording in another view: one stays where one was, as far as that is still there.
    const kept = this.#kept.recording?.id === open.id ? this.#kept.recording : null;
    const places: Places = isSame && this.#picture ? this.#places(this.#picture) : (kept ?? START);
    this.#open = open;
    document.title = open.title;
    this.#toolbar.showOpen(open);
    const picture: FlamePicture = {
      tree,
      layout: flameLayout(tree, this.#kept.order),
      colours: flameColours(tree, this.#kept.colouring),
      inWorkspace: inWorkspace.includes(1) ? inWorkspace : undefined,
      matches: undefined,
      rootLabel: 'all',
      whole,
    };
    if (!(tree.total[0] > 0)) return this.#showNothing(open);
    this.#place.replaceChildren();
    this.#setPicture(picture, places);
    this.#showPlaces(places);
    this.#showLegend();
    this.#status.showQuality(open.quality, `${formatCount(open.samples)} samples`, [X_IS_NOT_TIME, ...open.mayMislead]);
    this.#status.showNotice('');
  }

  /** Shows a picture: a new tree, or the same in another order. Boxes are others now. */
  #setPicture(picture: FlamePicture, { selected }: Places): void {
    this.#picture = { ...picture, matches: this.#found(picture) };
    this.#history = [];
    this.#canvas.show(this.#picture);
    this.#match = -1;
    this.#showMatches();
    if (selected.length > 0) this.#canvas.select(boxAtPath(picture.tree, picture.layout, selected));
    this.#showMode();
  }

  /** Zooms to where one was. */
  #showPlaces({ zoom }: Places): void {
    const { tree, layout } = this.#picture!;
    this.#top = boxAtPath(tree, layout, zoom.path);
    const { left, right } = boxWindow(layout, this.#top);
    const isInside = zoom.window.left >= left - 1e-9 && zoom.window.right <= right + 1e-9;
    this.#former = isInside ? zoom.window : { left, right };
    this.#canvas.showWindow(this.#former, { animated: false });
    if (this.#canvas.selected !== NONE) this.#canvas.scrollTo(this.#canvas.selected);
    else this.#canvas.scrollTo(this.#top);
    this.#zoomed();
    this.#showFrame(this.#canvas.selected);
  }

  #places({ tree, layout }: FlamePicture): Places {
    return {
      zoom: { path: pathNames(tree, layout, this.#top), window: this.#canvas.window },
      selected: this.#canvas.selected === NONE ? [] : pathNames(tree, layout, this.#canvas.selected),
    };
  }

  #search(query: FlameQuery): void {
    this.#highlight = undefined;
    this.#keep({ query });
    if (!this.#picture) return;
    this.#match = -1;
    this.#picture = { ...this.#picture, matches: this.#found(this.#picture) };
    this.#canvas.show(this.#picture);
    if (this.#kept.isTable) this.#table.show(this.#picture, this.#top, this.#canvas.selected);
    this.#showMatches();
  }

  #found({ tree, layout }: FlamePicture) {
    const { query } = this.#kept;
    if (this.#highlight) return flameMatches(tree, layout, highlighted(tree, this.#highlight));
    if (query.text === '') return undefined;
    try {
      return flameMatches(tree, layout, matchingFunctions(tree, query));
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  async #pullHighlight(): Promise<void> {
    const highlight = await this.#host.ask('highlight', null);
    if (!highlight || !this.#picture) return;
    this.#search({ ...this.#kept.query, text: '' });
    this.#highlight = highlight;
    const { tree, layout } = this.#picture;
    const matches = flameMatches(tree, layout, highlighted(tree, highlight));
    this.#picture = { ...this.#picture, matches };
    this.#canvas.show(this.#picture);
    const total = (box: Box) => tree.total[layout.node[box]];
    // The hottest of its calls is what one came to see.
    let hottest = -1;
    matches.boxes.forEach((box, at) => {
      if (hottest === -1 || total(box) > total(matches.boxes[hottest])) hottest = at;
    });
    this.#match = hottest;
    if (hottest !== -1) this.goTo(matches.boxes[hottest]);
    this.#showMatches();
    this.#showMode();
  }

  #showMatches(): void {
    const { query } = this.#kept;
    const matches = this.#picture?.matches;
    if (!matches) {
      const isBroken = query.text !== '' && this.#picture !== undefined;
      this.#status.showMatches(isBroken ? 'Not a regular expression' : '', { isError: isBroken });
      return;
    }
    const count = matches.boxes.length;
    const frames = count === 1 ? '1 frame' : `${count.toLocaleString('en')} frames`;
    const at = this.#match >= 0 ? `${this.#match + 1} of ${frames}` : frames;
    const what = this.#highlight ? `${this.#highlight.label}: ` : '';
    const words = count === 0 ? `${what}no match` : `${what}${at} · ${formatShare(matches.share)} of all`;
    this.#status.showMatches(words);
    this.#live.textContent = words;
  }

  #select(box: Box): void {
    this.#canvas.select(box);
    this.#showFrame(box);
    if (box !== NONE) this.#live.textContent = frameSentence(this.#picture!, box);
    this.#keepPlaces();
  }

  #showFrame(box: Box): void {
    const words = frameWords(this.#picture!, box === NONE ? 0 : box);
    const figures = `self ${words.selfShare} · total ${words.totalShare} · ${words.total}`;
    this.#status.showFrame(words.name, figures);
  }

  #hovered(target: FlameTarget | undefined, x: number, y: number): void {
    if (!target || !this.#picture) return this.#hover.hide();
    const picture = this.#picture;
    const details = () =>
      target.count === 1
        ? frameCard(frameWords(picture, target.box))
        : aggregateCard(aggregateWords(picture, target.box, target.count));
    const scrollless = { x, top: target.top, bottom: target.bottom };
    this.#hover.show(`${target.box} ${target.count} ${y - y}`, details, scrollless);
  }

  #picked({ box, count }: FlameTarget): void {
    this.#graph.focus({ preventScroll: true });
    if (count === 1) {
      this.#select(box);
      this.zoomTo(box);
      return;
    }
    // Too narrow to tell apart: what surrounds them, wide enough to see them.
    const { layout } = this.#picture!;
    const window = { left: layout.left[box], right: layout.right[box + count - 1] };
    this.#canvas.showWindow(window, { animated: true });
    this.#moved(window);
  }

  /** One has come to another window by wheel, drag or key. */
  #moved(window: FlameWindow): void {
    if (!this.#picture) return;
    this.#remember();
    this.#former = window;
    this.#top = windowBox(this.#picture.layout, window);
    this.#zoomed();
  }

  /** Puts the zoom that is about to be left on the way back. */
  #remember(): void {
    const last = this.#history.at(-1);
    const { left, right } = this.#former;
    if (last && last.window.left === left && last.window.right === right) return;
    this.#history.push({ window: this.#former, top: this.#top });
    if (this.#history.length > LONGEST_HISTORY) this.#history.shift();
  }

  /** Shows the way to what is zoomed to. */
  #zoomed(): void {
    const picture = this.#picture!;
    const crumbs = boxPath(picture.layout, this.#top).map((box) => {
      const { name, fullName, totalShare } = frameWords(picture, box);
      return { label: name, title: `${fullName}, ${totalShare}` };
    });
    this.#crumbs.show(crumbs);
    this.#toolbar.setCanGoBack(this.#history.length > 0);
    if (this.#kept.isTable) this.#table.show(picture, this.#top, this.#canvas.selected);
    this.#keepPlaces();
  }

  #showMode(): void {
    const { isTable } = this.#kept;
    const isOpen = this.#picture !== undefined && this.#place.childElementCount === 0;
    this.#stage.replaceChildren(...(!isOpen ? [this.#place] : isTable ? [this.#table.element] : [this.#graph]));
    if (isOpen && isTable) this.#table.show(this.#picture!, this.#top, this.#canvas.selected);
  }

  #showLegend(): void {
    if (this.#picture) this.#legend.show(this.#theme, this.#picture);
  }

  #showPlaceholder(state: Exclude<FlameGraphState, Open>): void {
    this.#replacePicture(
      placeholder({
        ...PLACEHOLDERS[state.status],
        ...('title' in state ? { title: state.title } : {}),
        ...('message' in state ? { message: state.message } : {}),
        ...('doing' in state ? { message: state.doing, done: state.done } : {}),
        actions:
          state.status === 'loading'
            ? [{ title: 'Cancel', run: () => void this.#ask('cancel', null) }]
            : state.actions.map(({ id, title }) => ({ title, run: () => void this.#ask('act', id) })),
      }),
    );
  }

  #showNothing(open: Open): void {
    const { type } = open.values[open.view.value];
    this.#replacePicture(
      placeholder({
        icon: 'flame',
        title: `No ${type} in view`,
        message: 'The threads or the value that are looked at have no cost. Choose others above.',
        actions: open.view.threads
          ? [{ title: 'Show All Threads', run: () => void this.#ask('look', { threads: null }) }]
          : [],
      }),
    );
  }

  #showWorking(open: Open, pull: number): void {
    const cancel = () => {
      if (pull !== this.#pulls) return;
      this.#pulls++;
      if (this.#picture) this.#setPlace();
      else this.#showFailure(new Error('It was cancelled.'));
    };
    this.#setPlace(
      placeholder({
        icon: 'flame',
        title: open.title,
        message: 'Adding up the calls',
        done: null,
        actions: [{ title: 'Cancel', run: cancel }],
      }),
    );
  }

  #showFailure(error: unknown): void {
    this.#replacePicture(
      placeholder({
        icon: 'error',
        title: 'The flame graph can’t be shown',
        message: error instanceof Error ? error.message : String(error),
        actions: [{ title: 'Try Again', run: () => void this.pull() }],
      }),
    );
  }

  #replacePicture(instead: HTMLElement): void {
    this.#picture = undefined;
    this.#open = undefined;
    this.#crumbs.show([]);
    this.#legend.clear();
    this.#setPlace(instead);
  }

  /** Shows something in the picture's place; the picture again without it. */
  #setPlace(...instead: readonly HTMLElement[]): void {
    this.#place.replaceChildren(...instead);
    this.#showMode();
  }

  #menu(box: Box, x: number, y: number): void {
    const { tree, layout } = this.#picture!;
    const func = tree.function[layout.node[box]];
    this.#select(box);
    const { fullName, file } = tree.functions;
    const isRoot = func === NONE;
    openMenu(
      isRoot ? 'all' : fullName[func],
      [
        { label: 'Zoom to This', key: 'Enter', run: () => this.zoomTo(box) },
        { label: 'Open Source', key: 'o', isDisabled: isRoot || file[func] === '', run: () => this.openSource(box) },
        {
          label: 'Find All Calls of It',
          isDisabled: isRoot,
          run: () => this.#search({ text: `^${escaped(fullName[func])}$`, isRegex: true, matchCase: true }),
        },
        { label: 'Copy Name', isDisabled: isRoot, run: () => void this.#ask('copy', fullName[func]) },
        {
          label: 'Copy Stack',
          isDisabled: isRoot,
          run: () => void this.#ask('copy', pathNames(tree, layout, box).join('\n')),
        },
      ],
      x,
      y,
    );
    this.#toolbar.showKept(this.#kept);
  }

  #saveMenu(from: HTMLElement): void {
    const { left, bottom } = from.getBoundingClientRect();
    const save = (format: 'svg' | 'png') => async () => {
      try {
        const bytes = await savePicture(
          this.#picture!,
          this.#canvas.window,
          this.#theme,
          this.#kept.isFlame,
          format,
          this.#open!,
        );
        await this.#ask('save', { format, name: this.#open!.title, bytes });
      } catch (error) {
        this.#status.showNotice(error instanceof Error ? error.message : String(error));
      }
    };
    openMenu(
      'Save the picture',
      [
        { label: 'Save as SVG…', isDisabled: !this.#picture, run: save('svg') },
        { label: 'Save as PNG…', isDisabled: !this.#picture, run: save('png') },
      ],
      left,
      bottom,
    );
  }

  #keepPlaces(): void {
    if (!this.#picture || !this.#open) return;
    this.#keep({ recording: { id: this.#open.id, ...this.#places(this.#picture) } });
  }

  #keep(change: Partial<KeptState>): void {
    this.#kept = { ...this.#kept, ...change };
    this.#toolbar.showKept(this.#kept);
    this.#host.keep(this.#kept);
  }
}

type Places = Pick<NonNullable<KeptState['recording']>, 'zoom' | 'selected'>;

const WHOLE: FlameWindow = { left: 0, right: 1 };
const START: Places = { zoom: { path: [], window: WHOLE }, selected: [] };
/** Shares of the width: narrower than the first a selected frame is too small to see; the second is good to look at. */
const LEAST_SHARE = 0.004;
const GOOD_SHARE = 0.1;
const LONGEST_HISTORY = 100;
/** After this long one wants to know what is going on. */
const SLOW_MS = 150;
const X_IS_NOT_TIME =
  'From left to right is not time. Calls of one function are added up, and stand in order of cost or of name.';

const PLACEHOLDERS = {
  empty: {
    icon: 'flame',
    title: 'No recording is open',
    message: 'Profile a program, or open a profile that there is.',
  },
  loading: { icon: 'flame', title: '' },
  failed: { icon: 'error', title: '' },
} as const;

function highlighted({ functions }: FlameGraphTree['tree'], { name, functions: wanted }: Highlight): Uint8Array {
  const indexes = new Set(wanted);
  return Uint8Array.from(functions.index, (index, at) =>
    indexes.has(index) || (name !== null && (functions.name[at] === name || functions.fullName[at] === name)) ? 1 : 0,
  );
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
