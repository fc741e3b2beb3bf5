import type { FlameColours, FrameEdge, Swatch } from '../../src/core/profile/flame-colours.ts';
import type { Box, FlameLayout } from '../../src/core/profile/flame-layout.ts';
import type { FlameMatches } from '../../src/core/profile/flame-search.ts';
import {
  type FlameWindow,
  NARROW_PX,
  showRow,
  type VisibleRow,
  visibleRow,
} from '../../src/core/profile/flame-visible.ts';
import { FRAME_KINDS } from '../../src/core/profile/profile.ts';
import type { FlameTree } from '../../src/core/profile/queries/flame-graph.ts';
import { type TextWidth, textWidth } from '../lib/text-width.ts';
import type { Theme } from '../lib/theme.ts';
import { FlameLabels } from './flame-labels.ts';
import type { FlamePaints, Paint } from './flame-paints.ts';
import { type FlamePatterns, flamePatterns } from './flame-patterns.ts';
import { PixelRows } from './pixel-rows.ts';

/** What is drawn. */
export interface FlameScene {
  readonly tree: FlameTree;
  readonly layout: FlameLayout;
  readonly colours: FlameColours;
  /** By function: 1 where it is code of the workspace; `undefined` where nothing is, so that nothing stands out. */
  readonly inWorkspace: Uint8Array | undefined;
  /** What a search found; `undefined` without a search. */
  readonly matches: FlameMatches | undefined;
  /** What the root is called. */
  readonly rootLabel: string;
}

/** Which part of it, where, and how large. Lengths are in device pixels. */
export interface FlameSight {
  readonly window: FlameWindow;
  readonly width: number;
  readonly height: number;
  /** How far the picture's top is above the visible part's. */
  readonly scrolled: number;
  readonly rowHeight: number;
  /** Whether the root is at the bottom. */
  readonly isFlame: boolean;
  /** Pixels of the device to one of CSS. */
  readonly ratio: number;
  readonly selected: Box;
  readonly hovered: Box;
}

/** Where a row's top is, from the top of the visible part, in the unit of `rowHeight`. */
export function rowTop(
  { height: rows }: FlameLayout,
  { isFlame, rowHeight, scrolled, height }: Pick<FlameSight, 'isFlame' | 'rowHeight' | 'scrolled' | 'height'>,
  row: number,
): number {
  if (!isFlame) return row * rowHeight - scrolled;
  // A flame that is lower than its place stands on the bottom.
  return Math.max(rows * rowHeight, height) - (row + 1) * rowHeight - scrolled;
}

/** Draws flame graphs. Keeps what can be used again from frame to frame. */
export class FlamePainter {
  readonly #context: CanvasRenderingContext2D;
  readonly #pixels = new PixelRows();
  #row: VisibleRow = visibleRow(0);
  #rowWidth = 0;
  #labels: Label[] = [];
  #marks = marks();
  #fonts: Fonts | undefined;
  #patterns: FlamePatterns | undefined;
  #named: FlameTree | undefined;
  #names: FlameLabels | undefined;

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context;
  }

  paint(scene: FlameScene, sight: FlameSight, paints: FlamePaints, theme: Theme): void {
    const context = this.#context;
    this.#prepare(scene, sight, theme);
    context.fillStyle = theme.background.formatHex();
    context.fillRect(0, 0, sight.width, sight.height);
    this.#labels = [];
    this.#marks = marks();
    const gap = Math.max(1, Math.round(sight.ratio));
    const tops: number[] = [];
    for (let row = 0; row < scene.layout.height; row++) {
      const top = Math.round(rowTop(scene.layout, sight, row));
      if (top + sight.rowHeight < 0 || top > sight.height) continue;
      showRow(scene.layout, row, sight.window, sight.width, this.#row);
      if (this.#row.length === 0) continue;
      this.#collect(scene, sight, paints, tops.length, top, sight.rowHeight - gap);
      tops.push(top);
    }
    this.#pixels.draw(context, tops, sight.rowHeight - gap, paints.outline === undefined ? 0 : gap);
    for (const pattern of PATTERNS) {
      // To change the pattern costs more than to draw with it.
      context.fillStyle = this.#patterns![pattern];
      const marks = this.#marks[pattern];
      for (let at = 0; at < marks.length; at += 4) {
        context.fillRect(marks[at], marks[at + 1], marks[at + 2], marks[at + 3]);
      }
    }
    this.#outline(scene.layout, sight, theme);
    this.#write(sight.rowHeight - gap);
  }

  #prepare({ tree, rootLabel }: FlameScene, { width, height, rowHeight, ratio }: FlameSight, theme: Theme): void {
    this.#pixels.clear(width, Math.ceil(height / rowHeight) + 2);
    if (this.#rowWidth !== width) {
      this.#rowWidth = width;
      this.#row = visibleRow(width);
    }
    const isOtherFont = this.#fonts?.family !== theme.codeFont || this.#fonts.ratio !== ratio;
    if (isOtherFont) this.#fonts = fonts(this.#context, theme.codeFont, ratio);
    if (this.#patterns?.theme !== theme || this.#patterns.ratio !== ratio) {
      this.#patterns = flamePatterns(this.#context, theme, ratio);
    }
    if (isOtherFont || this.#named !== tree) {
      this.#named = tree;
      this.#names?.dispose();
      this.#names = new FlameLabels(tree, rootLabel, { plain: this.#fonts!.plainWidth, bold: this.#fonts!.boldWidth });
    }
  }

  /** Puts what a row shows where it's drawn from. */
  #collect(scene: FlameScene, sight: FlameSight, paints: FlamePaints, line: number, top: number, height: number): void {
    const { tree, layout, colours, inWorkspace, matches } = scene;
    const visible = this.#row;
    const pixels = this.#pixels;
    const edge = paints.outline;
    const marked = 6 * sight.ratio;
    for (let at = 0; at < visible.length; at++) {
      const left = Math.max(0, Math.round(visible.left[at]));
      const right = Math.min(sight.width, Math.max(left + 1, Math.round(visible.right[at])));
      const end = right - left > 3 ? right - 1 : right;
      const width = end - left;
      const box = visible.first[at];
      const count = visible.count[at];
      if (count > 1 || visible.right[at] - visible.left[at] < NARROW_PX) {
        const isFound = matches === undefined || matches.before[box + count] > matches.before[box];
        const isFull = visible.covered[at] > 0.5;
        pixels.fill(line, left, end, isFound ? (isFull ? paints.aggregate : paints.sparse) : paints.fadedAggregate);
        if (width >= 4 * sight.ratio) this.#marks.aggregate.push(left, top, width, height);
        continue;
      }
      const node = layout.node[box];
      const func = box === 0 ? -1 : tree.function[node];
      const isOwn = inWorkspace === undefined || inWorkspace[func] === 1;
      const isFaded = matches !== undefined && (box === 0 || matches.functions[func] === 0);
      const emphasis = isFaded ? paints.faded : isOwn ? paints.full : paints.muted;
      const swatch = colours.ofNode ? colours.ofNode[node] : colours.swatch[func];
      const paint = box === 0 && !colours.isOfRoot ? paints.root : emphasis[swatch];
      pixels.fill(line, left, end, paint.pixel);
      if (edge !== undefined && right - left > 3) pixels.edge(line, left, right, edge);
      // What has more than a colour is rare, and apart from this loop, which a frame goes through ten thousand times.
      if (width < marked) continue;
      const { mark = '', edge: side } = colours.legend[swatch] ?? NO_MARK;
      const isBold = isOwn && inWorkspace !== undefined && box > 0;
      const place = { left, top, width, height };
      if (!isFaded) this.#mark(tree, node, side, place, sight.ratio);
      this.#label(func, mark, paint, isBold, place, sight.ratio);
    }
  }

  #mark(tree: FlameTree, node: number, side: FrameEdge | undefined, place: Place, ratio: number): void {
    const { left, top, width, height } = place;
    const dash = Math.round(2 * ratio);
    if (node > 0 && tree.kind[node] === KERNEL) this.#marks.kernel.push(left, top, width, height);
    if (side) {
      const isAbove = side === 'rise' || side === 'new';
      const pattern = side === 'rise' || side === 'fall' ? 'line' : 'inlined';
      const thick = pattern === 'line' ? dash : Math.round(1.5 * dash);
      this.#marks[pattern].push(left, isAbove ? top : top + height - thick, width, thick);
    } else if (node > 0 && tree.inlined[node] === 1) {
      this.#marks.inlined.push(left, top + height - dash, width, dash);
    }
  }

  #label(func: number, mark: string, paint: Paint, isBold: boolean, place: Place, ratio: number): void {
    const padding = Math.round(4 * ratio);
    const room = place.width - 2 * padding;
    if (room < LEAST_ROOM * ratio) return;
    const { boldWidth, plainWidth } = this.#fonts!;
    const before = mark === '' ? '' : `${mark} `;
    const name = this.#names!.fit(func, isBold, room - (before === '' ? 0 : (isBold ? boldWidth : plainWidth)(before)));
    // Where there's no room for a name, there may be for what says more than it.
    const text = name === '' ? (mark !== '' && plainWidth(mark) <= room ? mark : '') : before + name;
    if (text !== '') this.#labels.push({ text, x: place.left + padding, y: place.top, colour: paint.text, isBold });
  }

  #write(height: number): void {
    const context = this.#context;
    const { plain, bold, ratio } = this.#fonts!;
    context.textBaseline = 'middle';
    const middle = Math.round(height / 2 + ratio * 0.5);
    for (const isBold of [false, true]) {
      context.font = isBold ? bold : plain;
      let colour = '';
      for (const label of this.#labels) {
        if (label.isBold !== isBold) continue;
        if (label.colour !== colour) {
          colour = label.colour;
          context.fillStyle = colour;
        }
        context.fillText(label.text, label.x, label.y + middle);
      }
    }
  }

  /** The selected frame has a frame of its own, the one under the pointer a thinner one. */
  #outline(layout: FlameLayout, sight: FlameSight, theme: Theme): void {
    const context = this.#context;
    const scale = sight.width / (sight.window.right - sight.window.left);
    const outline = (box: Box, colour: string, thickness: number) => {
      const left = Math.max(-thickness, Math.round((layout.left[box] - sight.window.left) * scale));
      const right = Math.min(sight.width + thickness, Math.round((layout.right[box] - sight.window.left) * scale));
      if (right < 0 || left > sight.width) return;
      const top = Math.round(rowTop(layout, sight, layout.row[box]));
      const width = Math.max(1, right - left - thickness - 1);
      // With the gap below: underscores stand lower than all other letters.
      const height = sight.rowHeight - thickness;
      context.strokeStyle = colour;
      context.lineWidth = thickness;
      context.strokeRect(left + thickness / 2, top + thickness / 2, width, height);
    };
    if (sight.hovered >= 0 && sight.hovered !== sight.selected) {
      outline(sight.hovered, theme.foreground.formatHex(), Math.max(1, Math.round(sight.ratio)));
    }
    if (sight.selected >= 0) {
      outline(sight.selected, theme.background.formatHex(), Math.round(3 * sight.ratio));
      outline(sight.selected, theme.focus.formatHex(), Math.round(2 * sight.ratio));
    }
  }
}

const KERNEL = FRAME_KINDS.indexOf('kernel');
const NO_MARK: Pick<Swatch, 'mark' | 'edge'> = {};
/** In less room than this, in CSS pixels, no letter fits. */
const LEAST_ROOM = 10;

interface Label {
  readonly text: string;
  readonly x: number;
  /** Top of its row. */
  readonly y: number;
  readonly colour: string;
  readonly isBold: boolean;
}

const PATTERNS = ['kernel', 'inlined', 'line', 'aggregate'] as const;

/** Where patterns are over frames: four numbers each, left, top, width and height. */
function marks(): Record<(typeof PATTERNS)[number], number[]> {
  return { kernel: [], inlined: [], line: [], aggregate: [] };
}

/** Where a box is drawn. */
interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Fonts {
  readonly family: string;
  readonly ratio: number;
  readonly plain: string;
  readonly bold: string;
  readonly plainWidth: TextWidth;
  readonly boldWidth: TextWidth;
}

function fonts(context: CanvasRenderingContext2D, family: string, ratio: number): Fonts {
  const plain = `${12 * ratio}px ${family}`;
  const bold = `600 ${plain}`;
  return {
    family,
    ratio,
    plain,
    bold,
    plainWidth: textWidth(context, plain),
    boldWidth: textWidth(context, bold),
  };
}
