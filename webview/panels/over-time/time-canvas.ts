import type { TimeSpan } from '../../../src/core/profile/queries/thread-tracks.ts';
import { timeTicks } from '../../../src/core/profile/time/time-ticks.ts';
import { element } from '../../lib/dom.ts';
import type { Theme } from '../../lib/theme.ts';
import type { TimeSight } from './time-sight.ts';

/** Height of a time axis in CSS pixels. */
export const AXIS_HEIGHT = 18;

/**
 * A canvas on which x is time. It sticks to the visible part of an element that may scroll up and down. All lengths are in CSS pixels:
 * the context is scaled.
 */
export class TimeCanvas {
  readonly element = element('div', { className: 'plot' });
  readonly canvas = element('canvas');
  readonly context = this.canvas.getContext('2d', { alpha: false })!;
  readonly #stage = element('div');
  width = 0;
  height = 0;
  ratio = 1;

  constructor(onResize: () => void) {
    this.#stage.append(this.canvas);
    this.element.append(this.#stage);
    new ResizeObserver(() => {
      if (this.#resize()) onResize();
    }).observe(this.element);
  }

  /** How high what is shown is, where that is more than there's room for. */
  setContentHeight(height: number): void {
    this.#stage.style.height = height > 0 ? `${height}px` : '100%';
  }

  /** Where a moment is. */
  x({ fromNs, toNs }: TimeSpan, ns: number): number {
    return ((ns - fromNs) / (toNs - fromNs)) * this.width;
  }

  ns({ fromNs, toNs }: TimeSpan, x: number): number {
    return fromNs + (Math.min(this.width, Math.max(0, x)) / this.width) * (toNs - fromNs);
  }

  /** Empties it. Whether there's anything to draw on. */
  clear(theme: Theme): boolean {
    if (this.width === 0 || this.height === 0) return false;
    const { context } = this;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.fillStyle = theme.background.formatHex();
    context.fillRect(0, 0, this.width, this.height);
    return true;
  }

  /** Draws a faint line down from each mark of the axis: first, so that what is drawn next isn't crossed out. */
  drawGrid(theme: Theme, span: TimeSpan): void {
    this.context.fillStyle = theme.foreground.copy({ opacity: 0.14 }).formatRgb();
    for (const moment of this.#ticks(span).at) {
      this.context.fillRect(Math.round(this.x(span, moment)), 0, 1, this.height);
    }
  }

  #ticks({ fromNs, toNs }: TimeSpan) {
    return timeTicks(fromNs, toNs, Math.max(2, Math.floor(this.width / 110)));
  }

  /** Draws the axis, over what has been scrolled beneath it. */
  drawAxis(theme: Theme, span: TimeSpan, font: string): void {
    const { context, width } = this;
    const { at, labels } = this.#ticks(span);
    context.font = `11px ${font}`;
    context.textBaseline = 'middle';
    context.fillStyle = theme.background.formatHex();
    context.fillRect(0, 0, width, AXIS_HEIGHT);
    at.forEach((moment, index) => {
      const x = Math.round(this.x(span, moment));
      context.fillStyle = theme.foreground.copy({ opacity: 0.14 }).formatRgb();
      context.fillRect(x, 0, 1, AXIS_HEIGHT);
      context.fillStyle = theme.foreground.copy({ opacity: 0.8 }).formatRgb();
      const room = context.measureText(labels[index]).width;
      if (x + 4 + room <= width) context.fillText(labels[index], x + 4, AXIS_HEIGHT / 2);
    });
  }

  /** Marks the range that is shown elsewhere, and the one that is being chosen. */
  drawBands(theme: Theme, { range, selection }: TimeSight, window: TimeSpan, top = 0): void {
    if (range) this.#band(theme, range, window, top, []);
    if (selection) this.#band(theme, selection, window, top, [4, 3]);
  }

  #band(theme: Theme, { fromNs, toNs }: TimeSpan, window: TimeSpan, top: number, dash: readonly number[]): void {
    const { context, width, height } = this;
    const left = this.x(window, fromNs);
    const right = Math.max(left + 1, this.x(window, toNs));
    if (right < 0 || left > width) return;
    context.fillStyle = theme.focus.copy({ opacity: theme.contrastBorder ? 0.12 : 0.1 }).formatRgb();
    const seen = Math.min(width, right) - Math.max(0, left);
    context.fillRect(Math.max(0, left), top, seen, height - top);
    // A bar along the top says so also where the range's ends are out of sight.
    context.fillStyle = theme.focus.formatHex();
    if (top > 0) context.fillRect(Math.max(0, left), top - 3, seen, 3);
    context.strokeStyle = theme.focus.formatHex();
    context.lineWidth = 1.5;
    context.setLineDash([...dash]);
    context.beginPath();
    for (const x of [left, right]) {
      const at = Math.min(width - 0.75, Math.max(0.75, x));
      if (x < -1 || x > width + 1) continue;
      context.moveTo(at, top);
      context.lineTo(at, height);
    }
    context.stroke();
    context.setLineDash([]);
  }

  /** Fits it to its place. Whether that cleared it. */
  #resize(): boolean {
    this.width = this.element.clientWidth;
    this.height = this.element.clientHeight;
    this.ratio = devicePixelRatio;
    const [width, height] = [Math.round(this.width * this.ratio), Math.round(this.height * this.ratio)];
    if (this.canvas.width === width && this.canvas.height === height) return false;
    this.canvas.width = width;
    this.canvas.height = height;
    this.canvas.style.width = `${this.width}px`;
    this.canvas.style.height = `${this.height}px`;
    return true;
  }
}
