import { element } from '../lib/dom.ts';

/** Details that follow the pointer and never cover what they describe. */
export class HoverCard {
  readonly element = element('div', { className: 'hover-card', 'aria-hidden': 'true' });
  #shown: unknown;

  constructor() {
    this.element.hidden = true;
  }

  /**
   * Shows details of something that lies between `top` and `bottom`, below it, or above it where there's no room below. Lengths are in
   * pixels of the card's parent.
   * @param subject what they are of: for the same one the card only moves
   */
  show(
    subject: unknown,
    details: () => readonly Node[],
    { x, top, bottom }: { x: number; top: number; bottom: number },
  ): void {
    const card = this.element;
    if (subject !== this.#shown) {
      this.#shown = subject;
      card.replaceChildren(...details());
    }
    card.hidden = false;
    const { clientWidth, clientHeight } = card.parentElement!;
    const left = Math.min(x + 12, clientWidth - card.offsetWidth - 4);
    const below = bottom + GAP;
    const above = top - GAP - card.offsetHeight;
    const fitsBelow = below + card.offsetHeight <= clientHeight || above < 0;
    card.style.left = `${Math.max(4, left)}px`;
    card.style.top = `${fitsBelow ? below : above}px`;
  }

  hide(): void {
    this.element.hidden = true;
    this.#shown = undefined;
  }
}

const GAP = 6;
