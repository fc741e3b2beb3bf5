import type { DiffPlace } from '../../../src/core/profile/diff/queries/diff-table.ts';
import type { Box } from '../../../src/core/profile/flame-layout.ts';
import { pathNames } from '../../../src/core/profile/flame-path.ts';
import { NONE } from '../../../src/core/profile/profile.ts';
import { frameFilters } from '../../widgets/frame-filters.ts';
import { type MenuItem, openMenu } from '../../widgets/menu.ts';
import { nameOf } from './change-table.ts';
import { changeLine } from './change-words.ts';
import type { ComparePanel } from './compare-panel.ts';

/** What can be done with a frame of the picture. */
export function boxMenu(panel: ComparePanel, box: Box, x: number, y: number): void {
  const picture = panel.picture!;
  const { tree, layout } = picture;
  const func = tree.function[layout.node[box]];
  const isRoot = func === NONE;
  const name = isRoot ? 'all' : tree.functions.fullName[func];
  const hasSource = !isRoot && tree.functions.file[func] !== '';
  const items: MenuItem[] = [
    { label: 'Zoom to This', key: 'Enter', run: () => panel.view.zoomTo(box) },
    { label: 'Open Source', key: 'o', isDisabled: !hasSource, run: () => panel.openBox(box) },
    {
      label: 'Find All Calls of It',
      isDisabled: isRoot,
      run: () => panel.find({ highlight: { label: name, name, functions: [] } }),
    },
    ...(isRoot ? [] : frameFilters(tree, func)).map(({ label, operation }) => ({
      label,
      run: () => panel.addFilter(operation),
    })),
    { label: 'Copy Name', isDisabled: isRoot, run: () => panel.say('copy', name) },
    {
      label: 'Copy Stack',
      isDisabled: isRoot,
      run: () => panel.say('copy', pathNames(tree, layout, box).join('\n')),
    },
    { label: 'Copy Change', run: () => panel.say('copy', `${name}: ${changeLine(picture, box)}`) },
  ];
  openMenu(name, items, x, y);
}

/** What can be done with a row of the table. */
export function rowMenu(panel: ComparePanel, row: DiffPlace, x: number, y: number): void {
  const name = nameOf(row, panel.kept.by);
  const items: MenuItem[] = [
    { label: 'Show in the Picture', key: 'Enter', isDisabled: row.function === NONE, run: () => panel.findRow(row) },
    { label: 'Open Source', key: 'o', isDisabled: row.file === '', run: () => panel.openRow(row) },
    { label: 'Copy Name', run: () => panel.say('copy', row.fullName || name) },
    { label: 'Copy the Table', run: () => panel.say('copy', panel.tableText) },
  ];
  openMenu(name, items, x, y);
}

/** What can be taken away from here. */
export function saveMenu(panel: ComparePanel, from: HTMLElement): void {
  const { left, bottom } = from.getBoundingClientRect();
  const { isTable } = panel.kept;
  const isDisabled = panel.picture === undefined || isTable;
  const items: MenuItem[] = [
    { label: 'Save as SVG…', isDisabled, run: () => void panel.save('svg') },
    { label: 'Save as PNG…', isDisabled, run: () => void panel.save('png') },
    { label: 'Copy the Table', isDisabled: !isTable, run: () => panel.say('copy', panel.tableText) },
  ];
  openMenu('Save or copy', items, left, bottom);
}
