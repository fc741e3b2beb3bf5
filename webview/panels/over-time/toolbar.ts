import type { FlameColouring } from '../../../src/core/profile/flame-colours.ts';
import type { TimedRecording } from '../../../src/protocol/over-time.ts';
import { element, icon } from '../../lib/dom.ts';
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
  const title = element('h1', { className: 'title' });
  const value = dropdown({
    label: 'What is measured',
    choices: [],
    onChoose: (chosen) => events.onValue(Number(chosen)),
  });
  const mode = dropdown<TimeMode>({
    label: 'Picture',
    key: 'h',
    choices: [
      { value: 'stacks', label: 'Stacks of a thread' },
      { value: 'heatmap', label: 'Heatmap of seconds' },
    ],
    onChoose: events.onMode,
  });
  const colouring = dropdown<FlameColouring>({
    label: 'Colour by',
    key: 'c',
    choices: [
      { value: 'module', label: 'By module' },
      { value: 'kind', label: 'By kind' },
      { value: 'heat', label: 'By heat' },
    ],
    onChoose: events.onColouring,
  });
  const closer = iconButton({ icon: 'zoom-in', label: 'Zoom in', key: '+', onClick: () => events.onZoom(2) });
  const farther = iconButton({ icon: 'zoom-out', label: 'Zoom out', key: '-', onClick: () => events.onZoom(0.5) });
  const whole = iconButton({ icon: 'home', label: 'Show all of the time', key: '0', onClick: events.onWhole });
  const table = iconButton({
    icon: 'table',
    label: 'Show as tables',
    key: 't',
    isToggle: true,
    onClick: events.onTable,
  });
  const help = iconButton({ icon: 'keyboard', label: 'Keys', key: '?', onClick: events.onHelp });
  const chipText = element('span');
  const chip = element(
    'button',
    { type: 'button', className: 'chip', title: 'Clear range: show all of the time everywhere again (Escape)' },
    icon('filter'),
    chipText,
    element('span', { className: 'visually-hidden', text: ', clear range' }),
    icon('close'),
  );
  chip.hidden = true;
  chip.addEventListener('click', () => events.onClear());
  const group = (...controls: readonly { element: HTMLElement }[]) =>
    element('div', { className: 'group' }, ...controls.map((control) => control.element));
  return {
    element: element(
      'header',
      { className: 'toolbar', role: 'toolbar', 'aria-label': 'Over time' },
      title,
      chip,
      group(value, mode),
      group(colouring),
      group(closer, farther, whole, table, help),
    ),
    showOpen({ title: name, view, values }: TimedRecording): void {
      title.textContent = name;
      title.title = name;
      value.offer(values.map(({ type }, index) => ({ value: String(index), label: type })));
      value.show(String(view.value));
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
