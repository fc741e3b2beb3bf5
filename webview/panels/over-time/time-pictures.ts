import { NONE } from '../../../src/core/profile/profile.ts';
import type { StackChart } from '../../../src/core/profile/queries/stack-chart.ts';
import type { SubsecondHeatmap } from '../../../src/core/profile/queries/subsecond-heatmap.ts';
import type { ThreadTrack, ThreadTracks, TimeSpan } from '../../../src/core/profile/queries/thread-tracks.ts';
import { formatAmount, formatDuration, plural } from '../../../src/core/units.ts';
import type { PlacedChart, TimedRecording } from '../../../src/protocol/over-time.ts';
import { element } from '../../lib/dom.ts';
import type { Theme } from '../../lib/theme.ts';
import { HoverCard } from '../../widgets/hover-card.ts';
import { timeCard } from './cards.ts';
import { coarserTracks } from './coarser-tracks.ts';
import { HeatmapCanvas } from './heatmap-canvas.ts';
import type { TimeMode } from './kept-state.ts';
import { OverviewStrip } from './overview-strip.ts';
import { StackCanvas } from './stack-canvas.ts';
import { AXIS_HEIGHT, type TimeCanvas } from './time-canvas.ts';
import { listenToGestures, type Place } from './time-gestures.ts';
import type { Corner } from './time-menus.ts';
import type { TimeSight } from './time-sight.ts';
import { atText, type BoxWords, boxWords, wallText } from './time-words.ts';
import { TRACK_HEIGHT, TrackList, trackName } from './track-list.ts';

export interface TimePicturesEvents {
  /** Another part is in sight than was asked for. */
  onResize(): void;
  onZoom(factor: number, aboutNs: number): void;
  onPan(byNs: number): void;
  /** A range is being drawn; `null` where it was given up. */
  onSelect(range: TimeSpan | null): void;
  /** It was drawn. */
  onApply(range: TimeSpan): void;
  onThread(thread: number): void;
  onMore(): void;
  onOpen(box: number): void;
  onBoxMenu(box: number, corner: Corner): void;
  onTrackMenu(track: ThreadTrack, corner: Corner): void;
}

/** Overview, threads, and the stacks of one of them or the heatmap: one below the other, and all of one time. */
export class TimePictures {
  /** Takes the keys of the pictures. */
  readonly element = element('div', {
    className: 'pictures',
    tabindex: '0',
    role: 'application',
    'aria-roledescription': 'time chart',
    'aria-label':
      'Activity over time. Left and right choose a range, Enter shows it everywhere, up and down choose a thread, t shows tables, question mark lists all keys.',
  });
  readonly #events: TimePicturesEvents;
  readonly #overview: OverviewStrip;
  readonly #tracks: TrackList;
  readonly #stacks: StackCanvas;
  readonly #heatmap: HeatmapCanvas;
  readonly #hover = new HoverCard();
  #theme: Theme;
  #mode: TimeMode = 'stacks';
  #open: TimedRecording | undefined;
  #sight: TimeSight | undefined;
  #whole: ThreadTracks | undefined;
  #shownTracks: ThreadTracks | undefined;
  #thread = NONE;
  #frame = 0;
  #busy: ReturnType<typeof setTimeout> | undefined;

  constructor(theme: Theme, events: TimePicturesEvents) {
    this.#theme = theme;
    this.#events = events;
    const resized = () => {
      this.#draw();
      events.onResize();
    };
    this.#overview = new OverviewStrip(resized);
    this.#tracks = new TrackList({
      onResize: resized,
      onChoose: events.onThread,
      onMore: events.onMore,
      onMenu: events.onTrackMenu,
    });
    this.#stacks = new StackCanvas(resized);
    this.#heatmap = new HeatmapCanvas(resized);
    const pictures = [this.#overview, this.#tracks, this.#stacks, this.#heatmap];
    this.element.append(...pictures.map((picture) => picture.element), this.#hover.element);
    this.#heatmap.element.hidden = true;
    this.#listen();
  }

  get tracks(): ThreadTracks | undefined {
    return this.#shownTracks;
  }

  get chart(): StackChart | undefined {
    return this.#stacks.chart;
  }

  /** How long the heatmap's columns and cells are; undefined where it isn't shown. */
  get cellNs(): { readonly columnNs: number; readonly rowNs: number } | undefined {
    const { map } = this.#heatmap;
    if (this.#mode !== 'heatmap' || !map) return undefined;
    return { columnNs: map.columnNs * map.folded, rowNs: map.columnNs / map.rows };
  }

  /** What of the window there is room for: how many pixels, and which rows. */
  get wanted(): { readonly columns: number; readonly firstRow: number; readonly rows: number } {
    const { plot } = this.#stacks.element.hidden ? this.#tracks : this.#stacks;
    return { columns: plot.canvas.width || UNSEEN_COLUMNS, ...this.#stacks.wantedRows };
  }

  show(open: TimedRecording, whole: ThreadTracks, thread: number, sight: TimeSight): void {
    this.#open = open;
    this.#whole = coarserTracks(whole);
    this.#shownTracks = this.#whole;
    this.#thread = thread;
    this.#sight = sight;
    this.#overview.showLabel('All threads in view', formatAmount(whole.total, whole.value.unit, whole.value.type));
    this.#tracks.show(whole, thread);
    this.chooseThread(thread);
  }

  showTracks(tracks: ThreadTracks, thread: number): void {
    this.#shownTracks = coarserTracks(tracks);
    this.#tracks.show(tracks, thread);
    this.redraw();
  }

  showChart(placed: PlacedChart): void {
    clearTimeout(this.#busy);
    this.element.classList.remove('busy');
    this.#stacks.show(placed);
    this.#stacks.showLegend(this.#theme);
    this.#labelStacks();
    this.redraw();
  }

  showHeatmap(map: SubsecondHeatmap): void {
    this.#heatmap.show(map);
    this.redraw();
  }

  /** Its stacks come when they were asked for. */
  chooseThread(thread: number): void {
    const isOther = thread !== this.#thread || !this.#stacks.chart || this.#stacks.chart.threads[0] !== thread;
    this.#thread = thread;
    if (this.#shownTracks) this.#tracks.show(this.#shownTracks, thread);
    if (!isOther) return;
    this.#stacks.show(undefined);
    this.#labelStacks();
    clearTimeout(this.#busy);
    this.#busy = setTimeout(() => this.element.classList.add('busy'), BUSY_MS);
    this.redraw();
  }

  setMode(mode: TimeMode): void {
    this.#mode = mode;
    this.#stacks.element.hidden = mode !== 'stacks';
    this.#heatmap.element.hidden = mode !== 'heatmap';
    this.redraw();
  }

  setSight(sight: TimeSight): void {
    this.#sight = sight;
    this.redraw();
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#stacks.showLegend(theme);
    this.redraw();
  }

  redraw(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(): void {
    const sight = this.#sight;
    if (!sight || !this.#whole || !this.#shownTracks) return;
    this.#overview.draw(this.#theme, sight, this.#whole);
    this.#tracks.draw(this.#theme, sight, this.#shownTracks, this.#thread);
    if (this.#mode === 'stacks') this.#stacks.draw(this.#theme, sight);
    else this.#heatmap.draw(this.#theme, sight);
  }

  #labelStacks(): void {
    const track = this.#shownTracks?.tracks.find(({ thread }) => thread === this.#thread);
    if (!track || !this.#whole) return;
    const { lengths, intervalNs } = this.#whole;
    const { chart } = this.#stacks;
    this.#stacks.showLabel(trackName(track), [
      lengths === 'measured'
        ? 'Each box as long as it was recorded to last.'
        : intervalNs > 0
          ? `A sample every ${formatDuration(intervalNs)}; gaps were not sampled.`
          : 'Too few samples to tell how long one lasts.',
      ...(chart && chart.height === 0 ? ['Its samples have no stacks.'] : []),
      ...(chart?.isCut ? [`Calls deeper than ${chart.height} are left out.`] : []),
    ]);
  }

  #listen(): void {
    const zoomable = (plot: TimeCanvas, spanOf: (sight: TimeSight) => TimeSpan) => ({
      onZoom: (factor: number, x: number) => {
        if (this.#sight) this.#events.onZoom(factor, plot.ns(spanOf(this.#sight), x));
      },
      onSelect: (from: Place, to: Place, isDone: boolean) => {
        if (!this.#sight) return;
        const span = spanOf(this.#sight);
        const [a, b] = [plot.ns(span, from.x), plot.ns(span, to.x)];
        this.#selected({ fromNs: Math.min(a, b), toNs: Math.max(a, b) }, isDone);
      },
      onCancel: () => this.#events.onSelect(null),
    });
    const pannable = (plot: TimeCanvas) => (dx: number) => {
      if (!this.#sight) return;
      const { fromNs, toNs } = this.#sight.window;
      this.#events.onPan((-dx / plot.width) * (toNs - fromNs));
    };
    const { plot: overview } = this.#overview;
    listenToGestures(overview, {
      ...zoomable(overview, ({ extent }) => extent),
      onPan: (dx) => {
        if (!this.#sight) return;
        const { fromNs, toNs } = this.#sight.extent;
        this.#events.onPan((dx / overview.width) * (toNs - fromNs));
      },
      onHover: (place) => this.#hoverActivity(overview, place, undefined),
    });
    const { plot: tracks } = this.#tracks;
    listenToGestures(tracks, {
      ...zoomable(tracks, ({ window }) => window),
      onPan: pannable(tracks),
      onScroll: (dy) => {
        tracks.element.scrollTop += dy;
      },
      onClick: (_, y) => {
        const track = this.#shownTracks?.tracks[this.#tracks.rowAt(y)];
        if (track) this.#events.onThread(track.thread);
        else if (this.#shownTracks?.more.count && this.#tracks.rowAt(y) === this.#shownTracks.tracks.length) {
          this.#events.onMore();
        }
      },
      onHover: (place) => this.#hoverActivity(tracks, place, place && this.#tracks.rowAt(place.y)),
      onMenu: ({ y }, event) => {
        const track = this.#shownTracks?.tracks[this.#tracks.rowAt(y)];
        if (track) this.#events.onTrackMenu(track, { x: event.clientX, y: event.clientY });
      },
    });
    const { plot: stacks } = this.#stacks;
    listenToGestures(stacks, {
      ...zoomable(stacks, ({ window }) => window),
      onPan: pannable(stacks),
      onScroll: (dy) => {
        stacks.element.scrollTop += dy;
      },
      onClick: (x, y) => {
        this.element.focus({ preventScroll: true });
        const hit = this.#sight && this.#stacks.boxAt(this.#sight, x, y);
        if (hit) this.#events.onOpen(hit.box);
      },
      onHover: (place) => this.#hoverBox(place),
      onMenu: ({ x, y }, event) => {
        const hit = this.#sight && this.#stacks.boxAt(this.#sight, x, y);
        if (hit) this.#events.onBoxMenu(hit.box, { x: event.clientX, y: event.clientY });
      },
    });
    const { plot: heatmap } = this.#heatmap;
    listenToGestures(heatmap, {
      onSelect: (from, to, isDone) => {
        if (this.#heatmap.map) this.#selected(this.#heatmap.spanOf(from, to), isDone);
      },
      onCancel: () => this.#events.onSelect(null),
      onClick: (x, y) => {
        if (this.#heatmap.map && y > AXIS_HEIGHT) this.#selected(this.#heatmap.spanOf({ x, y }, { x, y }), true);
      },
      onHover: (place) => this.#hoverCell(place),
    });
  }

  #selected(span: TimeSpan, isDone: boolean): void {
    const { extent } = this.#sight!;
    const range = { fromNs: Math.max(extent.fromNs, span.fromNs), toNs: Math.min(extent.toNs, span.toNs) };
    // The last column of a heatmap goes on after the end.
    if (range.fromNs >= range.toNs) this.#events.onSelect(null);
    else if (isDone) {
      this.element.focus({ preventScroll: true });
      this.#events.onApply(range);
    } else this.#events.onSelect(range);
  }

  #hoverActivity(plot: TimeCanvas, place: Place | undefined, row: number | undefined): void {
    const sight = this.#sight;
    const isOverview = row === undefined;
    const tracks = isOverview ? this.#whole : this.#shownTracks;
    if (!place || !sight || !tracks) {
      this.#hover.hide();
      return;
    }
    const at = plot.ns(isOverview ? sight.extent : sight.window, place.x);
    const { bins, window } = tracks;
    const bin = Math.floor(((at - window.fromNs) / (window.toNs - window.fromNs)) * bins);
    const track = isOverview ? undefined : tracks.tracks[row];
    const isRest = !isOverview && row === tracks.tracks.length && tracks.more.count > 0;
    if (bin < 0 || bin >= bins || (!isOverview && !track && !isRest)) {
      this.#hover.hide();
      return;
    }
    const weight = isOverview ? tracks.all[bin] : track ? tracks.activity[row * bins + bin] : tracks.more.activity[bin];
    const amount = formatAmount(weight, tracks.value.unit, tracks.value.type);
    const binNs = (window.toNs - window.fromNs) / bins;
    const title = isOverview
      ? 'All threads in view'
      : track
        ? trackName(track)
        : `${tracks.more.count} more ${plural(tracks.more.count, 'thread')}`;
    const top = isOverview ? 0 : row * TRACK_HEIGHT - plot.element.scrollTop;
    const bottom = isOverview ? plot.height : top + TRACK_HEIGHT;
    this.#showCard(plot, `activity ${row} ${bin}`, { x: place.x, top, bottom }, at, {
      title,
      rows: [[`in ${formatDuration(binNs)}`, amount]],
      lines: [],
    });
  }

  #hoverBox(place: Place | undefined): void {
    const sight = this.#sight;
    const chart = this.#stacks.chart;
    const hit = place && sight ? this.#stacks.boxAt(sight, place.x, place.y) : undefined;
    if (this.#stacks.hovered !== (hit?.box ?? NONE)) {
      this.#stacks.hovered = hit?.box ?? NONE;
      this.redraw();
    }
    if (!hit || !place || !sight || !chart || !this.#whole) {
      this.#hover.hide();
      return;
    }
    const words = boxWords(chart, hit.box, this.#whole);
    const at = chart.from[hit.box];
    this.#showCard(this.#stacks.plot, `box ${hit.box} ${at}`, { x: place.x, ...hit }, at, words);
  }

  #hoverCell(place: Place | undefined): void {
    const { map, plot } = this.#heatmap;
    if (!place || !map || place.y < AXIS_HEIGHT) {
      this.#hover.hide();
      return;
    }
    const { at, weight, text } = this.#heatmap.cellText(place);
    const { row } = this.#heatmap.cellAt(place);
    this.#showCard(plot, `cell ${at}`, { x: place.x, ...this.#heatmap.cellTop(row) }, at, {
      title: text,
      rows: [['cost', formatAmount(weight, map.value.unit, map.value.type)]],
      lines: [],
    });
  }

  /** Shows the card of something at a place of a plot, with the moment it is of. */
  #showCard(
    plot: TimeCanvas,
    subject: string,
    { x, top, bottom }: { x: number; top: number; bottom: number },
    ns: number,
    words: BoxWords,
  ): void {
    const from = plot.element.getBoundingClientRect();
    const own = this.element.getBoundingClientRect();
    const [dx, dy] = [from.left - own.left, from.top - own.top];
    const wall = wallText(this.#open?.wallStartMs ?? null, ns);
    const moment = `at ${atText(ns, this.#sight!.window)}${wall ? `, ${wall}` : ''}`;
    const details = () => timeCard({ ...words, lines: [moment, ...words.lines] });
    this.#hover.show(subject, details, { x: x + dx, top: top + dy, bottom: bottom + dy });
  }
}

/** While only tables are on the page. */
const UNSEEN_COLUMNS = 2000;
/** After this long one wants to know that something is being done. */
const BUSY_MS = 200;
