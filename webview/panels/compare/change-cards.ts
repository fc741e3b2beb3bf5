import { changeOf } from '../../../src/core/profile/diff/change.ts';
import type { Box } from '../../../src/core/profile/flame-layout.ts';
import { element } from '../../lib/dom.ts';
import type { FrameCards } from '../../widgets/frame-cards.ts';
import { aggregateWords, frameWords } from '../../widgets/frame-words.ts';
import { boxChanges, type ChangeWords, type ComparePicture, changeWords } from './change-words.ts';

/** What the pointer's card says of a frame of a comparison. */
export const CHANGE_CARDS: FrameCards = {
  frame: (picture, box) => changeCard(picture as ComparePicture, box),
  aggregate: (picture, box, count) => togetherCard(picture as ComparePicture, box, count),
};

function changeCard(picture: ComparePicture, box: Box): Node[] {
  const words = frameWords(picture, box);
  const changes = boxChanges(picture, box);
  const [self, total] = [changeWords(picture, changes.self), changeWords(picture, changes.total)];
  const lines = [words.module, words.place, words.notes.join(' · ')].filter((text) => text !== '');
  return [
    element('div', { className: 'card-name', text: words.fullName }),
    table([
      ['self', self],
      ['total', total],
    ]),
    element('div', { className: 'card-line card-chance', text: `Total: ${total.chance}` }),
    ...lines.map((text) => element('div', { className: 'card-line', text })),
  ];
}

function togetherCard(picture: ComparePicture, box: Box, count: number): Node[] {
  const { tree, layout, sampleScale } = picture;
  let [before, after] = [0, 0];
  for (let at = box; at < box + count; at++) {
    before += tree.beforeTotal[layout.node[at]];
    after += tree.afterTotal[layout.node[at]];
  }
  const words = changeWords(picture, changeOf(before, after, sampleScale));
  return [
    element('div', { className: 'card-name', text: aggregateWords(picture, box, count).title }),
    table([['together', words]]),
    element('div', { className: 'card-line', text: 'Drawn as one. Click to zoom in.' }),
  ];
}

function table(rows: readonly (readonly [string, ChangeWords])[]): HTMLElement {
  const head = (text: string) => element('th', { scope: 'col', text });
  const cell = (text: string) => element('td', { text });
  return element(
    'table',
    { className: 'card-changes' },
    element('tr', {}, head(''), head('before'), head(''), head('after'), head(''), head('change'), head('')),
    ...rows.map(([name, words]) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row', text: name }),
        ...[words.before, words.beforeShare, words.after, words.afterShare, words.change, words.changeShare].map(cell),
      ),
    ),
  );
}
