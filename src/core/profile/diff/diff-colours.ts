import type { FlameColours, Swatch } from '../flame-colours.ts';
import { type Change, changeOf } from './change.ts';
import type { DiffTree } from './diff-tree.ts';
import type { SampleScale } from './poisson-interval.ts';

/** How much something fell (below 0) or rose: 0 for about the same, 3 for twice as much or half of it. */
export type ChangeStep = -3 | -2 | -1 | 0 | 1 | 2 | 3;

/** Factors at which a step begins. A fall has the steps of the rise that would make up for it. */
const FACTORS = [1.05, 1.25, 2] as const;

const LEGEND: readonly Swatch[] = [
  { label: 'gone', colour: { change: -3 }, mark: 'gone ▼', edge: 'gone' },
  { label: 'half or less', colour: { change: -3 }, mark: '▼', edge: 'fall' },
  { label: '−20 %…', colour: { change: -2 }, mark: '▼', edge: 'fall' },
  { label: '−5 %…', colour: { change: -1 }, mark: '▼', edge: 'fall' },
  { label: 'about the same', colour: { change: 0 } },
  { label: '+5 %…', colour: { change: 1 }, mark: '▲', edge: 'rise' },
  { label: '+25 %…', colour: { change: 2 }, mark: '▲', edge: 'rise' },
  { label: 'double or more', colour: { change: 3 }, mark: '▲', edge: 'rise' },
  { label: 'new', colour: { change: 3 }, mark: 'new ▲', edge: 'new' },
  { label: 'not known', colour: 'faint', mark: '≈' },
  { label: 'new, not known', colour: 'faint', mark: 'new ≈' },
  { label: 'gone, not known', colour: 'faint', mark: 'gone ≈' },
];
const SAME = 4;
const [GONE, NEW, UNKNOWN, NEW_UNKNOWN, GONE_UNKNOWN] = [0, 8, 9, 10, 11];

/** The colour of each call by the change of its total. */
export function diffColours(tree: DiffTree, sampleScale: SampleScale): FlameColours {
  const { beforeTotal, afterTotal } = tree;
  return {
    swatch: new Uint8Array(tree.functions.name.length),
    ofNode: Uint8Array.from(beforeTotal, (before, node) => swatchOf(changeOf(before, afterTotal[node], sampleScale))),
    isOfRoot: true,
    legend: LEGEND,
  };
}

function swatchOf(change: Change): number {
  const { presence, verdict } = change;
  const isUnknown = verdict === 'unknown';
  if (presence === 'new') return isUnknown ? NEW_UNKNOWN : NEW;
  if (presence === 'gone') return isUnknown ? GONE_UNKNOWN : GONE;
  return isUnknown ? UNKNOWN : SAME + changeStep(change.before, change.after);
}

/** The step from one weight to another. */
export function changeStep(before: number, after: number): ChangeStep {
  const [less, more] = [Math.min(before, after), Math.max(before, after)];
  if (less === more) return 0;
  // Beyond 0 there are no factors: a change of sign is as large as any.
  const steps = less > 0 ? FACTORS.filter((factor) => more >= less * factor).length : FACTORS.length;
  return (after > before ? steps : -steps || 0) as ChangeStep;
}
