import { nextOf } from '../../lib/next-of.ts';
import { type KeyRow, keyRow, type ShownKey } from '../../widgets/keys.ts';
import type { OverTimePanel } from './over-time-panel.ts';

/** Every key of the panel. */
export function timeKeys(panel: OverTimePanel): KeyRow[] {
  const on = () => panel.pictures;
  const move = (step: 1 | -1) => (event: KeyboardEvent) => panel.moveSelection(step, event.shiftKey);
  return [
    keyRow(['ArrowRight'], '→ ←', 'choose a range, and move it', move(1), on),
    keyRow(['ArrowLeft'], 'Shift+→ ←', 'make it longer, shorter', move(-1), on),
    keyRow(
      ['Enter', ' '],
      'Enter',
      'show the range everywhere: lines, hot spots, flame graph',
      () => panel.applySelection(),
      on,
    ),
    keyRow(['Escape'], 'Esc', 'give the chosen range up, then show all of the time again', () => panel.escape()),
    keyRow(
      ['ArrowDown'],
      '↓ ↑',
      'to the next thread (in the heatmap: move the range by a cell)',
      () => panel.step(1),
      on,
    ),
    keyRow(['ArrowUp'], '', '', () => panel.step(-1), on),
    keyRow(['+', '='], '+ −', 'zoom in, zoom out', () => panel.zoomBy(2)),
    keyRow(['-', '−'], '', '', () => panel.zoomBy(0.5)),
    keyRow(['PageDown'], 'Page ↓ ↑', 'later, earlier', () => panel.panBy(0.8), on),
    keyRow(['PageUp'], '', '', () => panel.panBy(-0.8), on),
    keyRow(['Home'], 'Home End', 'to the beginning, to the end', () => panel.panBy(Number.NEGATIVE_INFINITY), on),
    keyRow(['End'], '', '', () => panel.panBy(Number.POSITIVE_INFINITY), on),
    keyRow(['z'], 'z', 'zoom to the range', () => panel.zoomToRange()),
    keyRow(['0'], '0', 'show all of the time here', () => panel.showWhole()),
    keyRow(['h'], 'h', 'heatmap of seconds, or stacks', () =>
      panel.setMode(panel.kept.mode === 'stacks' ? 'heatmap' : 'stacks'),
    ),
    keyRow(['c'], 'c', 'colour by module or package, kind, heat', () =>
      panel.setColouring(nextOf(['module', 'kind', 'heat'], panel.kept.colouring)),
    ),
    keyRow(['t'], 't', 'tables, or pictures', () => panel.toggleTable()),
    keyRow(['?'], '?', 'these keys', () => panel.help()),
  ];
}

export const POINTER: readonly ShownKey[] = [
  ['Drag', 'show a range everywhere'],
  ['Click', 'open the source of a box; choose a thread'],
  ['Wheel', 'zoom'],
  ['Shift+Drag', 'pan'],
  ['Shift+Wheel', 'up and down'],
];
