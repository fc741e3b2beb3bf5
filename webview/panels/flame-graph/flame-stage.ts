import { type FlamePlaces, START } from '../../../src/core/profile/flame-places.ts';
import { element } from '../../lib/dom.ts';
import type { Theme } from '../../lib/theme.ts';
import { FlameView, type FlameViewEvents } from '../../widgets/flame-view.ts';
import type { FlamePicture } from '../../widgets/frame-words.ts';

/** What is drawn: a call tree, or what a function calls with what calls it beside that. */
export interface StagePictures {
  readonly main: FlamePicture;
  readonly callers: FlamePicture | undefined;
}

/** Where the pictures stand: one, or those of a function's callers and callees with their roots side by side. */
export class FlameStage {
  readonly element = element('main', { className: 'stage' });
  readonly main: FlameView;
  readonly #callers: FlameView;
  readonly #halves: HTMLElement;
  readonly #callersHalf = element('div', { className: 'half' });
  readonly #calleesHalf = element('div', { className: 'half' });
  #isSandwich = false;
  /** Which of two pictures was used last: what is beside them, such as a button, has the focus itself. */
  #used: FlameView;
  readonly #onUsed: (view: FlameView) => void;
  /** Whether the focus was in what is covered. */
  #hadFocus = false;

  /** @param onUsed is told which of two pictures one is at now */
  constructor(theme: Theme, events: FlameViewEvents, onUsed: (view: FlameView) => void) {
    this.main = new FlameView(theme, events);
    this.#callers = new FlameView(theme, events);
    this.#used = this.main;
    this.#onUsed = onUsed;
    for (const gesture of ['focusin', 'pointerdown', 'wheel']) {
      this.#callersHalf.addEventListener(gesture, () => this.#use(this.#callers), { capture: true, passive: true });
      this.#calleesHalf.addEventListener(gesture, () => this.#use(this.main), { capture: true, passive: true });
    }
    this.#halves = element('div', { className: 'halves' }, this.#callersHalf, this.#calleesHalf);
  }

  /** The picture that one is at. */
  get view(): FlameView {
    return this.#used;
  }

  #use(view: FlameView): void {
    if (this.#used === view) return;
    this.#used = view;
    this.#onUsed(view);
  }

  /** What calls the function that is between the two pictures; undefined where there's one. */
  get callers(): FlameView | undefined {
    return this.#isSandwich ? this.#callers : undefined;
  }

  get views(): readonly FlameView[] {
    return this.#isSandwich ? [this.main, this.#callers] : [this.main];
  }

  /** Shows pictures, the main one from a place in it. */
  show({ main, callers }: StagePictures, places: FlamePlaces): void {
    if (!this.#isSandwich || !callers) this.#used = this.main;
    this.#isSandwich = callers !== undefined;
    this.#place();
    this.main.show(main, places);
    if (callers) this.#callers.show(callers, START);
  }

  /** Shows the same boxes in other colours, or with other matches. */
  repaint(change: (picture: FlamePicture) => FlamePicture): void {
    for (const view of this.views) if (view.picture) view.repaint(change(view.picture));
  }

  /** Something else stands in the pictures' place. */
  showInstead(instead: HTMLElement): void {
    for (const view of [this.main, this.#callers]) view.clear();
    this.element.replaceChildren(instead);
  }

  /** The same for a while: what was shown comes back with `comeBack`. */
  cover(cover: HTMLElement): void {
    this.#hadFocus = this.element.contains(document.activeElement);
    this.element.replaceChildren(cover);
  }

  comeBack(): void {
    this.#place();
  }

  setTheme(theme: Theme): void {
    for (const view of [this.main, this.#callers]) view.setTheme(theme);
  }

  /** Callers grow away from what they call, so that both roots meet. */
  setFlame(isFlame: boolean): void {
    this.main.setFlame(isFlame);
    this.#callers.setFlame(!isFlame);
    this.#halves.classList.toggle('turned', isFlame);
  }

  setTable(isTable: boolean): void {
    for (const view of [this.main, this.#callers]) view.setTable(isTable);
    if (this.main.picture) this.#place();
  }

  /** Nothing is selected in the pictures that one is not at. */
  selectOnlyIn(selected: FlameView): void {
    for (const view of this.views) if (view !== selected) view.deselect();
  }

  /** Puts what is shown onto the page. Whoever had the focus in it keeps it, as far as that is still there. */
  #place(): void {
    const isNowhere = document.activeElement === document.body;
    const hadFocus = this.element.contains(document.activeElement) || (this.#hadFocus && isNowhere);
    this.#hadFocus = false;
    const page = this.#isSandwich ? this.#halves : this.main.element;
    if (this.#isSandwich) {
      this.#callersHalf.replaceChildren(element('h2', { text: 'Callers' }), this.#callers.element);
      this.#calleesHalf.replaceChildren(element('h2', { text: 'Callees' }), this.main.element);
    }
    if (this.element.firstElementChild !== page) this.element.replaceChildren(page);
    if (hadFocus && !this.element.contains(document.activeElement)) this.main.focus();
  }
}
