import type { QualityNote } from '../../../src/protocol/flame-graph.ts';
import { element, icon } from '../../lib/dom.ts';

/** The row under the pictures: what is chosen, what went wrong, how good the data are and what they may mislead about. */
export function statusRow() {
  const chosen = element('div', { className: 'status-chosen' });
  const notice = element('div', { className: 'status-notice' });
  const word = element('span');
  const mark = element('span', { 'aria-hidden': 'true' });
  const quality = element('button', { type: 'button', className: 'status-quality' }, mark, word);
  const findings = element('div', { className: 'note-card', popover: 'auto', role: 'note' });
  quality.popoverTargetElement = findings;
  findings.addEventListener('toggle', () => {
    const { right, top } = quality.getBoundingClientRect();
    findings.style.right = `${Math.max(4, innerWidth - right)}px`;
    findings.style.bottom = `${innerHeight - top + 4}px`;
  });
  return {
    element: element('footer', { className: 'status-row' }, chosen, notice, quality, findings),
    showChosen(text: string): void {
      chosen.textContent = text;
      chosen.title = text;
    },
    showNotice(text: string): void {
      notice.textContent = text;
      notice.title = text;
    },
    showQuality(note: QualityNote, samples: string, mayMislead: readonly string[]): void {
      const isGood = note.findings.length === 0;
      mark.replaceChildren(icon(isGood ? 'pass' : 'warning'));
      word.textContent = `${samples} · ${note.word}`;
      quality.classList.toggle('warning', !isGood);
      const list = (title: string, lines: readonly string[]) => [
        element('h2', { text: title }),
        element('ul', {}, ...lines.map((text) => element('li', { text }))),
      ];
      findings.replaceChildren(
        ...list('Data', isGood ? ['Nothing is known against them.'] : note.findings),
        ...list('What the picture may mislead about', mayMislead),
      );
    },
  };
}
