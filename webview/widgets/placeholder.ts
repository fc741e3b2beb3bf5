import { element, icon } from '../lib/dom.ts';
import { textButton } from './toolkit.ts';

/** What stands where a picture would be: why there's none, and the next step. */
export interface PlaceholderText {
  readonly icon: string;
  readonly title: string;
  readonly message: string;
  /** 0 to 1; `null` for work whose end isn't known; without it there's no progress. */
  readonly done?: number | null;
  readonly actions: readonly { readonly title: string; run(): void }[];
}

export function placeholder({ icon: name, title, message, done, actions }: PlaceholderText) {
  const text = element('p');
  const bar = element('progress', { 'aria-label': title });
  bar.hidden = done === undefined;
  const buttons = actions.map((action, at) =>
    textButton({ label: action.title, isPrimary: at === 0, onClick: action.run }),
  );
  const show = (now: string, progress: number | null | undefined) => {
    text.textContent = now;
    if (typeof progress === 'number') bar.value = progress;
    else bar.removeAttribute('value');
  };
  show(message, done);
  return {
    element: element(
      'div',
      { className: 'placeholder' },
      icon(name),
      element('h2', { text: title }),
      text,
      bar,
      element('div', { className: 'actions' }, ...buttons),
    ),
    /** Says how far it has come. */
    show,
  };
}
