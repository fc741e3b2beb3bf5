import type { Box } from '../../src/core/profile/flame-layout.ts';
import { boxAtPath, boxPath, boxWindow, pathNames, windowAbout, windowBox } from '../../src/core/profile/flame-path.ts';
import type { FlamePlaces } from '../../src/core/profile/flame-places.ts';
import type { FlameWindow } from '../../src/core/profile/flame-visible.ts';
import { NONE } from '../../src/core/profile/profile.ts';
import { element } from '../lib/dom.ts';
import type { Theme } from '../lib/theme.ts';
import { FlameCanvas, type FlameTarget } from './flame-canvas.ts';
import { FRAME_CARDS, type FrameCards } from './frame-cards.ts';
import type { FlamePicture } from './frame-words.ts';
import { HoverCard } from './hover-card.ts';
import { TreeTable } from './tree-table.ts';

export interface FlameViewEvents {
  /** Another frame is selected. */
  onSelect(view: FlameView, box: Box): void;
  /** Another part is shown. */
  onZoom(view: FlameView): void;
  onOpen(box: Box): void;
  /** A frame's menu was asked for, at this place of the window. */
  onMenu(box: Box, x: number, y: number): void;
}

/** A flame graph and its twin, the table, looked at from one place: what is zoomed to, what is selected, and the way back. */
export class FlameView {
  /** Takes the keys of the picture. */
  readonly graph = element('div', {
    className: 'graph',
    tabindex: '0',
    role: 'application',
    'aria-roledescription': 'flame graph',
    'aria-label':
      'Flame graph. Arrow keys move between calls, Enter zooms, t shows it as a table, question mark lists all keys.',
  });
  readonly #events: FlameViewEvents;
  readonly #canvas: FlameCanvas;
  readonly #table: TreeTable;
  readonly #hover = new HoverCard();
  readonly #cards: FrameCards;
  #picture: FlamePicture | undefined;
  #isTable = false;
  #isFlame = false;
  /** The box whose inside is shown. */
  #top: Box = 0;
  #window: FlameWindow = WHOLE;
  /** Zooms before this one, the last at the end. */
  #history: { window: FlameWindow; top: Box }[] = [];

  constructor(theme: Theme, events: FlameViewEvents, cards: FrameCards = FRAME_CARDS) {
    this.#events = events;
    this.#cards = cards;
    this.#canvas = new FlameCanvas(theme, {
      onHover: (target, x) => this.#hovered(target, x),
      onPick: (target) => this.#picked(target),
      onOpen: events.onOpen,
      onMenu: events.onMenu,
      onMoved: (window) => this.#moved(window),
    });
    this.#table = new TreeTable({
      onSelect: (box) => this.select(box),
      onZoom: (box) => this.zoomTo(box),
      onOpen: events.onOpen,
    });
    this.graph.append(this.#canvas.element, this.#hover.element);
  }

  get picture(): FlamePicture | undefined {
    return this.#picture;
  }

  /** NONE where nothing is. */
  get selected(): Box {
    return this.#canvas.selected;
  }

  get top(): Box {
    return this.#top;
  }

  get window(): FlameWindow {
    return this.#canvas.window;
  }

  get canGoBack(): boolean {
    return this.#history.length > 0;
  }

  /** What is on the page: the picture or the table. */
  get element(): HTMLElement {
    return this.#isTable ? this.#table.element : this.graph;
  }

  /** Where one is, in words that hold in another picture of the same recording. */
  get places(): FlamePlaces {
    const { tree, layout } = this.#picture!;
    return {
      zoom: { path: pathNames(tree, layout, this.#top), window: this.window },
      selected: this.selected === NONE ? [] : pathNames(tree, layout, this.selected),
    };
  }

  /** Shows another picture, from a place in it. To be called when the element is on the page. */
  show(picture: FlamePicture, { zoom, selected }: FlamePlaces): void {
    const { tree, layout } = picture;
    this.#picture = picture;
    this.#history = [];
    this.#canvas.show(picture);
    this.#canvas.select(selected.length > 0 ? boxAtPath(tree, layout, selected) : NONE);
    this.#top = boxAtPath(tree, layout, zoom.path);
    const { left, right } = boxWindow(layout, this.#top);
    const isInside = zoom.window.left >= left - 1e-9 && zoom.window.right <= right + 1e-9;
    this.#window = isInside ? zoom.window : { left, right };
    this.#canvas.showWindow(this.#window, { animated: false });
    this.#canvas.scrollTo(this.selected === NONE ? this.#top : this.selected);
    this.#zoomed();
  }

  /** Shows the same boxes in other colours, or with other matches. */
  repaint(picture: FlamePicture): void {
    this.#picture = picture;
    this.#canvas.show(picture);
    if (this.#isTable) this.#table.show(picture, this.#top, this.selected);
  }

  clear(): void {
    this.#picture = undefined;
    this.#hover.hide();
  }

  setTheme(theme: Theme): void {
    this.#canvas.setTheme(theme);
  }

  setFlame(isFlame: boolean): void {
    this.#isFlame = isFlame;
    this.#canvas.setFlame(isFlame);
  }

  /** Whether the root is at the bottom. */
  get isFlame(): boolean {
    return this.#isFlame;
  }

  /** Turns to the table or to the picture; the element is then another. */
  setTable(isTable: boolean): void {
    this.#isTable = isTable;
    if (this.#picture && isTable) this.#table.show(this.#picture, this.#top, this.selected);
  }

  focus(): void {
    if (this.#isTable) this.#table.focus();
    else this.graph.focus({ preventScroll: true });
  }

  select(box: Box): void {
    this.#canvas.select(box);
    this.#events.onSelect(this, box);
  }

  /** Selects nothing, and says nothing of it. */
  deselect(): void {
    this.#canvas.select(NONE);
  }

  zoomTo(box: Box): void {
    const { layout } = this.#picture!;
    this.#remember();
    this.#top = box;
    this.#window = boxWindow(layout, box);
    this.#canvas.showWindow(this.#window, { animated: true });
    this.#canvas.scrollTo(box);
    if (this.selected === NONE || !boxPath(layout, this.selected).includes(box)) this.select(box);
    this.#zoomed();
  }

  /** To the zoom before this one. */
  back(): void {
    const former = this.#history.pop();
    if (!former) return;
    this.#top = former.top;
    this.#window = former.window;
    this.#canvas.showWindow(former.window, { animated: true });
    this.#zoomed();
  }

  /** Makes the picture wider or narrower about what is selected. */
  zoomBy(factor: number): void {
    const { left, right } = this.window;
    const { layout } = this.#picture!;
    const about = this.selected === NONE ? this.#top : this.selected;
    const middle = Math.min(right, Math.max(left, (layout.left[about] + layout.right[about]) / 2));
    const width = Math.min(1, (right - left) / factor);
    const from = Math.min(1 - width, Math.max(0, middle - ((middle - left) / (right - left)) * width));
    this.#showWindow({ left: from, right: from + width });
  }

  /** Selects a box and makes sure that it can be seen. */
  goTo(box: Box): void {
    const { layout } = this.#picture!;
    this.select(box);
    if (this.#isTable) {
      if (!boxPath(layout, box).includes(this.#top)) this.zoomTo(0);
      this.#table.select(box);
      return;
    }
    const { left, right } = this.window;
    const isInside = layout.left[box] < right && layout.right[box] > left;
    if (!isInside || (layout.right[box] - layout.left[box]) / (right - left) < LEAST_SHARE) {
      this.#showWindow(windowAbout(layout, box, GOOD_SHARE));
    }
    this.#canvas.scrollTo(box);
  }

  /** Opens the menu of the selected frame. */
  menu(): void {
    if (this.selected === NONE) return;
    const { left, bottom } = this.#canvas.place(this.selected);
    this.#events.onMenu(this.selected, left, bottom);
  }

  #showWindow(window: FlameWindow): void {
    this.#canvas.showWindow(window, { animated: true });
    this.#moved(window);
  }

  #hovered(target: FlameTarget | undefined, x: number): void {
    const picture = this.#picture;
    if (!target || !picture) {
      this.#hover.hide();
      return;
    }
    const { box, count, top, bottom } = target;
    const details = () => (count === 1 ? this.#cards.frame(picture, box) : this.#cards.aggregate(picture, box, count));
    this.#hover.show(`${box} ${count}`, details, { x, top, bottom });
  }

  #picked({ box, count }: FlameTarget): void {
    this.focus();
    if (count === 1) {
      this.select(box);
      this.zoomTo(box);
      return;
    }
    // Too narrow to tell apart: their own width shows them apart.
    const { left, right } = this.#picture!.layout;
    this.#showWindow({ left: left[box], right: right[box + count - 1] });
  }

  /** One has come to another window by wheel, drag or key. */
  #moved(window: FlameWindow): void {
    if (!this.#picture) return;
    this.#remember();
    this.#window = window;
    this.#top = windowBox(this.#picture.layout, window);
    this.#zoomed();
  }

  /** Puts the zoom that is about to be left on the way back. */
  #remember(): void {
    const last = this.#history.at(-1);
    const { left, right } = this.#window;
    if (last && last.window.left === left && last.window.right === right) return;
    this.#history.push({ window: this.#window, top: this.#top });
    if (this.#history.length > LONGEST_HISTORY) this.#history.shift();
  }

  #zoomed(): void {
    if (this.#isTable) this.#table.show(this.#picture!, this.#top, this.selected);
    this.#events.onZoom(this);
  }
}

const WHOLE: FlameWindow = { left: 0, right: 1 };
/** Shares of the width: narrower than the first a selected frame is too small to see; the second is good to look at. */
const LEAST_SHARE = 0.004;
const GOOD_SHARE = 0.1;
const LONGEST_HISTORY = 100;
