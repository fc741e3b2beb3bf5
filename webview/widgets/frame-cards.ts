import type { Box } from '../../src/core/profile/flame-layout.ts';
import { element } from '../lib/dom.ts';
import { aggregateWords, type FlamePicture, frameWords } from './frame-words.ts';

/** What the pointer's card says. */
export interface FrameCards {
  frame(picture: FlamePicture, box: Box): Node[];
  /** Of frames that are too narrow to draw apart. */
  aggregate(picture: FlamePicture, box: Box, count: number): Node[];
}

export const FRAME_CARDS: FrameCards = { frame: frameCard, aggregate: aggregateCard };

function frameCard(picture: FlamePicture, box: Box): Node[] {
  const words = frameWords(picture, box);
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

function aggregateCard(picture: FlamePicture, box: Box, count: number): Node[] {
  const { title, share, amount } = aggregateWords(picture, box, count);
  return [
    element('div', { className: 'card-name', text: title }),
    element('div', { className: 'card-line', text: `${share} · ${amount} together` }),
    element('div', { className: 'card-line', text: 'Drawn as one. Click to zoom in.' }),
  ];
}
