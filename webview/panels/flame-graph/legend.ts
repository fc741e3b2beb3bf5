import { element } from '../../lib/dom.ts';
import type { Theme } from '../../lib/theme.ts';
import type { FlameScene } from '../../widgets/flame-painter.ts';
import { flamePaints } from '../../widgets/flame-paints.ts';

/** Says what colours and marks mean, as far as they occur. */
export function legend() {
  const list = element('ul', { className: 'legend', 'aria-label': 'Legend' });
  return {
    element: list,
    /** Of pictures that have the same colours. */
    show(theme: Theme, scenes: readonly FlameScene[]): void {
      const { legend } = scenes[0].colours;
      const paints = flamePaints(theme, legend);
      const drawn = scenes.map(({ colours: { swatch, ofNode } }) => ofNode?.subarray(1) ?? swatch);
      const item = (label: string, swatch: HTMLElement, title = '') =>
        element('li', { title }, swatch, element('span', { text: label }));
      const items = legend.flatMap(({ label, title }, at) => {
        if (!drawn.some((swatches) => swatches.includes(at))) return [];
        const swatch = element('span', { className: 'swatch' });
        swatch.style.background = paints.full[at].fill;
        return [item(label, swatch, title)];
      });
      const mark = (className: string) => element('span', { className: `swatch ${className}` });
      if (scenes.some(({ tree }) => tree.kind.includes(1))) items.push(item('kernel', mark('kernel-mark')));
      if (scenes.some(({ tree }) => tree.inlined.includes(1))) items.push(item('inlined', mark('inlined-mark')));
      if (scenes.some(({ inWorkspace }) => inWorkspace))
        items.push(item('workspace', element('b', { text: 'ab', 'aria-hidden': 'true' })));
      list.replaceChildren(...items);
    },
    clear: () => list.replaceChildren(),
  };
}
