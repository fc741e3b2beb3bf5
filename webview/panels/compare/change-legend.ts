import { NONE } from '../../../src/core/profile/profile.ts';
import { element } from '../../lib/dom.ts';
import type { Theme } from '../../lib/theme.ts';
import { flamePaints } from '../../widgets/flame-paints.ts';
import type { ComparePicture } from './change-words.ts';

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
        return [element('li', {}, swatch, element('span', { text: label }))];
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

/** What has no width in a picture: paths that are only in the other profile. */
export interface Undrawn {
  /** How many calls of what is drawn lead there. */
  readonly paths: number;
  /** What they weigh in the profile they are in, as a share (0 to 1) of it. */
  readonly share: number;
}

/** Where widths are of one profile: what is only in the other. */
export function undrawn({ tree, before, after }: ComparePicture, width: 'before' | 'after'): Undrawn {
  const [drawn, hidden, whole] =
    width === 'after' ? [tree.afterTotal, tree.beforeTotal, before] : [tree.beforeTotal, tree.afterTotal, after];
  let paths = 0;
  let weight = 0;
  for (let node = 1; node < drawn.length; node++) {
    const up = tree.parent[node];
    if (drawn[node] !== 0 || hidden[node] === 0 || (up !== NONE && drawn[up] === 0 && up !== 0)) continue;
    paths++;
    weight += hidden[node];
  }
  return { paths, share: weight / whole };
}
