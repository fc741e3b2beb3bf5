import type { FlameWindow } from '../../../src/core/profile/flame-visible.ts';
import type { Open, PictureFile } from '../../../src/protocol/flame-graph.ts';
import type { Theme } from '../../lib/theme.ts';
import type { FlamePicture } from '../../widgets/frame-words.ts';
import { openMenu } from '../../widgets/menu.ts';
import { savePicture } from '../../widgets/save-picture.ts';

type Format = PictureFile['format'];

/** Offers to save the picture. */
export function openSaveMenu(from: HTMLElement, isDisabled: boolean, onSave: (format: Format) => void): void {
  const { left, bottom } = from.getBoundingClientRect();
  const items = [
    { label: 'Save as SVG…', isDisabled, run: () => onSave('svg') },
    { label: 'Save as PNG…', isDisabled, run: () => onSave('png') },
  ];
  openMenu('Save the picture', items, left, bottom);
}

/** What is shown of a recording, as a file. */
export async function flameFile(
  picture: FlamePicture,
  { title, values, view }: Open,
  options: { format: Format; window: FlameWindow; theme: Theme; isFlame: boolean },
): Promise<PictureFile> {
  const bytes = await savePicture(picture, { ...options, title: `${title} · ${values[view.value].type}` });
  return { format: options.format, name: title, bytes };
}
