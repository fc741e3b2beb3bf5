import type { Box } from '../../../src/core/profile/flame-layout.ts';
import { pathNames } from '../../../src/core/profile/flame-path.ts';
import { NONE } from '../../../src/core/profile/profile.ts';
import { frameFilters } from '../../widgets/frame-filters.ts';
import { openMenu } from '../../widgets/menu.ts';
import type { FlamePanel } from './flame-panel.ts';

/** Opens the menu of a frame: where to go from it, and what to do to the recording with it. */
export function openFrameMenu(panel: FlamePanel, box: Box, x: number, y: number): void {
  const { view } = panel;
  const { tree, layout } = view.picture!;
  const func = tree.function[layout.node[box]];
  const isRoot = func === NONE;
  const name = isRoot ? 'all' : tree.functions.fullName[func];
  const canLook = panel.looked !== undefined;
  const isDisabled = isRoot || !canLook;
  view.select(box);
  const filters = isDisabled
    ? []
    : frameFilters(tree, func).map(({ label, operation }) => ({ label, run: () => panel.addFilter(operation) }));
  openMenu(
    name,
    [
      { label: 'Zoom to This', key: 'Enter', run: () => view.zoomTo(box) },
      {
        label: 'Open Source',
        key: 'o',
        isDisabled: isDisabled || tree.functions.file[func] === '',
        run: () => panel.openSource(box),
      },
      { label: 'Callers and Callees of It', key: 'w', isDisabled, run: () => panel.sandwich(box) },
      {
        label: 'Find All Calls of It',
        isDisabled: isRoot,
        run: () => panel.pointOut({ label: name, name, functions: [] }),
      },
      ...filters,
      { label: 'Copy Name', isDisabled: isRoot, run: () => panel.copy(name) },
      { label: 'Copy Stack', isDisabled: isRoot, run: () => panel.copy(pathNames(tree, layout, box).join('\n')) },
    ],
    x,
    y,
  );
}
