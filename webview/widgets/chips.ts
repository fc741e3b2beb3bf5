import { element, icon } from '../lib/dom.ts';

/** A row of what is done to a recording before it is shown, each with a button that takes it away. */
export function chips(label: string, onRemove: (index: number) => void) {
  const list = element('ul', { className: 'chips', 'aria-label': label });
  list.hidden = true;
  const focusedAt = () => [...list.children].findIndex((chip) => chip.contains(document.activeElement));
  const focus = (at: number) => {
    list.children[Math.min(at, list.children.length - 1)]?.querySelector('button')?.focus();
  };
  const chip = (text: string) => {
    const remove = element('button', { type: 'button', title: `Remove: ${text}`, 'aria-label': `Remove: ${text}` });
    const item = element('li', { className: 'chip' }, element('span', { text, title: text }), remove);
    remove.append(icon('close'));
    remove.addEventListener('click', () => {
      const at = [...list.children].indexOf(item);
      const isFocused = at === focusedAt();
      // At once: until it is gone from the recording, another may be taken away.
      item.remove();
      list.hidden = list.children.length === 0;
      if (isFocused) focus(at);
      onRemove(at);
    });
    return item;
  };
  return {
    element: list,
    show(texts: readonly string[]): void {
      const at = focusedAt();
      list.hidden = texts.length === 0;
      list.replaceChildren(...texts.map(chip));
      if (at !== -1) focus(at);
    },
  };
}
