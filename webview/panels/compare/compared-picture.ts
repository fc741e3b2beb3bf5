import { diffColours } from '../../../src/core/profile/diff/diff-colours.ts';
import { flameLayout } from '../../../src/core/profile/flame-layout.ts';
import type { FlameWindow } from '../../../src/core/profile/flame-visible.ts';
import type { Compared, CompareTree } from '../../../src/protocol/compare.ts';
import type { PictureFile } from '../../../src/protocol/flame-graph.ts';
import type { Theme } from '../../lib/theme.ts';
import { frameWords } from '../../widgets/frame-words.ts';
import { savePicture } from '../../widgets/save-picture.ts';
import { type ComparePicture, changeLine } from './change-words.ts';

/** The picture of a tree of changes. */
export function comparedPicture({ tree, inWorkspace, before, after, sampleScale }: CompareTree): ComparePicture {
  return {
    tree,
    layout: flameLayout(tree),
    colours: diffColours(tree, sampleScale),
    inWorkspace: inWorkspace.includes(1) ? inWorkspace : undefined,
    matches: undefined,
    rootLabel: 'all',
    whole: tree.total[0],
    before,
    after,
    sampleScale,
  };
}

/** What is shown of it, as a file. */
export async function comparedFile(
  picture: ComparePicture,
  { before, after, values, look }: Compared,
  options: { format: PictureFile['format']; window: FlameWindow; theme: Theme; isFlame: boolean },
): Promise<PictureFile> {
  const bytes = await savePicture(picture, {
    ...options,
    title: `${before.title} → ${after.title} · ${values[look.value].type} · width: ${look.width}`,
    titleOf: (box) => `${frameWords(picture, box).fullName}\n${changeLine(picture, box)}`,
  });
  return { format: options.format, name: `${before.title} to ${after.title}`, bytes };
}
