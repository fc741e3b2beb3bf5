import type { SpeedscopeOpen } from '../../../src/protocol/speedscope.ts';
import { element, icon } from '../../lib/dom.ts';
import { textButton } from '../../widgets/toolkit.ts';

/** The row below speedscope: what it shows, what it can't show of it, and whether that is still what is looked at elsewhere. */
export interface StatusRow {
  readonly element: HTMLElement;
  /** Without a state there is nothing to say. Losses stay as they were where none are given. */
  show(state: SpeedscopeOpen | undefined, losses?: readonly string[]): void;
}

export function statusRow(onReload: () => void): StatusRow {
  const title = element('strong');
  const shown = element('span', { className: 'shown' });
  const limits = element('span', { className: 'limits', tabindex: '0' }, icon('info'));
  const reload = textButton({ label: 'Reload with the Current View', isPrimary: false, onClick: onReload });
  const changed = element(
    'span',
    { className: 'changed', role: 'status' },
    element('span', { text: 'The view has changed.' }),
    reload,
  );
  const row = element(
    'footer',
    { className: 'status', 'aria-label': 'What Speedscope shows' },
    title,
    shown,
    limits,
    changed,
  );
  row.hidden = true;
  return {
    element: row,
    show(state, losses) {
      row.hidden = state === undefined;
      if (!state) return;
      title.textContent = state.title;
      shown.textContent = state.shown;
      shown.title = state.shown;
      changed.hidden = !state.isStale;
      if (!losses) return;
      const text = [SHOWN, ...losses, KEYS].join('\n');
      limits.title = text;
      limits.setAttribute('aria-label', text);
      limits.setAttribute('role', 'img');
    },
  };
}

const SHOWN = 'Speedscope shows the profile as it was looked at when it was opened here.';
const KEYS =
  'Keys: 1 time order, 2 left heavy, 3 sandwich, 0 all of it, t threads, n and p the next and the last, Ctrl+F search.';
