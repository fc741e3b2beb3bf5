import { element } from '../lib/dom.ts';
import { statusRow } from './status-row.ts';

/** The row under a flame graph: what is selected, and what a search found. */
export function frameStatus(last: readonly HTMLElement[] = []) {
  const frame = element('div', { className: 'status-frame' });
  const matches = element('div', { className: 'status-matches' });
  return {
    ...statusRow({ first: [frame, matches], last }),
    showFrame(name: string, title: string, figures: string): void {
      frame.replaceChildren(
        element('span', { className: 'status-name', text: name, title }),
        element('span', { className: 'status-figures', text: figures, title: figures }),
      );
    },
    showMatches(text: string, { isError = false } = {}): void {
      matches.textContent = text;
      matches.classList.toggle('error', isError);
    },
  };
}
