import type { FlameColouring } from '../../../src/core/profile/flame-colours.ts';
import type { View } from '../../../src/core/profile/queries/query-model.ts';
import type { FlameOrder } from '../../../src/core/profile/row-order.ts';
import type { TextSearch } from '../../../src/core/profile/text-search.ts';
import type { Open } from '../../../src/protocol/flame-graph.ts';
import { element } from '../../lib/dom.ts';
import { querySearch } from '../../widgets/query-search.ts';
import {
  backButton,
  colouringChoice,
  controlGroup,
  flameSwitch,
  inlinesSwitch,
  kernelSwitch,
  keysButton,
  tableSwitch,
  toolbarTitle,
  valueChoice,
  wholeButton,
} from '../../widgets/toolbar-controls.ts';
import { dropdown, iconButton } from '../../widgets/toolkit.ts';
import { FRESH_STATE, type KeptState } from './kept-state.ts';

export interface ToolbarEvents {
  onLook(change: Partial<View>): void;
  onMode(mode: FlameMode): void;
  onAddFilter(): void;
  onStep(which: 'undo' | 'redo'): void;
  onFlame(isFlame: boolean): void;
  onOrder(order: FlameOrder): void;
  onColouring(colouring: FlameColouring): void;
  onQuery(query: TextSearch): void;
  onNextMatch(step: 1 | -1): void;
  onTable(): void;
  onBack(): void;
  onReset(): void;
  onSave(from: HTMLElement): void;
  onHelp(): void;
}

/** Which way calls are shown. */
export type FlameMode = 'topDown' | 'bottomUp' | 'sandwich';

const ALL_THREADS = 'all';

/** The row of controls over the picture. */
export function toolbar(events: ToolbarEvents) {
  const title = toolbarTitle();
  const value = valueChoice((value) => events.onLook({ value }));
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
  const kernel = kernelSwitch((kernel) => events.onLook({ kernel }));
  const inlines = inlinesSwitch((inlines) => events.onLook({ inlines }));
  const colouring = colouringChoice(events.onColouring);
  const order = iconButton({
    icon: 'sort-precedence',
    label: 'Order calls by name, not by cost',
    key: 's',
    isToggle: true,
    onClick: () => events.onOrder(shown.order === 'name' ? 'cost' : 'name'),
  });
  const flame = flameSwitch(() => events.onFlame(!shown.isFlame));
  const table = tableSwitch('Show as a table', events.onTable);
  const back = backButton(events.onBack);
  const reset = wholeButton('Show everything', events.onReset);
  const save = iconButton({ icon: 'save', label: 'Save the picture', onClick: () => events.onSave(save.element) });
  const help = keysButton(events.onHelp);

  const search = querySearch(events);
  let shown: Pick<KeptState, 'isFlame' | 'order'> = FRESH_STATE;
  return {
    element: element(
      'header',
      { className: 'toolbar', role: 'toolbar', 'aria-label': 'Flame graph' },
      title.element,
      controlGroup(value, threads),
      controlGroup(mode, colouring),
      controlGroup(flame, order, table, back, reset, save, help),
      search.element,
    ),
    /** What is left out of the picture, for the row below. */
    filters: controlGroup(filter, undo, redo, kernel, inlines),
    /** Shows a recording and how it's looked at. */
    showOpen({ title: name, canLook, canUndo, canRedo, view, values, threads: choices, hasKernel }: Open): void {
      title.show(name);
      value.show(values, view.value);
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
