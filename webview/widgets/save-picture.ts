import type { Box } from '../../src/core/profile/flame-layout.ts';
import type { FlameWindow } from '../../src/core/profile/flame-visible.ts';
import { NONE } from '../../src/core/profile/profile.ts';
import { flamePicture, MOST_PICTURE_ROWS } from '../../src/core/writers/flame-picture.ts';
import type { PictureFile } from '../../src/protocol/flame-graph.ts';
import type { Theme } from '../lib/theme.ts';
import { ROW_HEIGHT } from './flame-canvas.ts';
import { FlamePainter } from './flame-painter.ts';
import { flamePaints } from './flame-paints.ts';
import type { FlamePicture } from './frame-words.ts';

export interface PictureOptions {
  readonly format: PictureFile['format'];
  readonly window: FlameWindow;
  readonly theme: Theme;
  readonly isFlame: boolean;
  /** One line over an SVG. */
  readonly title: string;
  /** What the frames of an SVG say under the pointer; their costs where it isn't given. */
  readonly titleOf?: ((box: Box) => string) | undefined;
}

/** What is shown, with all its rows, as the bytes of a file. */
export async function savePicture(picture: FlamePicture, options: PictureOptions): Promise<Uint8Array> {
  const { format, window, theme, isFlame, title, titleOf } = options;
  const paints = flamePaints(theme, picture.colours.legend);
  if (format === 'svg') {
    const svg = flamePicture({
      ...picture,
      paints: paints.full,
      background: theme.background.formatHex(),
      foreground: theme.foreground.formatHex(),
      window,
      isFlame,
      title,
      titleOf,
      matched: picture.matches?.functions,
    });
    return new TextEncoder().encode(svg);
  }
  const rows = rowsIn(picture, window);
  const rowHeight = rowPixels(rows);
  const ratio = rowHeight / ROW_HEIGHT;
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH * ratio;
  canvas.height = rows * rowHeight;
  const sight = {
    window,
    width: canvas.width,
    height: canvas.height,
    scrolled: isFlame ? (picture.layout.height - rows) * rowHeight : 0,
    rowHeight,
    isFlame,
    ratio,
    selected: NONE,
    hovered: NONE,
  };
  new FlamePainter(canvas.getContext('2d', { alpha: false })!).paint(picture, sight, paints, theme);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The picture is too large to be drawn. Zoom in first, or save it as SVG.');
  return new Uint8Array(await blob.arrayBuffer());
}

const WIDTH = 1400;
const RATIO = 2;
/** How high a canvas can be. */
const MOST_PIXELS = 16384;

/** Height of a row: that of a sharp picture, or as much as leaves room for all rows. Whole, so that rows don't run into one another. */
function rowPixels(rows: number): number {
  const pixels = Math.min(ROW_HEIGHT * RATIO, Math.floor(MOST_PIXELS / rows));
  if (pixels >= ROW_HEIGHT) return pixels;
  const most = Math.floor(MOST_PIXELS / ROW_HEIGHT);
  const held = rows <= MOST_PICTURE_ROWS ? 'holds all' : `has room for ${MOST_PICTURE_ROWS}`;
  throw new Error(
    `The picture has ${rows} rows, and a PNG has room for ${most}. Save it as SVG, which ${held}, or zoom in first.`,
  );
}

/** How many rows have anything in a window. */
function rowsIn({ layout: { left, right, row } }: FlamePicture, window: FlameWindow): number {
  let deepest = 0;
  for (let box = 0; box < row.length; box++) {
    if (left[box] < window.right && right[box] > window.left) deepest = Math.max(deepest, row[box]);
  }
  return deepest + 1;
}
