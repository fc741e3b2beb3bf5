import type { FlameColouring } from '../../../src/core/profile/flame-colours.ts';
import type { FlameQuery } from '../../../src/core/profile/flame-search.ts';
import type { View } from '../../../src/core/profile/queries/query-model.ts';
import type { FlameOrder } from '../../../src/core/profile/row-order.ts';
import type { Open } from '../../../src/protocol/flame-graph.ts';
import { element } from '../../lib/dom.ts';
import { querySearch } from '../../widgets/query-search.ts';
import { checkbox, dropdown, iconButton } from '../../widgets/toolkit.ts';
import { FRESH_STATE, type KeptState } from './kept-state.ts';

export interface ToolbarEvents {
  onLook(change: Partial<View>): void;
  onMode(mode: FlameMode): void;
  onAddFilter(): void;
  onStep(which: 'undo' | 'redo'): void;
  onFlame(isFlame: boolean): void;
  onOrder(order: FlameOrder): void;
  onColouring(colouring: FlameColouring): void;
  onQuery(query: FlameQuery): void;
  onNextMatch(step: 1 | -1): void;
  onTable(): void;
  onBack(): void;
  onReset(): void;
  onSave(from: HTMLElement): void;
  onHelp(from: HTMLElement): void;
}

/** Which way calls are shown. */
export type FlameMode = 'topDown' | 'bottomUp' | 'sandwich';

const ALL_THREADS = 'all';

/** The row of controls over the picture. */
export function toolbar(events: ToolbarEvents) {
  const title = element('h1', { className: 'title' });
  const value = dropdown({
    label: 'What is measured',
    choices: [],
    onChoose: (chosen) => events.onLook({ value: Number(chosen) }),
  });
  const threads = dropdown({
    label: 'Threads',
    choices: [],
    onChoose: (chosen) => events.onLook({ threads: chosen === ALL_THREADS ? null : chosen.split(',').map(Number) }),
  });
  const mode = dropdown<FlameMode>({
    label: 'Calls',
    key: 'b',
    choices: MODES,
    onChoose: events.onMode,
  });
  const filter = iconButton({ icon: 'filter', label: 'Add a filter…', key: 'a', onClick: events.onAddFilter });
  const undo = iconButton({
    icon: 'discard',
    label: 'Undo the last change of the view',
    key: 'u',
    onClick: () => events.onStep('undo'),
  });
  const redo = iconButton({ icon: 'redo', label: 'Redo it', key: 'U', onClick: () => events.onStep('redo') });
  const kernel = checkbox({
    label: 'Kernel',
    title: 'Show kernel frames; without them their cost is a cost of the code that made the system call',
    key: 'k',
    onChange: (isOn) => events.onLook({ kernel: isOn }),
  });
  const inlines = checkbox({
    label: 'Inlined',
    title:
      'Show inlined functions as frames of their own; without them their cost is that of the function they were inlined into',
    key: 'i',
    onChange: (isOn) => events.onLook({ inlines: isOn }),
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
  const order = iconButton({
    icon: 'sort-precedence',
    label: 'Order calls by name, not by cost',
    key: 's',
    isToggle: true,
    onClick: () => events.onOrder(shown.order === 'name' ? 'cost' : 'name'),
  });
  const flame = iconButton({
    icon: 'arrow-swap',
    label: 'Flame: root at the bottom',
    key: 'f',
    isToggle: true,
    onClick: () => events.onFlame(!shown.isFlame),
  });
  flame.element.classList.add('turned');
  const table = iconButton({
    icon: 'table',
    label: 'Show as a table',
    key: 't',
    isToggle: true,
    onClick: events.onTable,
  });
  const back = iconButton({
    icon: 'arrow-left',
    label: 'Back to the former zoom',
    key: 'Backspace',
    onClick: events.onBack,
  });
  const reset = iconButton({ icon: 'home', label: 'Show everything', key: '0', onClick: events.onReset });
  const save = iconButton({ icon: 'save', label: 'Save the picture', onClick: () => events.onSave(save.element) });
  const help = iconButton({ icon: 'keyboard', label: 'Keys', key: '?', onClick: () => events.onHelp(help.element) });

  const search = querySearch(events);
  let shown: Pick<KeptState, 'isFlame' | 'order'> = FRESH_STATE;
  const group = (...controls: readonly { element: HTMLElement }[]) =>
    element('div', { className: 'group' }, ...controls.map((control) => control.element));
  return {
    element: element(
      'header',
      { className: 'toolbar', role: 'toolbar', 'aria-label': 'Flame graph' },
      title,
      group(value, threads),
      group(mode, colouring),
      group(filter, undo, redo),
      group(kernel, inlines),
      group(flame, order, table, back, reset, save, help),
      search.element,
    ),
    /** Shows a recording and how it's looked at. */
    showOpen({ title: name, canLook, canUndo, canRedo, view, values, threads: choices, hasKernel }: Open): void {
      title.textContent = name;
      title.title = name;
      value.offer(values.map(({ type }, index) => ({ value: String(index), label: type })));
      value.show(String(view.value));
      const one = choices.map((label, index) => ({ value: String(index), label }));
      const several = view.threads !== null && view.threads.length !== 1 ? view.threads.join(',') : undefined;
      threads.offer([
        { value: ALL_THREADS, label: choices.length === 1 ? choices[0] : `All ${choices.length} threads` },
        ...(several === undefined ? [] : [{ value: several, label: `${view.threads!.length} threads` }]),
        ...(choices.length > 1 ? one : []),
      ]);
      threads.show(view.threads === null ? ALL_THREADS : view.threads.join(','));
      kernel.show(view.kernel);
      kernel.element.hidden = !hasKernel;
      for (const control of [value, inlines, mode, filter, undo, redo]) control.element.hidden = !canLook;
      undo.setEnabled(canUndo);
      redo.setEnabled(canRedo);
      // A profile may know none: then there is nothing to choose.
      threads.element.hidden = !canLook || choices.length === 0;
      inlines.show(view.inlines);
    },
    showKept(kept: KeptState): void {
      shown = kept;
      flame.show(kept.isFlame);
      table.show(kept.isTable);
      colouring.show(kept.colouring);
      order.show(kept.order === 'name');
      search.show(kept.query);
    },
    showMode: mode.show,
    setCanGoBack: back.setEnabled,
    setHasMatches: search.setHasMatches,
    focusSearch: search.focus,
    searchField: search.field,
  };
}

const MODES = [
  { value: 'topDown', label: 'Top down' },
  { value: 'bottomUp', label: 'Bottom up' },
  { value: 'sandwich', label: 'Callers and callees' },
] as const;
