import { firstAbove } from '../../../src/core/profile/flame-visible.ts';
import { FRAME_KINDS, NONE } from '../../../src/core/profile/profile.ts';
import type { StackChart } from '../../../src/core/profile/queries/stack-chart.ts';
import type { PlacedChart } from '../../../src/protocol/over-time.ts';
import { element } from '../../lib/dom.ts';
import type { Theme } from '../../lib/theme.ts';
import { type FlamePaints, flamePaints, type Paint } from '../../widgets/flame-paints.ts';
import { type FlamePatterns, flamePatterns } from '../../widgets/flame-patterns.ts';
import { PixelRows } from '../../widgets/pixel-rows.ts';
import { NameLabels } from './name-labels.ts';
import { AXIS_HEIGHT, TimeCanvas } from './time-canvas.ts';
import type { TimeSight } from './time-sight.ts';

/** Height of a row of boxes in CSS pixels. */
export const ROW_HEIGHT = 20;

/** A box of a chart, and where it is drawn. */
export interface BoxAt {
  readonly box: number;
  readonly row: number;
  readonly top: number;
  readonly bottom: number;
}

/** The stacks of a thread in order of time, as boxes. */
export class StackCanvas {
  readonly plot: TimeCanvas;
  readonly element: HTMLElement;
  readonly #label = element('div');
  readonly #legend = element('ul', { className: 'legend', 'aria-label': 'Colours' });
  readonly #pixels = new PixelRows();
  #placed: PlacedChart | undefined;
  #paints: { readonly of: unknown; readonly theme: Theme; readonly paints: FlamePaints } | undefined;
  #patterns: FlamePatterns | undefined;
  #labels: NameLabels | undefined;
  #family = '';
  hovered = NONE;

  constructor(onResize: () => void) {
    this.plot = new TimeCanvas(onResize);
    this.plot.element.addEventListener('scroll', onResize);
    const gutter = element('div', { className: 'gutter' }, this.#label, this.#legend);
    this.element = element('section', { className: 'stacks' }, gutter, this.plot.element);
  }

  get chart(): StackChart | undefined {
    return this.#placed?.chart;
  }

  showLabel(title: string, notes: readonly string[]): void {
    this.#label.replaceChildren(
      element('div', { className: 'gutter-name', text: title, title }),
      ...notes.map((text) => element('div', { className: 'gutter-note', text })),
    );
  }

  /** Says what the colours in sight mean. */
  showLegend(theme: Theme): void {
    const { chart } = this;
    if (!chart) return;
    const paints = flamePaints(theme, chart.legend);
    const used = new Set(chart.swatch);
    const items = chart.legend.flatMap(({ label }, at) => {
      if (!used.has(at)) return [];
      const swatch = element('span', { className: 'swatch' });
      swatch.style.background = paints.full[at].fill;
      return [element('li', { title: label }, swatch, element('span', { text: label }))];
    });
    this.#legend.replaceChildren(...items);
  }

  show(placed: PlacedChart | undefined): void {
    this.#placed = placed;
    this.hovered = NONE;
    this.plot.setContentHeight(placed ? AXIS_HEIGHT + (placed.chart.height + 1) * ROW_HEIGHT : 0);
  }

  /** The rows in sight, and as many again above and below. */
  get wantedRows(): { readonly firstRow: number; readonly rows: number } {
    // The tables have room for any.
    if (!this.plot.element.isConnected) return { firstRow: 0, rows: TABLE_ROWS };
    const seen = Math.ceil(this.plot.height / ROW_HEIGHT) + 1;
    const first = Math.floor(this.plot.element.scrollTop / ROW_HEIGHT);
    return { firstRow: Math.max(0, first - seen), rows: seen * 3 };
  }

  boxAt(sight: TimeSight, x: number, y: number): BoxAt | undefined {
    const { chart, plot } = this;
    if (!chart || y < AXIS_HEIGHT) return undefined;
    const row = Math.floor((y - AXIS_HEIGHT + plot.element.scrollTop) / ROW_HEIGHT);
    const at = row - chart.firstRow;
    if (at < 0 || at + 1 >= chart.rowStart.length) return undefined;
    const top = AXIS_HEIGHT + row * ROW_HEIGHT - plot.element.scrollTop;
    const moment = plot.ns(sight.window, x);
    // What is narrower than a pixel is a pixel wide all the same.
    const slack = (sight.window.toNs - sight.window.fromNs) / plot.width;
    const box = firstAbove(chart.to, chart.rowStart[at], chart.rowStart[at + 1], moment - slack / 2);
    if (box === chart.rowStart[at + 1] || chart.from[box] > moment + slack / 2) return undefined;
    return { box, row, top, bottom: top + ROW_HEIGHT };
  }

  draw(theme: Theme, sight: TimeSight): void {
    const { plot } = this;
    if (!plot.clear(theme)) return;
    plot.drawGrid(theme, sight.window);
    if (this.#placed) this.#drawBoxes(theme, sight, this.#placed);
    plot.drawAxis(theme, sight.window, 'sans-serif');
    plot.drawBands(theme, sight, sight.window, AXIS_HEIGHT);
  }

  #prepare(theme: Theme, chart: StackChart): FlamePaints {
    const { context, ratio } = this.plot;
    if (this.#paints?.of !== chart || this.#paints.theme !== theme) {
      this.#paints = { of: chart, theme, paints: flamePaints(theme, chart.legend) };
    }
    if (this.#patterns?.theme !== theme || this.#patterns.ratio !== ratio) {
      this.#patterns = flamePatterns(context, theme, ratio);
    }
    if (!this.#labels || this.#family !== theme.codeFont) {
      this.#family = theme.codeFont;
      this.#labels = new NameLabels(context, theme.codeFont);
    }
    return this.#paints.paints;
  }

  #drawBoxes(theme: Theme, sight: TimeSight, { chart, inWorkspace }: PlacedChart): void {
    const { plot } = this;
    const { context, ratio } = plot;
    const paints = this.#prepare(theme, chart);
    const hasOwn = inWorkspace.includes(1);
    const width = plot.canvas.width;
    const scale = width / (sight.window.toNs - sight.window.fromNs);
    const rowHeight = ROW_HEIGHT * ratio;
    const gap = Math.max(1, Math.round(ratio));
    const scrolled = plot.element.scrollTop * ratio;
    const labels: { text: string; x: number; top: number; paint: Paint; isBold: boolean }[] = [];
    const marks: { pattern: 'kernel' | 'inlined' | 'aggregate'; x: number; top: number; width: number }[] = [];
    const tops: number[] = [];
    this.#pixels.clear(width, Math.ceil(plot.canvas.height / rowHeight) + 2);
    const least = LEAST_ROOM * ratio;
    for (let at = 0; at + 1 < chart.rowStart.length; at++) {
      const top = Math.round(AXIS_HEIGHT * ratio + (at + chart.firstRow) * rowHeight - scrolled);
      if (top + rowHeight < 0 || top > plot.canvas.height) continue;
      const end = chart.rowStart[at + 1];
      const line = tops.push(top) - 1;
      let box = firstAbove(chart.to, chart.rowStart[at], end, sight.window.fromNs);
      for (; box < end && chart.from[box] <= sight.window.toNs; box++) {
        const left = Math.max(0, Math.round((chart.from[box] - sight.window.fromNs) * scale));
        const right = Math.min(width, Math.max(left + 1, Math.round((chart.to[box] - sight.window.fromNs) * scale)));
        const edge = right - left > 3 ? right - 1 : right;
        const func = chart.function[box];
        if (func === NONE) {
          this.#pixels.fill(line, left, edge, chart.covered[box] > 0.5 ? paints.aggregate : paints.sparse);
          if (edge - left >= 4 * ratio) marks.push({ pattern: 'aggregate', x: left, top, width: edge - left });
          continue;
        }
        const isOwn = !hasOwn || inWorkspace[func] === 1;
        const paint = (isOwn ? paints.full : paints.muted)[chart.swatch[func]];
        this.#pixels.fill(line, left, edge, paint.pixel);
        if (paints.outline !== undefined && right - left > 3) this.#pixels.edge(line, left, right, paints.outline);
        if (right - left < least) continue;
        if (chart.kind[box] === KERNEL) marks.push({ pattern: 'kernel', x: left, top, width: edge - left });
        if (chart.inlined[box] === 1) marks.push({ pattern: 'inlined', x: left, top, width: edge - left });
        const isBold = hasOwn && isOwn;
        const room = (edge - left) / ratio - 8;
        const text = this.#labels!.fit(chart.functions.name[func], isBold, room);
        if (text !== '') labels.push({ text, x: left / ratio + 4, top: top / ratio, paint, isBold });
      }
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    const height = rowHeight - gap;
    this.#pixels.draw(context, tops, height, paints.outline === undefined ? 0 : gap);
    for (const pattern of ['kernel', 'inlined', 'aggregate'] as const) {
      context.fillStyle = this.#patterns![pattern];
      const dash = Math.round(2 * ratio);
      for (const mark of marks) {
        if (mark.pattern !== pattern) continue;
        if (pattern === 'inlined') context.fillRect(mark.x, mark.top + height - dash, mark.width, dash);
        else context.fillRect(mark.x, mark.top, mark.width, height);
      }
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textBaseline = 'middle';
    for (const isBold of [false, true]) {
      context.font = isBold ? this.#labels!.boldFont : this.#labels!.font;
      for (const label of labels) {
        if (label.isBold !== isBold) continue;
        context.fillStyle = label.paint.text;
        context.fillText(label.text, label.x, label.top + ROW_HEIGHT / 2);
      }
    }
    if (this.hovered !== NONE && this.hovered < chart.from.length) this.#outline(theme, sight, chart);
  }

  #outline(theme: Theme, sight: TimeSight, chart: StackChart): void {
    const { plot, hovered } = this;
    let row = 0;
    while (chart.rowStart[row + 1] <= hovered) row++;
    const left = Math.max(-2, plot.x(sight.window, chart.from[hovered]));
    const right = Math.min(plot.width + 2, plot.x(sight.window, chart.to[hovered]));
    plot.context.strokeStyle = theme.foreground.formatHex();
    plot.context.lineWidth = 1;
    const top = AXIS_HEIGHT + (row + chart.firstRow) * ROW_HEIGHT - plot.element.scrollTop;
    plot.context.strokeRect(left + 0.5, top + 0.5, Math.max(1, right - left - 2), ROW_HEIGHT - 2);
  }
}

const TABLE_ROWS = 100;
const KERNEL = FRAME_KINDS.indexOf('kernel');
/** In less room than this, in CSS pixels, no letter fits. */
const LEAST_ROOM = 18;
