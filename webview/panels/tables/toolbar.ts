import { GROUPINGS, type Grouping } from '../../../src/core/profile/frame-keys.ts';
import type { TextSearch } from '../../../src/core/profile/text-search.ts';
import type { TableName, TablesOpen } from '../../../src/protocol/tables.ts';
import { element } from '../../lib/dom.ts';
import { querySearch } from '../../widgets/query-search.ts';
import { controlGroup, keysButton, toolbarTitle } from '../../widgets/toolbar-controls.ts';
import { dropdown, iconButton } from '../../widgets/toolkit.ts';
import type { KeptState } from './kept-state.ts';

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
  const title = toolbarTitle();
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
  const help = keysButton(events.onHelp);
  const search = querySearch(
    { onQuery: events.onSearch, onNextMatch: events.onNextMatch },
    { label: 'Search functions, files and modules', placeholder: 'Search' },
  );
  const looked = element('span', { className: 'looked' });
  return {
    element: element(
      'header',
      { className: 'toolbar', role: 'toolbar', 'aria-label': 'Tables' },
      title.element,
      controlGroup(table, by),
      controlGroup(heaviest, all, collapse),
      element('div', { className: 'group' }, looked, view.element),
      controlGroup(copy, help),
      search.element,
    ),
    showOpen(open: TablesOpen | undefined): void {
      title.show(open?.title ?? '');
      looked.textContent = open?.looked ?? '';
      looked.title = open?.looked ?? '';
    },
    showKept({ table: shown, by: grouping, search: kept }: KeptState): void {
      table.show(shown);
      by.show(grouping);
      by.element.hidden = shown !== 'top';
      for (const control of [heaviest, all, collapse]) control.element.hidden = shown === 'top';
      search.setHasMatches(shown !== 'top' && kept.text !== '');
      search.show(kept);
    },
    focusSearch: search.focus,
    searchField: search.field,
  };
}
