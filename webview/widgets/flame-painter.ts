import type { FlameColours } from '../../src/core/profile/flame-colours.ts';
import { fitLabel, labelForms } from '../../src/core/profile/flame-label.ts';
import type { Box, FlameLayout } from '../../src/core/profile/flame-layout.ts';
import type { FlameMatches } from '../../src/core/profile/flame-search.ts';
import { type FlameWindow, showRow, type VisibleRow, visibleRow } from '../../src/core/profile/flame-visible.ts';
import { FRAME_KINDS } from '../../src/core/profile/profile.ts';
import type { FlameTree } from '../../src/core/profile/queries/flame-graph.ts';
import { textWidth } from '../lib/text-width.ts';
import type { Theme } from '../lib/theme.ts';
import { EMPHASES, type FlamePaints } from './flame-paints.ts';

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
  { layout }: Pick<FlameScene, 'layout'>,
  { isFlame, rowHeight, scrolled, height }: Pick<FlameSight, 'isFlame' | 'rowHeight' | 'scrolled' | 'height'>,
  row: number,
): number {
  if (!isFlame) return row * rowHeight - scrolled;
  // A flame that is lower than its place stands on the bottom.
  return Math.max(layout.height * rowHeight, height) - (row + 1) * rowHeight - scrolled;
}

/** Draws flame graphs. Keeps what can be used again from frame to frame. */
export class FlamePainter {
  readonly #context: CanvasRenderingContext2D;
  #row: VisibleRow = visibleRow(0);
  #rowWidth = 0;
  #rects = new RectLists(0);
  #labels: Label[] = [];
  #formsOf: FlameTree | undefined;
  #formsByFunction: (readonly string[])[] = [];
  #fonts: Fonts | undefined;
  #patterns: Patterns | undefined;

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context;
  }

  paint(scene: FlameScene, sight: FlameSight, paints: FlamePaints, theme: Theme): void {
    const context = this.#context;
    context.fillStyle = theme.background.formatHex();
    context.fillRect(0, 0, sight.width, sight.height);
    if (this.#rowWidth !== sight.width) {
      this.#rowWidth = sight.width;
      this.#row = visibleRow(sight.width);
    }
    if (this.#fonts?.family !== theme.codeFont || this.#fonts.ratio !== sight.ratio) {
      this.#fonts = fonts(context, theme.codeFont, sight.ratio);
    }
    if (this.#patterns?.theme !== theme || this.#patterns.ratio !== sight.ratio) {
      this.#patterns = patterns(context, theme, sight.ratio);
    }
    const steps = scene.colours.legend.length;
    const groups = steps * EMPHASES.length;
    this.#rects.clear(groups + EXTRA.length);
    this.#labels = [];
    const { layout } = scene;
    for (let row = 0; row < layout.height; row++) {
      const top = rowTop(scene, sight, row);
      if (top + sight.rowHeight < 0 || top > sight.height) continue;
      showRow(layout, row, sight.window, sight.width, this.#row);
      this.#collect(scene, sight, Math.round(top), groups, steps);
    }
    this.#fill(scene, sight, paints, groups, steps);
    this.#write(paints, sight, steps);
    this.#outline(scene, sight, theme);
  }

  /** Sorts what a row shows into the lists by which it is drawn. */
  #collect(scene: FlameScene, sight: FlameSight, top: number, groups: number, steps: number): void {
    const { tree, layout, colours, inWorkspace, matches } = scene;
    const visible = this.#row;
    const rects = this.#rects;
    const { ratio } = sight;
    const height = sight.rowHeight - Math.max(1, Math.round(ratio));
    for (let at = 0; at < visible.length; at++) {
      const left = Math.max(0, Math.round(visible.left[at]));
      const right = Math.min(sight.width, Math.round(visible.right[at]));
      const gap = right - left > 3 ? 1 : 0;
      const width = Math.max(1, right - left - gap);
      const box = visible.first[at];
      if (visible.count[at] > 1 || visible.right[at] - visible.left[at] < 0.5) {
        const isFound = matches === undefined || matches.before[box + visible.count[at]] > matches.before[box];
        const kind = !isFound ? FADED_AGGREGATE : visible.covered[at] > 0.5 ? FULL_AGGREGATE : SPARSE_AGGREGATE;
        rects.add(groups + kind, left, top, width, height);
        continue;
      }
      const node = layout.node[box];
      if (box === 0) {
        rects.add(groups + ROOT, left, top, width, height);
        this.#label([scene.rootLabel], left, top, width, -1, false, sight);
        continue;
      }
      const func = tree.function[node];
      const own = inWorkspace === undefined || inWorkspace[func] === 1;
      const emphasis = matches !== undefined && matches.functions[func] === 0 ? 2 : own ? 0 : 1;
      const group = emphasis * steps + colours.swatch[func];
      rects.add(group, left, top, width, height);
      if (width < 6 * ratio) continue;
      if (tree.kind[node] === KERNEL) rects.add(groups + KERNEL_MARK, left, top, width, height);
      if (tree.inlined[node] === 1) {
        rects.add(groups + INLINED_MARK, left, top + height - Math.round(2 * ratio), width, Math.round(2 * ratio));
      }
      this.#label(this.#forms(tree, func), left, top, width, group, own && inWorkspace !== undefined, sight);
    }
  }

  #label(forms: readonly string[], left: number, top: number, width: number, group: number, isBold: boolean, sight: FlameSight) {
    const padding = Math.round(4 * sight.ratio);
    const room = width - 2 * padding;
    if (room < 10 * sight.ratio) return;
    const text = fitLabel(forms, room, isBold ? this.#fonts!.boldWidth : this.#fonts!.plainWidth);
    if (text === '') return;
    this.#labels.push({ text, x: left + padding, y: top, group, isBold });
  }

  /** A function's name in its forms, worked out when it's first drawn. */
  #forms(tree: FlameTree, func: number): readonly string[] {
    if (this.#formsOf !== tree) {
      this.#formsOf = tree;
      this.#formsByFunction = [];
    }
    this.#formsByFunction[func] ??= labelForms(tree.functions.name[func]);
    return this.#formsByFunction[func];
  }

  #fill(scene: FlameScene, sight: FlameSight, paints: FlamePaints, groups: number, steps: number): void {
    const context = this.#context;
    const draw = (group: number) => this.#rects.each(group, (x, y, w, h) => context.fillRect(x, y, w, h));
    EMPHASES.forEach((emphasis, at) => {
      for (let step = 0; step < scene.colours.legend.length; step++) {
        if (this.#rects.isEmpty(at * steps + step)) continue;
        context.fillStyle = paints[emphasis][step].fill;
        draw(at * steps + step);
      }
    });
    context.fillStyle = paints.root.fill;
    draw(groups + ROOT);
    context.fillStyle = paints.aggregate;
    draw(groups + FULL_AGGREGATE);
    context.globalAlpha = 0.45;
    draw(groups + SPARSE_AGGREGATE);
    context.globalAlpha = 0.15;
    draw(groups + FADED_AGGREGATE);
    context.globalAlpha = 1;
    context.fillStyle = this.#patterns!.kernel;
    draw(groups + KERNEL_MARK);
    context.fillStyle = this.#patterns!.inlined;
    draw(groups + INLINED_MARK);
    const dots = this.#patterns!.aggregate;
    context.fillStyle = dots;
    this.#rects.each(groups + FULL_AGGREGATE, (x, y, w, h) => {
      if (w >= 4 * sight.ratio) context.fillRect(x, y, w, h);
    });
  }

  #write(paints: FlamePaints, { rowHeight, ratio }: FlameSight, steps: number): void {
    const context = this.#context;
    const { plain, bold } = this.#fonts!;
    context.textBaseline = 'middle';
    const middle = Math.round((rowHeight - ratio) / 2) + Math.round(ratio * 0.5);
    for (const isBold of [false, true]) {
      context.font = isBold ? bold : plain;
      let colour = '';
      for (const label of this.#labels) {
        if (label.isBold !== isBold) continue;
        const paint =
          label.group < 0 ? paints.root : paints[EMPHASES[Math.floor(label.group / steps)]][label.group % steps];
        if (paint.text !== colour) {
          colour = paint.text;
          context.fillStyle = colour;
        }
        context.fillText(label.text, label.x, label.y + middle);
      }
    }
  }

  /** The selected frame has a frame of its own, the one under the pointer a thinner one. */
  #outline(scene: FlameScene, sight: FlameSight, theme: Theme): void {
    const outline = (box: Box, colour: string, thickness: number) => {
      const { layout } = scene;
      const scale = sight.width / (sight.window.right - sight.window.left);
      const left = Math.max(-thickness, Math.round((layout.left[box] - sight.window.left) * scale));
      const right = Math.min(sight.width + thickness, Math.round((layout.right[box] - sight.window.left) * scale));
      const top = Math.round(rowTop(scene, sight, layout.row[box]));
      if (right < 0 || left > sight.width) return;
      this.#context.strokeStyle = colour;
      this.#context.lineWidth = thickness;
      const inset = thickness / 2;
      this.#context.strokeRect(
        left + inset,
        top + inset,
        Math.max(1, right - left - thickness - 1),
        sight.rowHeight - thickness - Math.round(sight.ratio),
      );
    };
    if (sight.hovered >= 0 && sight.hovered !== sight.selected) {
      outline(sight.hovered, theme.foreground.formatHex(), Math.max(1, Math.round(sight.ratio)));
    }
    if (sight.selected >= 0) {
      outline(sight.selected, theme.background.formatHex(), Math.round(4 * sight.ratio));
      outline(sight.selected, theme.focus.formatHex(), Math.round(2 * sight.ratio));
    }
  }
}

const KERNEL = FRAME_KINDS.indexOf('kernel');

/** Lists of rectangles beyond those of the legend's colours. */
const EXTRA = ['root', 'full aggregate', 'sparse aggregate', 'faded aggregate', 'kernel mark', 'inlined mark'] as const;
const [ROOT, FULL_AGGREGATE, SPARSE_AGGREGATE, FADED_AGGREGATE, KERNEL_MARK, INLINED_MARK] = EXTRA.keys();

interface Label {
  readonly text: string;
  readonly x: number;
  /** Top of its row. */
  readonly y: number;
  /** Which list of rectangles its frame is in; -1 for the root. */
  readonly group: number;
  readonly isBold: boolean;
}

interface Fonts {
  readonly family: string;
  readonly ratio: number;
  readonly plain: string;
  readonly bold: string;
  readonly plainWidth: (text: string) => number;
  readonly boldWidth: (text: string) => number;
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

interface Patterns {
  readonly theme: Theme;
  readonly ratio: number;
  readonly kernel: CanvasPattern;
  readonly inlined: CanvasPattern;
  readonly aggregate: CanvasPattern;
}

/** Slanted lines for the kernel, dashes under what was inlined, dots on an aggregate. */
function patterns(context: CanvasRenderingContext2D, theme: Theme, ratio: number): Patterns {
  const tile = (size: number, draw: (tile: CanvasRenderingContext2D) => void): CanvasPattern => {
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(size * ratio);
    canvas.height = canvas.width;
    const on = canvas.getContext('2d')!;
    on.scale(canvas.width / size, canvas.width / size);
    draw(on);
    return context.createPattern(canvas, 'repeat')!;
  };
  const ink = (alpha: number) => theme.foreground.copy({ opacity: alpha }).formatRgb();
  const paper = (alpha: number) => theme.background.copy({ opacity: alpha }).formatRgb();
  return {
    theme,
    ratio,
    kernel: tile(8, (on) => {
      on.strokeStyle = ink(0.16);
      on.lineWidth = 1.5;
      for (const from of [-8, 0, 8]) {
        on.moveTo(from, 8);
        on.lineTo(from + 8, 0);
      }
      on.stroke();
    }),
    inlined: tile(6, (on) => {
      on.fillStyle = ink(0.75);
      on.fillRect(0, 0, 3, 6);
    }),
    aggregate: tile(4, (on) => {
      on.fillStyle = paper(0.7);
      on.fillRect(0, 0, 2, 2);
      on.fillRect(2, 2, 2, 2);
    }),
  };
}

/** Rectangles by group, kept in arrays that are used again. */
class RectLists {
  #lists: Int32Array[] = [];
  #lengths: Int32Array;

  constructor(groups: number) {
    this.#lengths = new Int32Array(groups);
  }

  clear(groups: number): void {
    this.#lengths = new Int32Array(groups);
    while (this.#lists.length < groups) this.#lists.push(new Int32Array(256));
  }

  add(group: number, x: number, y: number, width: number, height: number): void {
    let list = this.#lists[group];
    const at = this.#lengths[group];
    if (at === list.length) {
      const larger = new Int32Array(list.length * 2);
      larger.set(list);
      this.#lists[group] = larger;
      list = larger;
    }
    list[at] = x;
    list[at + 1] = y;
    list[at + 2] = width;
    list[at + 3] = height;
    this.#lengths[group] = at + 4;
  }

  isEmpty(group: number): boolean {
    return this.#lengths[group] === 0;
  }

  each(group: number, draw: (x: number, y: number, width: number, height: number) => void): void {
    const list = this.#lists[group];
    for (let at = 0; at < this.#lengths[group]; at += 4) draw(list[at], list[at + 1], list[at + 2], list[at + 3]);
  }
}
