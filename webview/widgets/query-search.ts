import type { TextSearch } from '../../src/core/profile/text-search.ts';
import { element } from '../lib/dom.ts';
import { isRecord } from '../lib/is-record.ts';
import { iconButton, searchField } from './toolkit.ts';

export const NO_QUERY: TextSearch = { text: '', isRegex: false, matchCase: false };

/** Whether something that was kept is a query. */
export function isQuery(kept: unknown): kept is TextSearch {
  if (!isRecord(kept)) return false;
  return (
    typeof kept['text'] === 'string' && typeof kept['isRegex'] === 'boolean' && typeof kept['matchCase'] === 'boolean'
  );
}

export interface QuerySearchEvents {
  onQuery(query: TextSearch): void;
  onNextMatch(step: 1 | -1): void;
}

const FUNCTIONS = { label: 'Search functions', placeholder: 'Search functions' };

/** A field for what is looked for in names, with how it is meant, and the way from match to match. */
export function querySearch(
  { onQuery, onNextMatch }: QuerySearchEvents,
  { label, placeholder }: { readonly label: string; readonly placeholder: string } = FUNCTIONS,
) {
  let query = NO_QUERY;
  const field = searchField({
    label,
    key: '/',
    placeholder,
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
  const previous = iconButton({ icon: 'arrow-up', label: 'Previous match', key: 'N', onClick: () => onNextMatch(-1) });
  const next = iconButton({ icon: 'arrow-down', label: 'Next match', key: 'n', onClick: () => onNextMatch(1) });
  field.element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') onNextMatch(event.shiftKey ? -1 : 1);
  });
  const show = (changed: TextSearch) => {
    query = changed;
    if (field.text !== changed.text) field.show(changed.text);
    matchCase.show(changed.matchCase);
    isRegex.show(changed.isRegex);
  };
  function ask(change: Partial<TextSearch>): void {
    show({ ...query, ...change });
    onQuery(query);
  }
  return {
    element: element(
      'div',
      { className: 'group search', role: 'search' },
      ...[field, matchCase, isRegex, previous, next].map((control) => control.element),
    ),
    field: field.element,
    show,
    focus: field.focus,
    /** Whether there are matches to step through. */
    setHasMatches(hasMatches: boolean): void {
      for (const control of [previous, next]) control.element.hidden = !hasMatches;
    },
  };
}
