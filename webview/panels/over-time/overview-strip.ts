import type { ThreadTracks } from '../../../src/core/profile/queries/thread-tracks.ts';
import { element } from '../../lib/dom.ts';
import type { Theme } from '../../lib/theme.ts';
import { drawActivity } from './draw-activity.ts';
import { AXIS_HEIGHT, TimeCanvas } from './time-canvas.ts';
import { isWhole, type TimeSight } from './time-sight.ts';

/** All of the recording's time with the activity of all threads; what the rest of the panel shows of it stands out. */
export class OverviewStrip {
  readonly plot: TimeCanvas;
  readonly element: HTMLElement;
  readonly #label = element('div', { className: 'gutter' });

  constructor(onResize: () => void) {
    this.plot = new TimeCanvas(onResize);
    this.element = element('section', { className: 'overview', 'aria-hidden': 'true' }, this.#label, this.plot.element);
  }

  showLabel(title: string, note: string): void {
    this.#label.replaceChildren(
      element('div', { className: 'gutter-name', text: title }),
      element('div', { className: 'gutter-note', text: note }),
    );
  }

  draw(theme: Theme, sight: TimeSight, { all, window }: ThreadTracks): void {
    const { plot } = this;
    if (!plot.clear(theme)) return;
    const { context, width, height } = plot;
    const { extent } = sight;
    plot.drawGrid(theme, extent);
    plot.drawAxis(theme, extent, FONT);
    const most = largest(all);
    drawActivity(plot, theme, all, {
      span: window,
      within: extent,
      top: AXIS_HEIGHT,
      height: height - AXIS_HEIGHT,
      most,
    });
    if (!isWhole(sight)) {
      const left = plot.x(extent, sight.window.fromNs);
      const right = Math.max(left + 2, plot.x(extent, sight.window.toNs));
      context.fillStyle = theme.background.copy({ opacity: 0.6 }).formatRgb();
      context.fillRect(0, AXIS_HEIGHT, left, height);
      context.fillRect(right, AXIS_HEIGHT, width - right, height);
      context.strokeStyle = theme.foreground.copy({ opacity: 0.7 }).formatRgb();
      context.lineWidth = 1;
      context.strokeRect(left + 0.5, AXIS_HEIGHT + 0.5, right - left - 1, height - AXIS_HEIGHT - 1);
    }
    plot.drawBands(theme, sight, extent, AXIS_HEIGHT);
  }
}

const FONT = 'sans-serif';

export function largest(column: Float64Array): number {
  let most = 0;
  for (const value of column) if (value > most) most = value;
  return most;
}
