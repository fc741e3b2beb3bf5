import { element } from '../lib/dom.ts';

export interface Crumb {
  readonly label: string;
  readonly title: string;
}

/** The way down to what is shown; each part leads back to it. Of a long way the middle is left out. */
export function breadcrumb(label: string, onChoose: (index: number) => void) {
  const list = element('ol');
  return {
    element: element('nav', { className: 'breadcrumb', 'aria-label': label }, list),
    show(crumbs: readonly Crumb[]): void {
      const hidden = Math.max(0, crumbs.length - MOST);
      const items: HTMLElement[] = [];
      crumbs.forEach(({ label: text, title }, index) => {
        if (hidden > 0 && index >= 1 && index <= hidden) {
          if (index === hidden) items.push(element('li', { className: 'gap', text: `… ${hidden} …` }));
          return;
        }
        const isLast = index === crumbs.length - 1;
        const button = element('button', {
          type: 'button',
          text,
          title,
          ...(isLast ? { 'aria-current': 'location' } : {}),
        });
        button.addEventListener('click', () => onChoose(index));
        items.push(element('li', {}, button));
      });
      list.replaceChildren(...items);
    },
  };
}

const MOST = 7;
