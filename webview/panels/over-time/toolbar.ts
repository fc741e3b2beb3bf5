import type { FlameColouring } from '../../../src/core/profile/flame-colours.ts';
import type { TimedRecording } from '../../../src/protocol/over-time.ts';
import { element, icon } from '../../lib/dom.ts';
import {
  colouringChoice,
  controlGroup,
  keysButton,
  tableSwitch,
  toolbarTitle,
  valueChoice,
  wholeButton,
} from '../../widgets/toolbar-controls.ts';
import { dropdown, iconButton } from '../../widgets/toolkit.ts';
import type { KeptState, TimeMode } from './kept-state.ts';

export interface ToolbarEvents {
  onValue(value: number): void;
  onMode(mode: TimeMode): void;
  onColouring(colouring: FlameColouring): void;
  onZoom(factor: number): void;
  onWhole(): void;
  onTable(): void;
  onClear(): void;
  onHelp(): void;
}

/** The row of controls over the pictures. */
export function toolbar(events: ToolbarEvents) {
  const title = toolbarTitle();
  const value = valueChoice(events.onValue);
  const mode = dropdown<TimeMode>({
    label: 'Picture',
    key: 'h',
    choices: [
      { value: 'stacks', label: 'Stacks of a thread' },
      { value: 'heatmap', label: 'Heatmap of seconds' },
    ],
    onChoose: events.onMode,
  });
  const colouring = colouringChoice(events.onColouring);
  const closer = iconButton({ icon: 'zoom-in', label: 'Zoom in', key: '+', onClick: () => events.onZoom(2) });
  const farther = iconButton({ icon: 'zoom-out', label: 'Zoom out', key: '-', onClick: () => events.onZoom(0.5) });
  const whole = wholeButton('Show all of the time', events.onWhole);
  const table = tableSwitch('Show as tables', events.onTable);
  const help = keysButton(events.onHelp);
  const chipText = element('span');
  const chip = element(
    'button',
    { type: 'button', className: 'range-chip', title: 'Clear range: show all of the time everywhere again (Escape)' },
    icon('filter'),
    chipText,
    element('span', { className: 'visually-hidden', text: ', clear range' }),
    icon('close'),
  );
  chip.hidden = true;
  chip.addEventListener('click', () => events.onClear());
  return {
    element: element(
      'header',
      { className: 'toolbar', role: 'toolbar', 'aria-label': 'Over time' },
      title.element,
      chip,
      controlGroup(value, mode),
      controlGroup(colouring),
      controlGroup(closer, farther, whole, table, help),
    ),
    showOpen({ title: name, view, values }: TimedRecording): void {
      title.show(name);
      value.show(values, view.value);
    },
    showKept(kept: KeptState): void {
      mode.show(kept.mode);
      colouring.show(kept.colouring);
      colouring.element.hidden = kept.mode === 'heatmap';
      table.show(kept.isTable);
    },
    /** Says what range is shown everywhere; none for all of the time. */
    showRange(text: string | undefined): void {
      chip.hidden = text === undefined;
      chipText.textContent = text ?? '';
    },
  };
}
