import type { FlameColours } from '../profile/flame-colours.ts';
import { fitLabel, labelForms, measuredLabel } from '../profile/flame-label.ts';
import type { Box, FlameLayout } from '../profile/flame-layout.ts';
import { type FlameWindow, showRow, visibleRow } from '../profile/flame-visible.ts';
import type { FlameTree } from '../profile/queries/flame-graph.ts';
import { formatAmount, formatShare } from '../units.ts';

export interface FlamePictureParts {
  readonly tree: FlameTree;
  readonly layout: FlameLayout;
  readonly colours: FlameColours;
  /** By position in the legend. */
  readonly paints: readonly SvgPaint[];
  readonly background: string;
  readonly foreground: string;
  /** Weight that shares are of. */
  readonly whole: number;
  readonly window: FlameWindow;
  readonly isFlame: boolean;
  /** One line over the picture. */
  readonly title: string;
  /** By function: 1 where a search found it; the rest fades. */
  readonly matched?: Uint8Array | undefined;
  /** What stands in a frame's title; its costs where it isn't given. */
  readonly titleOf?: ((box: Box) => string) | undefined;
}

/** CSS colours of a frame and of the text on it. */
export interface SvgPaint {
  readonly fill: string;
  readonly text: string;
}

/** Most rows that are drawn: 90,000 pixels of height, beyond which viewers of pictures give up. */
export const MOST_PICTURE_ROWS = 5000;
const WIDTH = 1200;
const ROW = 18;
const MARGIN = 10;
const HEADER = 34;
/** Width of a letter of a monospaced 11 px font, on the safe side. */
const LETTER = 6.75;
const widthOf = (text: string) => text.length * LETTER;

/** A flame graph as SVG, without scripts: what a frame costs stands in its title, which viewers show under the pointer. */
export function flamePicture(picture: FlamePictureParts): string {
  const { layout, window, isFlame, background, foreground } = picture;
  const inner = WIDTH - 2 * MARGIN;
  const visible = visibleRow(inner);
  const rows: string[] = [];
  let height = 0;
  for (let row = 0; row < layout.height; row++) {
    showRow(layout, row, window, inner, visible);
    if (visible.length === 0) break;
    if (row === MOST_PICTURE_ROWS) {
      rows.push(leftOut(foreground));
      height = row + 1;
      break;
    }
    const frames: string[] = [];
    for (let at = 0; at < visible.length; at++) {
      const left = Math.max(0, visible.left[at]);
      const width = Math.min(inner, visible.right[at]) - left;
      const isAggregate = visible.count[at] > 1 || visible.right[at] - visible.left[at] < 0.5;
      const draw = isAggregate ? aggregate : frame;
      frames.push(draw(picture, visible.first[at], visible.count[at], MARGIN + left, width));
    }
    rows.push(frames.join(''));
    height = row + 1;
  }
  const total = HEADER + height * ROW + MARGIN;
  const top = (row: number) => HEADER + (isFlame ? height - 1 - row : row) * ROW;
  const style = `text{font:11px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}rect{shape-rendering:crispEdges}`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${total}" viewBox="0 0 ${WIDTH} ${total}" role="img">
<title>${xml(picture.title)}</title>
<style>${style}</style>
<rect width="${WIDTH}" height="${total}" fill="${background}"/>
<text x="${MARGIN}" y="22" fill="${foreground}">${xml(fitLabel(measuredLabel([picture.title], widthOf), inner))}</text>
${rows.map((frames, row) => `<g transform="translate(0 ${top(row)})">${frames}</g>`).join('\n')}
</svg>
`;
}

/** What stands in the place of the rows that aren't drawn. */
function leftOut(foreground: string): string {
  const words = `… and deeper calls: ${MOST_PICTURE_ROWS} rows are drawn.`;
  return `<text x="${MARGIN}" y="12.5" fill="${foreground}">${words}</text>`;
}

function frame(picture: FlamePictureParts, box: Box, _count: number, x: number, width: number): string {
  const { tree, layout, whole, paints, colours, foreground, matched } = picture;
  const node = layout.node[box];
  const func = tree.function[node];
  const isRoot = func === -1;
  const name = isRoot ? 'all' : tree.functions.name[func];
  const swatch = colours.ofNode ? colours.ofNode[node] : colours.swatch[func];
  const paint = isRoot ? { fill: 'none', text: foreground } : paints[swatch];
  const mark = isRoot ? undefined : colours.legend[swatch].mark;
  const figure = (weight: number) =>
    `${formatShare(weight / whole)}, ${formatAmount(weight, tree.value.unit, tree.value.type)}`;
  const title =
    picture.titleOf?.(box) ??
    `${isRoot ? 'all' : tree.functions.fullName[func]}\nself ${figure(tree.self[node])}\ntotal ${figure(tree.total[node])}`;
  const before = mark === undefined ? '' : `${mark} `;
  const fitted = fitLabel(measuredLabel(labelForms(name), widthOf), width - 6 - widthOf(before));
  const label = fitted === '' ? '' : before + fitted;
  const opacity = matched && (isRoot || matched[func] === 0) ? ' opacity="0.25"' : '';
  const outline = isRoot ? ` stroke="${foreground}" stroke-opacity="0.4"` : '';
  const text = label === '' ? '' : `<text x="${round(x + 3)}" y="12.5" fill="${paint.text}">${xml(label)}</text>`;
  return `<g${opacity}><title>${xml(title)}</title><rect x="${round(x)}" width="${round(Math.max(0.5, width - 0.5))}" height="${ROW - 1}" fill="${paint.fill}"${outline}/>${text}</g>`;
}

function aggregate(
  { tree, layout, whole, foreground }: FlamePictureParts,
  box: Box,
  count: number,
  x: number,
  width: number,
): string {
  let weight = 0;
  for (let at = box; at < box + count; at++) weight += tree.total[layout.node[at]];
  const title = `${count === 1 ? '1 frame' : `${count} frames, each`} narrower than half a pixel\n${formatShare(weight / whole)} together`;
  return `<g opacity="0.35"><title>${xml(title)}</title><rect x="${round(x)}" width="${round(Math.max(0.5, width))}" height="${ROW - 1}" fill="${foreground}"/></g>`;
}

function round(pixels: number): string {
  return String(Math.round(pixels * 100) / 100);
}

/** Text in XML: markup is escaped, and what XML can't hold is replaced. */
function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"]/g, (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[letter]!);
}
