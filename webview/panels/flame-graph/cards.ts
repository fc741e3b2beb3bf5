import { element } from '../../lib/dom.ts';
import type { aggregateWords, FrameWords } from '../../widgets/frame-words.ts';

/** What the pointer's card says of a frame. */
export function frameCard(words: FrameWords): Node[] {
  const row = (label: string, share: string, amount: string) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row', text: label }),
      element('td', { text: share }),
      element('td', { text: amount }),
    );
  const lines = [words.module, words.place].filter((text) => text !== '');
  return [
    element('div', { className: 'card-name', text: words.fullName }),
    element(
      'table',
      {},
      row('self', words.selfShare, words.self),
      row('total', words.totalShare, words.total),
      ...(words.callerShare === '' ? [] : [row('of its caller', words.callerShare, '')]),
    ),
    ...lines.map((text) => element('div', { className: 'card-line', text })),
    ...(words.notes.length === 0 ? [] : [element('div', { className: 'card-line', text: words.notes.join(' · ') })]),
  ];
}

/** What it says of frames that are too narrow to draw apart. */
export function aggregateCard({ title, share, amount }: ReturnType<typeof aggregateWords>): Node[] {
  return [
    element('div', { className: 'card-name', text: title }),
    element('div', { className: 'card-line', text: `${share} · ${amount} together` }),
    element('div', { className: 'card-line', text: 'Drawn as one. Click to zoom in.' }),
  ];
}
