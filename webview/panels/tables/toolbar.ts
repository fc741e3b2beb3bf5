import { GROUPINGS, type Grouping } from '../../../src/core/profile/frame-keys.ts';
import type { TextSearch } from '../../../src/core/profile/text-search.ts';
import type { TableName, TablesOpen } from '../../../src/protocol/tables.ts';
import { element } from '../../lib/dom.ts';
import { dropdown, iconButton, searchField } from '../../widgets/toolkit.ts';
import { type KeptState, NO_SEARCH } from './kept-state.ts';

export interface ToolbarEvents {
  onTable(table: TableName): void;
  onBy(by: Grouping): void;
  onSearch(search: TextSearch): void;
  onNextMatch(step: 1 | -1): void;
  onExpand(what: 'heaviest' | 'all'): void;
  onCollapse(): void;
  onCopy(from: HTMLElement): void;
  onView(): void;
  onHelp(): void;
}

/** The row of controls over the tables. */
export function toolbar(events: ToolbarEvents) {
  const title = element('h1', { className: 'title' });
  const table = dropdown<TableName>({
    label: 'Table',
    key: 't, d, u',
    choices: [
      { value: 'top', label: 'Top' },
      { value: 'down', label: 'Call tree' },
      { value: 'up', label: 'Bottom up' },
    ],
    onChoose: events.onTable,
  });
  const by = dropdown<Grouping>({
    label: 'Rows are',
    choices: GROUPINGS.map((value) => ({ value, label: `By ${value}` })),
    onChoose: events.onBy,
  });
  const heaviest = iconButton({
    icon: 'flame',
    label: 'Expand the most expensive path',
    key: '*',
    onClick: () => events.onExpand('heaviest'),
  });
  const all = iconButton({
    icon: 'expand-all',
    label: 'Expand all below',
    key: 'e',
    onClick: () => events.onExpand('all'),
  });
  const collapse = iconButton({ icon: 'collapse-all', label: 'Collapse all', key: 'x', onClick: events.onCollapse });
  const copy = iconButton({ icon: 'copy', label: 'Copy rows', onClick: () => events.onCopy(copy.element) });
  const view = iconButton({ icon: 'settings', label: 'Choose what is shown', key: 'v', onClick: events.onView });
  const help = iconButton({ icon: 'keyboard', label: 'Keys', key: '?', onClick: events.onHelp });

  let query = NO_SEARCH;
  const ask = (change: Partial<TextSearch>) => {
    showSearch({ ...query, ...change });
    events.onSearch(query);
  };
  const search = searchField({
    label: 'Search functions, files and modules',
    key: '/',
    placeholder: 'Search',
    onInput: (text) => ask({ text }),
  });
  const matchCase = iconButton({
    icon: 'case-sensitive',
    label: 'Match case',
    isToggle: true,
    onClick: () => ask({ matchCase: !query.matchCase }),
  });
  const isRegex = iconButton({
    icon: 'regex',
    label: 'Use a regular expression',
    isToggle: true,
    onClick: () => ask({ isRegex: !query.isRegex }),
  });
  const step = (to: 1 | -1) => events.onNextMatch(to);
  const previous = iconButton({ icon: 'arrow-up', label: 'Previous match', key: 'N', onClick: () => step(-1) });
  const next = iconButton({ icon: 'arrow-down', label: 'Next match', key: 'n', onClick: () => step(1) });
  search.element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') events.onNextMatch(event.shiftKey ? -1 : 1);
  });
  function showSearch(changed: TextSearch): void {
    query = changed;
    if (search.text !== changed.text) search.show(changed.text);
    matchCase.show(changed.matchCase);
    isRegex.show(changed.isRegex);
  }

  const group = (...controls: readonly { element: HTMLElement }[]) =>
    element('div', { className: 'group' }, ...controls.map((control) => control.element));
  const looked = element('span', { className: 'looked' });
  return {
    element: element(
      'header',
      { className: 'toolbar', role: 'toolbar', 'aria-label': 'Tables' },
      title,
      group(table, by),
      group(heaviest, all, collapse),
      element('div', { className: 'group' }, looked, view.element),
      group(copy, help),
      element(
        'div',
        { className: 'group search', role: 'search' },
        ...[search, matchCase, isRegex, previous, next].map((control) => control.element),
      ),
    ),
    showOpen(open: TablesOpen | undefined): void {
      title.textContent = open?.title ?? '';
      title.title = open?.title ?? '';
      looked.textContent = open?.looked ?? '';
      looked.title = open?.looked ?? '';
    },
    showKept({ table: shown, by: grouping, search: kept }: KeptState): void {
      table.show(shown);
      by.show(grouping);
      by.element.hidden = shown !== 'top';
      for (const control of [heaviest, all, collapse]) control.element.hidden = shown === 'top';
      for (const control of [previous, next]) control.element.hidden = shown === 'top' || kept.text === '';
      showSearch(kept);
    },
    focusSearch: search.focus,
    searchField: search.element,
  };
}
