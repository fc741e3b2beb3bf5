import { element } from '../lib/dom.ts';

/** A key, what it does in words, and what it does. */
export interface KeyRow {
  /** As KeyboardEvent.key says them. */
  readonly keys: readonly string[];
  /** As a person reads them; `''` for a row that another one names. */
  readonly shown: string;
  readonly does: string;
  /** Only while the focus is in this; anywhere in the panel without it. */
  readonly within?: () => HTMLElement;
  run(event: KeyboardEvent): void;
}

/** What the pointer does, or keys that an element of the page has for itself. */
export type ShownKey = readonly [shown: string, does: string];

export function keyRow(
  keys: readonly string[],
  shown: string,
  does: string,
  run: KeyRow['run'],
  within?: () => HTMLElement,
): KeyRow {
  return { keys, shown, does, run, ...(within ? { within } : {}) };
}

/** Runs the row that a key is of. Keys typed into a field or to find a choice, and Enter and Space on a control, are the control's. */
export function dispatchKey(rows: readonly KeyRow[], event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  // What is open over the page has the keys: Escape closes it, and does nothing else.
  if (document.querySelector(':popover-open')) return;
  const target = event.composedPath()[0];
  if (!(target instanceof Element)) return;
  const isTyping = target instanceof HTMLInputElement && target.type === 'text';
  if (isTyping && event.key !== 'Escape') return;
  if (target.closest('vscode-dropdown') && (event.key.length === 1 || event.key === 'Backspace')) return;
  const isOnControl = target.closest('button, vscode-dropdown, vscode-checkbox, vscode-button') !== null;
  const row = rows.find(({ keys, within }) => keys.includes(event.key) && (!within || within().contains(target)));
  if (!row || (isOnControl && (event.key === 'Enter' || event.key === ' '))) return;
  event.preventDefault();
  row.run(event);
}

/** Lists the keys, and others after them; closes with Escape or a click elsewhere. */
export function showKeys(rows: readonly KeyRow[], more: readonly ShownKey[]): void {
  const list = element('dl');
  const named = rows.filter(({ shown }) => shown !== '').map(({ shown, does }): ShownKey => [shown, does]);
  for (const [shown, does] of [...named, ...more]) {
    list.append(element('dt', {}, element('kbd', { text: shown })), element('dd', { text: does }));
  }
  const card = element(
    'div',
    { className: 'keys-card', popover: 'auto', role: 'dialog', 'aria-label': 'Keys', tabindex: '-1' },
    element('h2', { text: 'Keys' }),
    list,
  );
  const former = document.activeElement;
  card.addEventListener('toggle', (event) => {
    if ((event as ToggleEvent).newState !== 'closed') return;
    card.remove();
    if (former instanceof HTMLElement) former.focus();
  });
  document.body.append(card);
  card.showPopover();
  card.focus();
}
