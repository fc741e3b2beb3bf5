import type { Loading } from '../../src/protocol/panel-state.ts';
import { placeholder } from './placeholder.ts';

/** Says what is being loaded and how far that is. */
export class LoadingPlaceholder {
  readonly #icon: string;
  readonly #onCancel: () => void;
  #shown: (ReturnType<typeof placeholder> & { readonly title: string }) | undefined;

  constructor(icon: string, onCancel: () => void) {
    this.#icon = icon;
    this.#onCancel = onCancel;
  }

  /** What is to be put on the page; `undefined` where that stands there already, and says so now: its button keeps the focus. */
  show({ title, doing, done }: Loading): HTMLElement | undefined {
    if (this.#shown?.title === title && this.#shown.element.isConnected) {
      this.#shown.show(doing, done);
      return undefined;
    }
    const actions = [{ title: 'Cancel', run: this.#onCancel }];
    this.#shown = { title, ...placeholder({ icon: this.#icon, title, message: doing, done, actions }) };
    return this.#shown.element;
  }
}
