import type { DiffWidth } from '../../../src/core/profile/diff/diff-tree.ts';
import type { Normalisation } from '../../../src/core/profile/diff/normalisation.ts';
import type { Grouping } from '../../../src/core/profile/frame-keys.ts';
import type { TextSearch } from '../../../src/core/profile/text-search.ts';
import type { Compared, CompareLook, CompareSide, CompareSideName } from '../../../src/protocol/compare.ts';
import { element } from '../../lib/dom.ts';
import { querySearch } from '../../widgets/query-search.ts';
import {
  backButton,
  controlGroup,
  flameSwitch,
  inlinesSwitch,
  kernelSwitch,
  keysButton,
  tableSwitch,
  valueChoice,
  wholeButton,
} from '../../widgets/toolbar-controls.ts';
import { dropdown, iconButton } from '../../widgets/toolkit.ts';
import type { KeptCompare } from './kept-compare.ts';

export interface CompareToolbarEvents {
  onLook(change: Partial<CompareLook>): void;
  onSwap(): void;
  onAddFilter(): void;
  /** Another profile is wanted in the place of one. */
  onChoose(side: CompareSideName): void;
  onFlame(): void;
  onTable(): void;
  onGroup(by: Grouping): void;
  onQuery(query: TextSearch): void;
  onNextMatch(step: 1 | -1): void;
  onBack(): void;
  onReset(): void;
  onSave(from: HTMLElement): void;
  onHelp(): void;
}

const NORMALISE_LABELS: Readonly<Record<Normalisation, string>> = {
  nothing: 'As recorded',
  total: 'To the same total',
  samples: 'To as many samples',
  duration: 'Per second',
  requests: 'Per request…',
};

/** The two that are compared, and the row of controls. */
export function compareToolbar(events: CompareToolbarEvents) {
  const sides = { before: sideButton('before', events), after: sideButton('after', events) };
  const swap = iconButton({ icon: 'arrow-swap', label: 'Swap before and after', key: 'x', onClick: events.onSwap });
  const pair = element('div', { className: 'pair' }, sides.before.element, swap.element, sides.after.element);
  const value = valueChoice((value) => events.onLook({ value }));
  const normalise = dropdown<Normalisation>({
    label: 'By what the two are made comparable',
    choices: [],
    onChoose: (chosen) => events.onLook({ normalise: chosen }),
  });
  const width = dropdown<DiffWidth>({
    label: 'What widths are',
    key: 'w',
    choices: [
      { value: 'after', label: 'Width: after' },
      { value: 'before', label: 'Width: before' },
      { value: 'change', label: 'Width: change' },
    ],
    onChoose: (chosen) => events.onLook({ width: chosen }),
  });
  const by = dropdown<Grouping>({
    label: 'Rows of the table',
    key: 'g',
    choices: [
      { value: 'function', label: 'Functions' },
      { value: 'line', label: 'Lines' },
      { value: 'file', label: 'Files' },
      { value: 'module', label: 'Modules' },
    ],
    onChoose: events.onGroup,
  });
  const kernel = kernelSwitch((kernel) => events.onLook({ kernel }));
  const inlines = inlinesSwitch((inlines) => events.onLook({ inlines }));
  const filter = iconButton({ icon: 'filter', label: 'Add a filter…', key: 'a', onClick: events.onAddFilter });
  const flame = flameSwitch(events.onFlame);
  const table = tableSwitch('Show as a table', events.onTable);
  const back = backButton(events.onBack);
  const reset = wholeButton('Show everything', events.onReset);
  const save = iconButton({ icon: 'save', label: 'Save or copy', onClick: () => events.onSave(save.element) });
  const help = keysButton(events.onHelp);
  const search = querySearch(events);
  const widths = controlGroup(width);
  const rows = controlGroup(by);
  const controls = element(
    'div',
    { className: 'toolbar', role: 'toolbar', 'aria-label': 'Comparison' },
    controlGroup(value, normalise),
    widths,
    rows,
    controlGroup(kernel, inlines, filter),
    controlGroup(flame, table, back, reset, save, help),
    search.element,
  );
  return {
    element: element('header', { className: 'compare-head' }, pair, controls),
    showOpen({ before, after, look, values, normalisations, hasKernel }: Compared): void {
      sides.before.show(before);
      sides.after.show(after);
      swap.setEnabled(true);
      controls.hidden = false;
      value.show(values, look.value);
      normalise.offer(normalisations.map((one) => ({ value: one, label: NORMALISE_LABELS[one] })));
      normalise.show(look.normalise);
      width.show(look.width);
      kernel.show(look.kernel);
      kernel.element.hidden = !hasKernel && look.kernel;
      inlines.show(look.inlines);
    },
    showNothing(): void {
      sides.before.show(undefined);
      sides.after.show(undefined);
      swap.setEnabled(false);
      controls.hidden = true;
    },
    showKept({ isFlame, isTable, by: grouping, query }: KeptCompare): void {
      flame.show(isFlame);
      table.show(isTable);
      by.show(grouping);
      rows.hidden = !isTable;
      widths.hidden = isTable;
      flame.element.hidden = isTable;
      back.element.hidden = isTable;
      reset.element.hidden = isTable;
      search.show(query);
    },
    setCanGoBack: back.setEnabled,
    setHasMatches: search.setHasMatches,
    focusSearch: search.focus,
    searchField: search.field,
  };
}

function sideButton(name: CompareSideName, { onChoose }: CompareToolbarEvents) {
  const title = element('span', { className: 'side-title' });
  const button = element(
    'button',
    { type: 'button', className: 'side' },
    element('span', { className: 'side-name', text: name === 'before' ? 'Before' : 'After' }),
    title,
  );
  button.addEventListener('click', () => onChoose(name));
  return {
    element: button,
    show(side: CompareSide | undefined): void {
      title.textContent = side?.title ?? 'choose…';
      button.title = `${side?.about ?? 'Nothing is chosen'}\nClick to choose another`;
    },
  };
}
