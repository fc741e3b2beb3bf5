import type { QualityNote } from '../../src/protocol/flame-graph.ts';
import { element, icon } from '../lib/dom.ts';

/** The row under the picture: what is selected, what a search found, what the picture may mislead about, how good the data are. */
export function statusRow() {
  const frame = element('div', { className: 'status-frame' });
  const matches = element('div', { className: 'status-matches' });
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
    element: element('footer', { className: 'status-row' }, frame, matches, notice, quality, findings),
    showFrame(name: string, title: string, figures: string): void {
      frame.replaceChildren(
        element('span', { className: 'status-name', text: name, title }),
        element('span', { text: figures }),
      );
    },
    showMatches(text: string, { isError = false } = {}): void {
      matches.textContent = text;
      matches.classList.toggle('error', isError);
    },
    showNotice(text: string): void {
      notice.textContent = text;
      notice.title = text;
    },
    /** @param more further lists, by their title; an empty one is left out */
    showQuality(
      { word, findings: found }: QualityNote,
      samples: string,
      mayMislead: readonly string[],
      more: readonly (readonly [title: string, lines: readonly string[]])[] = [],
    ): void {
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
        ...more.flatMap(([title, lines]) => (lines.length > 0 ? list(title, lines) : [])),
        ...list('What the picture may mislead about', mayMislead),
      );
    },
  };
}
