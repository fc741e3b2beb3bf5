import { element } from '../../lib/dom.ts';

/**
 * Where the picture or the table stands. While the next is being added up, what is shown stays in the document under a cover that says so:
 * whoever has the focus in it keeps it.
 */
export class CompareStage {
  readonly element = element('main', { className: 'stage' });
  readonly #focus: () => void;
  #cover: HTMLElement | undefined;

  /** @param focus gives what is shown the focus */
  constructor(focus: () => void) {
    this.#focus = focus;
  }

  /** Shows something, which may be what is shown already. */
  show(shown: HTMLElement): void {
    const hadFocus = this.element.contains(document.activeElement);
    if (this.element.firstElementChild === shown) this.#cover?.remove();
    else this.element.replaceChildren(shown);
    this.#cover = undefined;
    this.element.removeAttribute('aria-busy');
    if (hadFocus && !this.element.contains(document.activeElement)) this.#focus();
  }

  /** Says what is being done, until something is shown. */
  cover(words: HTMLElement): void {
    if (this.#cover) return;
    this.#cover = element('div', { className: 'cover' }, words);
    this.element.append(this.#cover);
    this.element.setAttribute('aria-busy', 'true');
  }
}
