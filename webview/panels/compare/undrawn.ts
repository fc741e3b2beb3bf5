import { formatShare } from '../../../src/core/units.ts';
import type { CompareLook, CompareTree } from '../../../src/protocol/compare.ts';
import { element } from '../../lib/dom.ts';

/** Says what has no width in the picture, and leads to where it is seen. */
export function undrawnNote(onClick: () => void) {
  const button = element('button', { type: 'button', className: 'status-undrawn' });
  button.addEventListener('click', onClick);
  button.hidden = true;
  return {
    element: button,
    show({ undrawn, undrawnBefore, undrawnAfter, before, after }: CompareTree, { width }: CompareLook): void {
      const isAfter = width === 'after';
      const share = formatShare(isAfter ? undrawnBefore / before : undrawnAfter / after);
      const what = isAfter ? 'gone' : 'new';
      button.hidden = width === 'change' || undrawn === 0;
      button.textContent = `${undrawn.toLocaleString('en')} ${what}, not drawn (${share})`;
      button.title = `${share} of ${isAfter ? 'before' : 'after'} is in paths that are ${what}, which have no width here. Click for widths by change, where they are seen.`;
    },
    hide(): void {
      button.hidden = true;
    },
  };
}
