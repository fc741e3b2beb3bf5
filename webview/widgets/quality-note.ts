import type { QualityNote } from '../../src/protocol/panel-state.ts';
import { element, icon } from '../lib/dom.ts';

/** A word on how good the data are, and the list that it opens: what is known against them, and what they may mislead about. */
export function qualityNote(mayMisleadTitle: string) {
  const words = element('span');
  const mark = element('span', { 'aria-hidden': 'true' });
  const button = element('button', { type: 'button', className: 'status-quality' }, mark, words);
  const card = element('div', { className: 'note-card', popover: 'auto', role: 'note' });
  button.popoverTargetElement = card;
  // Before it is shown: afterwards it would be seen in another place first.
  card.addEventListener('beforetoggle', () => {
    const { right, top } = button.getBoundingClientRect();
    card.style.right = `${Math.max(4, innerWidth - right)}px`;
    card.style.bottom = `${innerHeight - top + 4}px`;
    card.style.maxHeight = `${Math.max(0, top - 8)}px`;
  });
  return {
    elements: [button, card],
    /** @param more further lists, by their title; an empty one is left out */
    show(
      { word, findings }: QualityNote,
      samples: string,
      mayMislead: readonly string[],
      more: readonly (readonly [title: string, lines: readonly string[]])[] = [],
    ): void {
      const isGood = findings.length === 0;
      mark.replaceChildren(icon(isGood ? 'pass' : 'warning'));
      words.textContent = `${samples} · ${word}`;
      button.classList.toggle('warning', !isGood);
      button.title = isGood ? 'Nothing speaks against the data' : findings.join('\n');
      card.replaceChildren(
        ...list('Data', isGood ? ['Nothing is known against them.'] : findings),
        ...more.flatMap(([title, lines]) => list(title, lines)),
        ...list(mayMisleadTitle, mayMislead),
      );
    },
  };
}

function list(title: string, lines: readonly string[]): HTMLElement[] {
  if (lines.length === 0) return [];
  return [element('h2', { text: title }), element('ul', {}, ...lines.map((text) => element('li', { text })))];
}
