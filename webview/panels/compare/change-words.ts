import {
  type Change,
  chanceText,
  changeAmountText,
  changeOf,
  changeShareText,
} from '../../../src/core/profile/diff/change.ts';
import type { DiffTree } from '../../../src/core/profile/diff/diff-tree.ts';
import type { SampleScale } from '../../../src/core/profile/diff/poisson-interval.ts';
import type { Box } from '../../../src/core/profile/flame-layout.ts';
import { formatAmount, formatShare } from '../../../src/core/units.ts';
import { type FlamePicture, frameWords } from '../../widgets/frame-words.ts';

/** A picture of changes, and the wholes that shares are of. */
export interface ComparePicture extends FlamePicture {
  readonly tree: DiffTree;
  readonly before: number;
  readonly after: number;
  readonly sampleScale: SampleScale;
}

/** What changed in a frame, as a person reads it. */
export interface ChangeWords {
  readonly before: string;
  readonly beforeShare: string;
  readonly after: string;
  readonly afterShare: string;
  /** `▲ +12 ms`. */
  readonly change: string;
  /** `▲ +12 % (8…16)`. */
  readonly changeShare: string;
  /** Whether chance explains it. */
  readonly chance: string;
}

export function changeWords(picture: ComparePicture, change: Change): ChangeWords {
  const { tree, before, after } = picture;
  const { unit, type } = tree.value;
  return {
    before: formatAmount(change.before, unit, type),
    beforeShare: formatShare(change.before / before),
    after: formatAmount(change.after, unit, type),
    afterShare: formatShare(change.after / after),
    change: changeAmountText(change, unit, type),
    changeShare: changeShareText(change),
    chance: chanceText(change),
  };
}

/** What changed in a box itself, and in it with all that it calls. */
export function boxChanges({ tree, layout, sampleScale }: ComparePicture, box: Box): { self: Change; total: Change } {
  const node = layout.node[box];
  return {
    self: changeOf(tree.beforeSelf[node], tree.afterSelf[node], sampleScale),
    total: changeOf(tree.beforeTotal[node], tree.afterTotal[node], sampleScale),
  };
}

/** A frame's change on one line: `1.2 s → 1.5 s · ▲ +25 % (20…30)`. */
export function changeLine(picture: ComparePicture, box: Box): string {
  const { before, after, changeShare } = changeWords(picture, boxChanges(picture, box).total);
  return `total ${before} → ${after} · ${changeShare}`;
}

/** A frame in one sentence, for a screen reader. */
export function changeSentence(picture: ComparePicture, box: Box): string {
  const { name, notes } = frameWords(picture, box);
  const { layout } = picture;
  const { self, total } = boxChanges(picture, box);
  const calls = layout.firstChild[box + 1] - layout.firstChild[box];
  const said = (change: Change) => {
    const { before, after, changeShare } = changeWords(picture, change);
    return `${spoken(changeShare)}, ${before} before, ${after} after`;
  };
  return [
    name,
    `total ${said(total)}`,
    `self ${said(self)}`,
    ...notes,
    `depth ${layout.row[box]}`,
    calls === 0 ? 'calls nothing' : calls === 1 ? 'calls 1 function' : `calls ${calls} functions`,
  ].join(', ');
}

/** Signs are read out as words. */
function spoken(text: string): string {
  return text.replace('▲', 'more:').replace('▼', 'less:').replace('≈', 'about the same:').replace('…', ' to ');
}
