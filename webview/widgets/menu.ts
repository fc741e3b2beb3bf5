import { element } from '../lib/dom.ts';

export interface MenuItem {
  readonly label: string;
  readonly key?: string;
  readonly isDisabled?: boolean;
  run(): void;
}

/** Opens a menu at a place of the window. It closes by itself and gives the focus back. */
export function openMenu(label: string, items: readonly MenuItem[], x: number, y: number): void {
  const former = document.activeElement;
  const menu = element('div', { className: 'menu', role: 'menu', 'aria-label': label, popover: 'auto' });
  const buttons = items.map((item) => {
    const button = element(
      'button',
      { type: 'button', role: 'menuitem', tabindex: '-1' },
      element('span', { text: item.label }),
      element('span', { className: 'menu-key', text: item.key ?? '', 'aria-hidden': 'true' }),
    );
    button.disabled = item.isDisabled ?? false;
    button.addEventListener('click', () => {
      menu.hidePopover();
      item.run();
    });
    button.addEventListener('pointermove', () => button.focus());
    return button;
  });
  menu.append(...buttons);
  menu.addEventListener('keydown', (event) => {
    const usable = buttons.filter(({ disabled }) => !disabled);
    const at = usable.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    event.stopPropagation();
    if (event.key === 'Tab') {
      // Back to where one was: from here it would go on to whatever comes next in the page.
      event.preventDefault();
      menu.hidePopover();
    }
    if (to === undefined) return;
    event.preventDefault();
    usable.at(to % usable.length)?.focus();
  });
  menu.addEventListener('toggle', (event) => {
    if ((event as ToggleEvent).newState !== 'closed') return;
    const hadFocus = menu.contains(document.activeElement) || document.activeElement === document.body;
    menu.remove();
    if (hadFocus && former instanceof HTMLElement) former.focus();
  });
  document.body.append(menu);
  menu.showPopover();
  menu.style.left = `${Math.max(0, Math.min(x, innerWidth - menu.offsetWidth - 4))}px`;
  menu.style.top = `${Math.max(0, Math.min(y, innerHeight - menu.offsetHeight - 4))}px`;
  buttons.find(({ disabled }) => !disabled)?.focus();
}
