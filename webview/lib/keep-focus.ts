/**
 * Gives the focus to what the panel shows where that which has it goes: a chip that is taken away, a button with nothing more to do, a picture
 * in whose place there is none. Left to the page it would be nowhere, and a screen reader at its beginning.
 *
 * @param stage where it is shown; it has the focus itself while nothing there can have it
 * @param toShown gives it to what is shown, as far as that is there
 */
export function keepFocus(stage: HTMLElement, toShown: () => void): void {
  stage.tabIndex = -1;
  document.addEventListener('focusout', ({ target, relatedTarget }) => {
    if (relatedTarget !== null) return;
    queueMicrotask(() => {
      // Who has clicked on nothing, or is in another panel, has taken it from something that is still there.
      if (document.activeElement !== document.body || !document.hasFocus() || canHaveFocus(target as Element)) return;
      toShown();
      if (document.activeElement === document.body) stage.focus({ preventScroll: true });
    });
  });
  new MutationObserver(() => {
    if (document.activeElement === stage) toShown();
  }).observe(stage, { childList: true, subtree: true });
}

function canHaveFocus(element: Element): boolean {
  const isDisabled = 'disabled' in element && element.disabled === true;
  return element.isConnected && !isDisabled && element.checkVisibility({ visibilityProperty: true });
}
