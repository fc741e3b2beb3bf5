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
      const colours = legend.flatMap(({ label, title }, at) => {
        if (!drawn.some((swatches) => swatches.includes(at))) return [];
        const swatch = element('span', { className: 'swatch' });
        swatch.style.background = paints.full[at].fill;
        return [item(label, swatch, title)];
      });
      const mark = (className: string) => element('span', { className: `swatch ${className}` });
      const marks = [
        ...(scenes.some(({ tree }) => tree.kind.includes(1)) ? [item('kernel', mark('kernel-mark'))] : []),
        ...(scenes.some(({ tree }) => tree.inlined.includes(1)) ? [item('inlined', mark('inlined-mark'))] : []),
        ...(scenes.some(({ inWorkspace }) => inWorkspace)
          ? [item('workspace', element('b', { text: 'ab', 'aria-hidden': 'true' }))]
          : []),
      ];
      // The costliest come first. Where there's no room for all, it is the smallest that are left out.
      list.replaceChildren(...colours.slice(0, BEFORE_MARKS), ...marks, ...colours.slice(BEFORE_MARKS));
    },
    clear: () => list.replaceChildren(),
  };
}

const BEFORE_MARKS = 3;
