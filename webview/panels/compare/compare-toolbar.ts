import type { DiffWidth } from '../../../src/core/profile/diff/diff-tree.ts';
import type { Normalisation } from '../../../src/core/profile/diff/normalisation.ts';
import type { FlameQuery } from '../../../src/core/profile/flame-search.ts';
import type { Grouping } from '../../../src/core/profile/frame-keys.ts';
import type { Compared, CompareLook, CompareSide, CompareSideName } from '../../../src/protocol/compare.ts';
import { element } from '../../lib/dom.ts';
import { querySearch } from '../../widgets/query-search.ts';
import { checkbox, dropdown, iconButton } from '../../widgets/toolkit.ts';
import type { KeptCompare } from './kept-compare.ts';

export interface CompareToolbarEvents {
  onLook(change: Partial<CompareLook>): void;
  onSwap(): void;
  /** Another profile is wanted in the place of one. */
  onChoose(side: CompareSideName): void;
  onFlame(): void;
  onTable(): void;
  onGroup(by: Grouping): void;
  onQuery(query: FlameQuery): void;
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
  const value = dropdown({
    label: 'What is measured',
    choices: [],
    onChoose: (chosen) => events.onLook({ value: Number(chosen) }),
  });
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
  const flame = iconButton({
    icon: 'arrow-swap',
    label: 'Flame: root at the bottom',
    key: 'f',
    isToggle: true,
    onClick: events.onFlame,
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
  const save = iconButton({ icon: 'save', label: 'Save or copy', onClick: () => events.onSave(save.element) });
  const help = iconButton({ icon: 'keyboard', label: 'Keys', key: '?', onClick: events.onHelp });
  const search = querySearch(events);
  const group = (...controls: readonly { element: HTMLElement }[]) =>
    element('div', { className: 'group' }, ...controls.map((control) => control.element));
  const widths = group(width);
  const rows = group(by);
  const controls = element(
    'div',
    { className: 'toolbar', role: 'toolbar', 'aria-label': 'Comparison' },
    group(value, normalise),
    widths,
    rows,
    group(kernel, inlines),
    group(flame, table, back, reset, save, help),
    search.element,
  );
  return {
    element: element('header', { className: 'compare-head' }, pair, controls),
    showOpen({ before, after, look, values, normalisations, hasKernel }: Compared): void {
      sides.before.show(before);
      sides.after.show(after);
      swap.setEnabled(true);
      controls.hidden = false;
      value.offer(values.map(({ type }, index) => ({ value: String(index), label: type })));
      value.show(String(look.value));
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
