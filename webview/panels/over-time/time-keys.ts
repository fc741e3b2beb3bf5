import type { KeyRow } from '../../widgets/key-list.ts';
import type { OverTimePanel } from './over-time-panel.ts';

/** Every key of the panel. */
export function timeKeys(panel: OverTimePanel): KeyRow[] {
  const on = panel.pictures;
  const row = (
    keys: readonly string[],
    shown: string,
    does: string,
    run: KeyRow['run'],
    within?: HTMLElement,
  ): KeyRow => ({
    keys,
    shown,
    does,
    run,
    ...(within ? { on: within } : {}),
  });
  const move = (step: 1 | -1) => (event: KeyboardEvent) => panel.moveSelection(step, event.shiftKey);
  const next = <V extends string>(values: readonly V[], now: V): V => values[(values.indexOf(now) + 1) % values.length];
  return [
    row(['ArrowRight'], '→ ←', 'choose a range, and move it', move(1), on),
    row(['ArrowLeft'], 'Shift+→ ←', 'make it longer, shorter', move(-1), on),
    row(
      ['Enter', ' '],
      'Enter',
      'show the range everywhere: lines, hot spots, flame graph',
      () => panel.applySelection(),
      on,
    ),
    row(['Escape'], 'Esc', 'give the chosen range up, then show all of the time again', () => panel.escape()),
    row(['ArrowDown'], '↓ ↑', 'to the next thread (in the heatmap: move the range by a cell)', () => panel.step(1), on),
    row(['ArrowUp'], '', '', () => panel.step(-1), on),
    row(['+', '='], '+ −', 'zoom in, zoom out', () => panel.zoomBy(2)),
    row(['-', '−'], '', '', () => panel.zoomBy(0.5)),
    row(['PageDown'], 'Page ↓ ↑', 'later, earlier', () => panel.panBy(0.8), on),
    row(['PageUp'], '', '', () => panel.panBy(-0.8), on),
    row(['Home'], 'Home End', 'to the beginning, to the end', () => panel.panBy(Number.NEGATIVE_INFINITY), on),
    row(['End'], '', '', () => panel.panBy(Number.POSITIVE_INFINITY), on),
    row(['z'], 'z', 'zoom to the range', () => panel.zoomToRange()),
    row(['0'], '0', 'show all of the time here', () => panel.showWhole()),
    row(['h'], 'h', 'heatmap of seconds, or stacks', () =>
      panel.setMode(panel.kept.mode === 'stacks' ? 'heatmap' : 'stacks'),
    ),
    row(['c'], 'c', 'colour by module, kind, heat', () =>
      panel.setColouring(next(['module', 'kind', 'heat'], panel.kept.colouring)),
    ),
    row(['t'], 't', 'tables, or pictures', () => panel.toggleTable()),
    row(['?'], '?', 'these keys', () => panel.help()),
  ];
}

export const POINTER = [
  ['Drag', 'show a range everywhere'],
  ['Click', 'open the source of a box; choose a thread'],
  ['Wheel', 'zoom'],
  ['Shift+Drag', 'pan'],
  ['Shift+Wheel', 'up and down'],
] as const;
