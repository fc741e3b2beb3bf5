import type { Box } from '../../src/core/profile/flame-layout.ts';
import { boxPath } from '../../src/core/profile/flame-path.ts';
import { shortName } from '../../src/core/profile/short-name.ts';
import { breadcrumb } from './breadcrumb.ts';
import type { FlameView } from './flame-view.ts';
import { type FlamePicture, frameWords } from './frame-words.ts';

/** The way down to what is zoomed to, each part of which leads back to it. The mouse's own back button leads back, too. */
export function zoomTrail(view: () => FlameView, cost: (picture: FlamePicture, box: Box) => string) {
  const crumbs = breadcrumb('Zoom', (index) => {
    const { picture, top } = view();
    const box = boxPath(picture!.layout, top)[index];
    if (box !== undefined) view().zoomTo(box);
  });
  document.addEventListener('mouseup', (event) => {
    if (event.button === BACK_BUTTON) view().back();
  });
  return {
    element: crumbs.element,
    show({ picture, top }: FlameView): void {
      const way = boxPath(picture!.layout, top).map((box) => {
        const { name, fullName } = frameWords(picture!, box);
        return { label: shortName(name), title: `${fullName}, ${cost(picture!, box)}` };
      });
      crumbs.show(way);
    },
    clear: () => crumbs.show([]),
  };
}

const BACK_BUTTON = 3;
