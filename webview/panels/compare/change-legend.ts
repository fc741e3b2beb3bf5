import { element } from '../../lib/dom.ts';
import type { Theme } from '../../lib/theme.ts';
import { flamePaints } from '../../widgets/flame-paints.ts';
import type { ComparePicture } from './change-words.ts';

const UNKNOWN = 'Whether it is more or less: chance of sampling alone explains a change of this size.';

/** Says what the colours and marks of changes mean, from what went down to what went up, as far as they occur. */
export function changeLegend() {
  const list = element('ul', { className: 'legend change-legend', 'aria-label': 'Legend' });
  return {
    element: list,
    show(theme: Theme, { colours, tree, inWorkspace }: ComparePicture): void {
      const paints = flamePaints(theme, colours.legend);
      const used = new Set(colours.ofNode);
      const items = colours.legend.flatMap(({ label, mark = '', edge = '' }, at) => {
        if (!used.has(at)) return [];
        const { fill, text } = paints.full[at];
        const swatch = element('span', {
          className: `swatch change-swatch ${edge}`,
          text: mark.slice(-1),
          'aria-hidden': 'true',
        });
        swatch.style.background = fill;
        swatch.style.color = text;
        const title = mark.endsWith('≈') ? UNKNOWN : '';
        return [element('li', { title }, swatch, element('span', { text: label }))];
      });
      const mark = (className: string) => element('span', { className: `swatch ${className}` });
      if (tree.kind.includes(1))
        items.push(element('li', {}, mark('kernel-mark'), element('span', { text: 'kernel' })));
      if (inWorkspace) {
        items.push(
          element(
            'li',
            {},
            element('b', { text: 'ab', 'aria-hidden': 'true' }),
            element('span', { text: 'workspace' }),
          ),
        );
      }
      list.replaceChildren(...items);
    },
    clear: () => list.replaceChildren(),
  };
}
