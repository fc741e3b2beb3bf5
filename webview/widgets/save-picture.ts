import { fitLabel, measuredLabel } from '../../src/core/profile/flame-label.ts';
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
  /** One line over the picture. */
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
  const canvas = canvasOf(WIDTH * ratio, rows * rowHeight);
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
  const titled = withTitle(canvas, { title, theme, ratio });
  const blob = await new Promise<Blob | null>((resolve) => titled.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The picture is too large to be drawn. Zoom in first, or save it as SVG.');
  return new Uint8Array(await blob.arrayBuffer());
}

function canvasOf(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

/** The picture below a row that says what it is of. */
function withTitle(
  picture: HTMLCanvasElement,
  { title, theme, ratio }: { title: string; theme: Theme; ratio: number },
): HTMLCanvasElement {
  const row = ROW_HEIGHT * ratio;
  const margin = 6 * ratio;
  const canvas = canvasOf(picture.width, picture.height + row);
  const context = canvas.getContext('2d', { alpha: false })!;
  context.fillStyle = theme.background.formatHex();
  context.fillRect(0, 0, canvas.width, row);
  context.font = `${12 * ratio}px ${theme.codeFont}`;
  context.textBaseline = 'middle';
  context.fillStyle = theme.foreground.formatHex();
  const label = measuredLabel([title], (text) => context.measureText(text).width);
  context.fillText(fitLabel(label, canvas.width - 2 * margin), margin, row / 2);
  context.drawImage(picture, 0, row);
  return canvas;
}

const WIDTH = 1400;
const RATIO = 2;
/** How high a canvas can be. */
const MOST_PIXELS = 16384;
const TITLE_ROWS = 1;

/** Height of a row: that of a sharp picture, or as much as leaves room for all rows. Whole, so that rows don't run into one another. */
function rowPixels(rows: number): number {
  const pixels = Math.min(ROW_HEIGHT * RATIO, Math.floor(MOST_PIXELS / (rows + TITLE_ROWS)));
  if (pixels >= ROW_HEIGHT) return pixels;
  const most = Math.floor(MOST_PIXELS / ROW_HEIGHT) - TITLE_ROWS;
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
