import type { QualityNote } from '../../../src/protocol/flame-graph.ts';
import { element, icon } from '../../lib/dom.ts';

/** The row under the tables: what there is, what went wrong, what figures may mislead about, how good the data are. */
export function statusRow() {
  const words = element('div', { className: 'status-words' });
  const row = element('div', { className: 'status-current' });
  const notice = element('div', { className: 'status-notice' });
  const qualityWord = element('span');
  const qualityIcon = element('span', { 'aria-hidden': 'true' });
  const quality = element('button', { type: 'button', className: 'status-quality' }, qualityIcon, qualityWord);
  const findings = element('div', { className: 'note-card', popover: 'auto', role: 'note' });
  quality.popoverTargetElement = findings;
  findings.addEventListener('toggle', () => {
    const { right, top } = quality.getBoundingClientRect();
    findings.style.right = `${Math.max(4, innerWidth - right)}px`;
    findings.style.bottom = `${innerHeight - top + 4}px`;
  });
  return {
    element: element('footer', { className: 'status-row' }, words, row, notice, quality, findings),
    showWords(text: string): void {
      words.textContent = text;
    },
    showCurrent(text: string, title: string): void {
      row.textContent = text;
      row.title = title;
      // What was done is no news any more where one has gone on.
      if (!notice.classList.contains('error')) notice.textContent = '';
    },
    showNotice(text: string, { isError = true } = {}): void {
      notice.textContent = text;
      notice.title = text;
      notice.classList.toggle('error', isError);
    },
    showQuality({ word, findings: found }: QualityNote, samples: string, mayMislead: readonly string[]): void {
      const isGood = found.length === 0;
      qualityIcon.replaceChildren(icon(isGood ? 'pass' : 'warning'));
      qualityWord.textContent = `${samples} · ${word}`;
      quality.classList.toggle('warning', !isGood);
      quality.title = isGood ? 'Nothing speaks against the data' : found.join('\n');
      const list = (title: string, lines: readonly string[]) => [
        element('h2', { text: title }),
        element('ul', {}, ...lines.map((text) => element('li', { text }))),
      ];
      findings.replaceChildren(
        ...list('Data', isGood ? ['Nothing is known against them.'] : found),
        ...(mayMislead.length === 0 ? [] : list('What figures may mislead about', mayMislead)),
      );
    },
  };
}
