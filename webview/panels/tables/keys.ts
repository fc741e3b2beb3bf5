import { element } from '../../lib/dom.ts';

/** A key of the panel, what it does in words, and what it does. */
export interface TableKey {
  /** As KeyboardEvent.key says it. */
  readonly key: string;
  readonly does: string;
  run(): void;
}

/** Runs what a key is for. Keys typed into a field are the field's, and so are those of a control. */
export function dispatchTableKey(keys: readonly TableKey[], event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  // What is open over the page has the keys: Escape closes it, and does nothing else.
  if (document.querySelector(':popover-open')) return;
  const target = event.composedPath()[0];
  const isTyping = target instanceof HTMLInputElement && target.type === 'text';
  if (isTyping && event.key !== 'Escape') return;
  const own = keys.find(({ key }) => key === event.key);
  if (!own) return;
  event.preventDefault();
  own.run();
}

/** Lists the keys; closes with Escape or a click elsewhere. */
export function showTableKeys(keys: readonly TableKey[]): void {
  const list = element('dl');
  for (const [key, does] of [...keys.map(({ key, does }) => [key, does] as const), ...OF_THE_TABLE]) {
    list.append(element('dt', {}, element('kbd', { text: key })), element('dd', { text: does }));
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

const OF_THE_TABLE = [
  ['↑ ↓ Home End', 'to another row; with Shift select those between'],
  ['← →', 'close and open what is below; to the parent and to the first below'],
  ['Space', 'open or close what is below'],
  ['Enter', 'open the source'],
  ['Ctrl+A, Ctrl+C', 'select all rows; copy those selected, as TSV'],
  ['Shift+F10', 'the row’s menu'],
  ['Shift+← →', 'on a column’s head: narrower, wider'],
] as const;
