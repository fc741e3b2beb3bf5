/** Whether nothing is open: then what there would be to choose, and what was said of a former recording, is out of sight and out of the tab order. */
export function showsNothing(isSo: boolean): void {
  document.body.classList.toggle('shows-nothing', isSo);
}
