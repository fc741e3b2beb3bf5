import { formatShare } from '../../../src/core/units.ts';
import type { CompareLook } from '../../../src/protocol/compare.ts';
import { element } from '../../lib/dom.ts';
import type { ComparePicture } from './change-words.ts';

/** Says what has no width in the picture, and leads to where it is seen. */
export function undrawnNote(onClick: () => void) {
  const button = element('button', { type: 'button', className: 'status-undrawn' });
  button.addEventListener('click', onClick);
  button.hidden = true;
  return {
    element: button,
    show(picture: ComparePicture, { width }: CompareLook): void {
      const { paths, share } = width === 'change' ? { paths: 0, share: 0 } : undrawn(picture, width);
      const what = width === 'after' ? 'gone' : 'new';
      button.hidden = paths === 0;
      button.textContent = `${paths.toLocaleString('en')} ${what}, not drawn (${formatShare(share)})`;
      button.title = `${formatShare(share)} of ${width === 'after' ? 'before' : 'after'} is in paths that are ${what}, which have no width here. Click for widths by change, where they are seen.`;
    },
    hide(): void {
      button.hidden = true;
    },
  };
}

/** Where widths are of one profile: the outermost calls that are only in the other, and their share (0 to 1) of it. */
function undrawn({ tree, before, after }: ComparePicture, width: 'before' | 'after'): { paths: number; share: number } {
  const [drawn, hidden, whole] =
    width === 'after' ? [tree.afterTotal, tree.beforeTotal, before] : [tree.beforeTotal, tree.afterTotal, after];
  let paths = 0;
  let weight = 0;
  for (let node = 1; node < drawn.length; node++) {
    const up = tree.parent[node];
    if (drawn[node] !== 0 || hidden[node] === 0 || (drawn[up] === 0 && up !== 0)) continue;
    paths++;
    weight += hidden[node];
  }
  return { paths, share: weight / whole };
}
