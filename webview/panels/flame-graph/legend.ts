import { element } from '../../lib/dom.ts';
import type { Theme } from '../../lib/theme.ts';
import type { FlameScene } from '../../widgets/flame-painter.ts';
import { flamePaints } from '../../widgets/flame-paints.ts';

/** Says what colours and marks mean, as far as they occur. */
export function legend() {
  const list = element('ul', { className: 'legend', 'aria-label': 'Legend' });
  return {
    element: list,
    show(theme: Theme, { colours, tree, inWorkspace }: FlameScene): void {
      const paints = flamePaints(theme, colours.legend);
      const used = new Set(colours.swatch);
      const item = (label: string, swatch: HTMLElement) => element('li', {}, swatch, element('span', { text: label }));
      const items = colours.legend.flatMap(({ label }, at) => {
        if (!used.has(at)) return [];
        const swatch = element('span', { className: 'swatch' });
        swatch.style.background = paints.full[at].fill;
        return [item(label, swatch)];
      });
      const mark = (className: string) => element('span', { className: `swatch ${className}` });
      if (tree.kind.includes(1)) items.push(item('kernel', mark('kernel-mark')));
      if (tree.inlined.includes(1)) items.push(item('inlined', mark('inlined-mark')));
      if (inWorkspace) items.push(item('workspace', element('b', { text: 'ab', 'aria-hidden': 'true' })));
      list.replaceChildren(...items);
    },
    clear: () => list.replaceChildren(),
  };
}
