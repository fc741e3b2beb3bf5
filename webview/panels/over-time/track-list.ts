import { NONE } from '../../../src/core/profile/profile.ts';
import type { ThreadTrack, ThreadTracks } from '../../../src/core/profile/queries/thread-tracks.ts';
import { threadLabel } from '../../../src/core/profile/thread-label.ts';
import { formatAmount, formatShare } from '../../../src/core/units.ts';
import { element } from '../../lib/dom.ts';
import type { Theme } from '../../lib/theme.ts';
import { drawActivity } from './draw-activity.ts';
import { largest } from './overview-strip.ts';
import { TimeCanvas } from './time-canvas.ts';
import type { TimeSight } from './time-sight.ts';

/** Height of a thread's row in CSS pixels. */
export const TRACK_HEIGHT = 26;

export interface TrackListEvents {
  onResize(): void;
  onChoose(thread: number): void;
  onMore(): void;
  onMenu(track: ThreadTrack, corner: { readonly x: number; readonly y: number }): void;
}

/** Threads under one another: name, share, and activity. One is chosen. */
export class TrackList {
  readonly plot: TimeCanvas;
  readonly element: HTMLElement;
  readonly #labels = element('div', { className: 'gutter tracks', role: 'group', 'aria-label': 'Threads' });
  readonly #events: TrackListEvents;
  #shown = '';

  constructor(events: TrackListEvents) {
    this.#events = events;
    this.plot = new TimeCanvas(events.onResize);
    this.element = element('section', { className: 'track-list' }, this.#labels, this.plot.element);
    // Names and pictures are one list: they scroll together, whichever is scrolled.
    const follow = (from: HTMLElement, to: HTMLElement) => () => {
      if (to.scrollTop !== from.scrollTop) to.scrollTop = from.scrollTop;
      events.onResize();
    };
    this.#labels.addEventListener('scroll', follow(this.#labels, this.plot.element));
    this.plot.element.addEventListener('scroll', follow(this.plot.element, this.#labels));
  }

  show({ tracks, more, total, value }: ThreadTracks, chosen: number): void {
    const key = JSON.stringify([tracks, more.count, total, chosen]);
    if (key === this.#shown) return;
    this.#shown = key;
    const at = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['thread'] : undefined;
    const amount = (weight: number) => formatAmount(weight, value.unit, value.type);
    const rows = tracks.map((track) => {
      const name = trackName(track);
      const button = element(
        'button',
        {
          type: 'button',
          className: 'track',
          'aria-pressed': String(track.thread === chosen),
          title: `${name}, process ${track.pid === NONE ? 'not known' : track.pid}\n${formatShare(track.total / total)} · ${amount(track.total)}`,
          'data-thread': String(track.thread),
        },
        element('span', { className: 'track-name', text: name }),
        element('span', { className: 'track-share', text: formatShare(track.total / total) }),
      );
      button.addEventListener('click', () => this.#events.onChoose(track.thread));
      button.addEventListener('contextmenu', (event) => {
        event.preventDefault();
        const { left, bottom } = button.getBoundingClientRect();
        this.#events.onMenu(track, { x: event.clientX || left, y: event.clientY || bottom });
      });
      return button;
    });
    if (more.count > 0) {
      const button = element('button', { type: 'button', className: 'track more' });
      button.append(
        element('span', { className: 'track-name', text: `and ${more.count} more…` }),
        element('span', { className: 'track-share', text: formatShare(more.total / total) }),
      );
      button.title = `Show more threads. The rest costs ${amount(more.total)} together.`;
      button.addEventListener('click', () => this.#events.onMore());
      rows.push(button);
    }
    this.#labels.replaceChildren(...rows);
    this.plot.setContentHeight(rows.length * TRACK_HEIGHT);
    this.element.style.setProperty('--track-rows', String(rows.length));
    if (at !== undefined) this.focus(Number(at));
  }

  focus(thread: number): void {
    this.#labels.querySelector<HTMLElement>(`[data-thread="${thread}"]`)?.focus();
  }

  draw(theme: Theme, sight: TimeSight, { activity, bins, tracks, more, window }: ThreadTracks, chosen: number): void {
    const { plot } = this;
    if (!plot.clear(theme)) return;
    plot.drawGrid(theme, sight.window);
    const { context, width, height } = plot;
    const scrolled = plot.element.scrollTop;
    const most = Math.max(largest(activity), tracks.length === 0 ? largest(more.activity) : 0);
    for (let row = 0; row < tracks.length + (more.count > 0 ? 1 : 0); row++) {
      const top = row * TRACK_HEIGHT - scrolled;
      if (top + TRACK_HEIGHT < 0 || top > height) continue;
      const isSelected = tracks[row]?.thread === chosen;
      context.fillStyle = theme.foreground.copy({ opacity: 0.12 }).formatRgb();
      context.fillRect(0, top + TRACK_HEIGHT - 1, width, 1);
      const weights = row < tracks.length ? activity.subarray(row * bins, (row + 1) * bins) : more.activity;
      const place = { span: window, within: sight.window, top: top + 3, height: TRACK_HEIGHT - 5 };
      drawActivity(plot, theme, weights, {
        ...place,
        most: row < tracks.length ? most : Math.max(most, largest(more.activity)),
        isSelected,
      });
    }
    plot.drawBands(theme, sight, sight.window);
  }

  /** The row at a place of the plot; `undefined` below the last. */
  rowAt(y: number): number {
    return Math.floor((y + this.plot.element.scrollTop) / TRACK_HEIGHT);
  }
}

/** `render (4242)`. */
export function trackName({ thread, name, tid }: Pick<ThreadTrack, 'thread' | 'name' | 'tid'>): string {
  if (thread === NONE) return 'all samples: no thread is named';
  return threadLabel({ name, tid });
}
