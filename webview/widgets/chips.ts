import { element, icon } from '../lib/dom.ts';

/** A row of what is done to a recording before it is shown, each with a button that takes it away. */
export function chips(label: string, onRemove: (index: number) => void) {
  const list = element('ul', { className: 'chips', 'aria-label': label });
  list.hidden = true;
  return {
    element: list,
    show(texts: readonly string[]): void {
      list.hidden = texts.length === 0;
      list.replaceChildren(
        ...texts.map((text, index) => {
          const remove = element('button', {
            type: 'button',
            title: `Remove: ${text}`,
            'aria-label': `Remove: ${text}`,
          });
          remove.append(icon('close'));
          remove.addEventListener('click', () => onRemove(index));
          return element('li', { className: 'chip' }, element('span', { text, title: text }), remove);
        }),
      );
    },
  };
}
