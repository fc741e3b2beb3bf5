import { element, icon } from '../lib/dom.ts';

/** Something that is done to a recording before it is shown, and how that is taken away. */
export interface Chip {
  readonly text: string;
  remove(): void;
}

/** A row of what is done to a recording before it is shown, each with a button that takes it away. */
export function chips(label: string) {
  const list = element('ul', { className: 'chips', 'aria-label': label });
  list.hidden = true;
  const focusedAt = () => [...list.children].findIndex((item) => item.contains(document.activeElement));
  const focus = (at: number) => {
    list.children[Math.min(at, list.children.length - 1)]?.querySelector('button')?.focus();
  };
  const itemOf = ({ text, remove }: Chip) => {
    const button = element('button', { type: 'button', title: `Remove: ${text}`, 'aria-label': `Remove: ${text}` });
    const item = element('li', { className: 'chip' }, element('span', { text, title: text }), button);
    button.append(icon('close'));
    button.addEventListener('click', () => {
      const at = focusedAt();
      const isFocused = at !== -1 && list.children[at] === item;
      // At once: until it is gone from the recording, another may be taken away.
      item.remove();
      list.hidden = list.children.length === 0;
      if (isFocused) focus(at);
      remove();
    });
    return item;
  };
  return {
    element: list,
    show(shown: readonly Chip[]): void {
      const at = focusedAt();
      list.hidden = shown.length === 0;
      list.replaceChildren(...shown.map(itemOf));
      if (at !== -1) focus(at);
    },
  };
}
