import { element } from '../lib/dom.ts';

/** A key, what it does in words, and what it does. */
export interface KeyRow {
  /** As KeyboardEvent.key says them. */
  readonly keys: readonly string[];
  /** As a person reads them. */
  readonly shown: string;
  readonly does: string;
  /** `graph`: only while the picture has the focus. */
  readonly where: 'graph' | 'panel';
  run(): void;
}

/** Runs the row that a key is of. Keys typed into a field are the field's. */
export function dispatchKey(rows: readonly KeyRow[], event: KeyboardEvent, graph: HTMLElement): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  // What is open over the page has the keys: Escape closes it, and does nothing else.
  if (document.querySelector(':popover-open')) return;
  const target = event.composedPath()[0];
  const isTyping = target instanceof HTMLInputElement && target.type === 'text';
  if (isTyping && event.key !== 'Escape') return;
  const isOnControl =
    target instanceof Element &&
    target !== graph &&
    target.closest('button, vscode-dropdown, vscode-checkbox, vscode-button') !== null;
  const row = rows.find(({ keys, where }) => keys.includes(event.key) && (where === 'panel' || target === graph));
  // Enter and Space on a control are the control's.
  if (!row || (isOnControl && (event.key === 'Enter' || event.key === ' '))) return;
  event.preventDefault();
  row.run();
}

/** Lists the keys; closes with Escape or a click elsewhere. */
export function showKeys(rows: readonly KeyRow[]): void {
  const list = element('dl');
  for (const { shown, does } of rows) {
    if (shown !== '') list.append(element('dt', {}, element('kbd', { text: shown })), element('dd', { text: does }));
  }
  for (const [shown, does] of POINTER)
    list.append(element('dt', {}, element('kbd', { text: shown })), element('dd', { text: does }));
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

const POINTER = [
  ['Click', 'zoom to a frame'],
  ['Wheel', 'zoom'],
  ['Shift+Wheel', 'up and down'],
  ['Drag', 'pan'],
  ['Double click', 'open the source'],
] as const;
