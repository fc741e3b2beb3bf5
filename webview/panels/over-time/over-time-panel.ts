import { NONE } from '../../../src/core/profile/profile.ts';
import type { View } from '../../../src/core/profile/queries/query-model.ts';
import type { ThreadTracks, TimeSpan } from '../../../src/core/profile/queries/thread-tracks.ts';
import { recordedText } from '../../../src/core/profile/recorded-text.ts';
import { rangeOf, withoutRange, withRange } from '../../../src/core/profile/time/view-range.ts';
import { formatShare } from '../../../src/core/units.ts';
import type { HostConnection } from '../../../src/protocol/contract.ts';
import type { OverTimeContract, TimedRecording } from '../../../src/protocol/over-time.ts';
import type { Loading } from '../../../src/protocol/panel-state.ts';
import { element } from '../../lib/dom.ts';
import { keepFocus } from '../../lib/keep-focus.ts';
import { messageOf } from '../../lib/message-of.ts';
import { showsNothing } from '../../lib/shows-nothing.ts';
import { onThemeChange, readTheme } from '../../lib/theme.ts';
import { whenSlow } from '../../lib/when-slow.ts';
import { chips } from '../../widgets/chips.ts';
import { dispatchKey, showKeys } from '../../widgets/keys.ts';
import { LoadingPlaceholder } from '../../widgets/loading-placeholder.ts';
import { failure, nothingOpen, working } from '../../widgets/state-placeholders.ts';
import { statusRow } from '../../widgets/status-row.ts';
import { viewChips } from '../../widgets/view-chips.ts';
import { type KeptState, keptState, type TimeMode } from './kept-state.ts';
import { PictureQuestions } from './picture-questions.ts';
import { POINTER, timeKeys } from './time-keys.ts';
import { boxMenu, type MenuActions, openSource, trackMenu } from './time-menus.ts';
import { TimePictures } from './time-pictures.ts';
import { noTimes, nothingInView } from './time-placeholders.ts';
import { movedSelection, panned, type TimeSight, windowAbout, windowWithin, zoomed } from './time-sight.ts';
import { timeTables } from './time-tables.ts';
import { misleading, spanText } from './time-words.ts';
import { toolbar } from './toolbar.ts';
import { trackName } from './track-list.ts';

/** The panel: what it shows comes from the host, how it is looked at is kept here. */
export class OverTimePanel {
  readonly #host: HostConnection<OverTimeContract>;
  readonly #toolbar = toolbar({
    onValue: (value) => this.#say('look', { value }),
    onMode: (mode) => this.setMode(mode),
    onColouring: (colouring) => this.setColouring(colouring),
    onZoom: (factor) => this.zoomBy(factor),
    onWhole: () => this.showWhole(),
    onTable: () => this.toggleTable(),
    onClear: () => this.apply(null),
    onHelp: () => this.help(),
  });
  readonly #chips = chips('What is looked at');
  readonly #chosen = element('div', { className: 'status-chosen' });
  readonly #status = statusRow({ first: [this.#chosen] });
  readonly #stage = element('main', { className: 'stage' });
  readonly #live = element('div', { className: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  readonly #pictures: TimePictures;
  readonly #questions: PictureQuestions;
  #kept: KeptState;
  #open: TimedRecording | undefined;
  /** Of all of the time. */
  #whole: ThreadTracks | undefined;
  #sight: TimeSight | undefined;
  #thread = NONE;
  /** What the pictures are of: recording and view, but for the range. */
  #key = '';
  /** How often was pulled: of several answers only the last counts. */
  #pulls = 0;
  readonly #loading = new LoadingPlaceholder('graph-line', () => this.#say('cancel', null));

  constructor(host: HostConnection<OverTimeContract>) {
    this.#host = host;
    this.#kept = keptState(host.kept());
    this.#pictures = new TimePictures(readTheme(), {
      onResize: () => this.#refresh(),
      onZoom: (factor, aboutNs) => this.#sight && this.#showWindow(zoomed(this.#sight, factor, aboutNs)),
      onPan: (byNs) => this.#sight && this.#showWindow(panned(this.#sight, byNs)),
      onSelect: (selection) => this.#select(selection),
      onApply: (range) => this.apply(range),
      onThread: (thread) => this.chooseThread(thread),
      onMore: () => this.#showMore(),
      onOpen: (box) => this.#openSource(box),
      onBoxMenu: (box, corner) => boxMenu(this.#pictures.chart!, box, corner, this.#menuActions),
      onTrackMenu: (track, corner) => trackMenu(track, corner, this.#menuActions),
    });
    this.#questions = new PictureQuestions(host, {
      onTracks: (tracks) => this.#pictures.showTracks(tracks, this.#thread),
      onChart: (placed) => {
        this.#pictures.showChart(placed);
        if (this.#kept.isTable) this.#showTables();
      },
      onHeatmap: (map) => this.#pictures.showHeatmap(map),
      onError: (error) => this.#notice(messageOf(error)),
    });
    const keys = timeKeys(this);
    this.#toolbar.showKept(this.#kept);
    this.#pictures.setMode(this.#kept.mode);
    showsNothing(true);
    document.body.append(this.#toolbar.element, this.#chips.element, this.#stage, this.#status.element, this.#live);
    keepFocus(this.#stage, () => (this.#stage.firstElementChild as HTMLElement | null)?.focus());
    document.addEventListener('keydown', (event) => dispatchKey(keys, event));
    onThemeChange(() => this.#pictures.setTheme(readTheme()));
    host.onChange((what) => {
      if (what === 'state') this.#key = '';
      void this.pull();
    });
    void this.pull();
  }

  get kept(): KeptState {
    return this.#kept;
  }

  get pictures(): HTMLElement {
    return this.#pictures.element;
  }

  /** Asks for everything that is shown, and shows it; where only the range is another, that alone. */
  async pull(): Promise<void> {
    const pull = ++this.#pulls;
    const isLate = () => pull !== this.#pulls;
    try {
      const state = await this.#host.ask('state', null);
      if (isLate()) return;
      if (state.status !== 'open') showsNothing(true);
      if (state.status === 'empty')
        return this.#showInstead(nothingOpen('graph-line', state, (id) => this.#say('act', id)));
      if (state.status === 'loading') return this.#showLoading(state);
      const key = keyOf(state);
      if (key === this.#key && this.#sight) {
        this.#open = state;
        this.#showChips();
        this.#setSight({ range: rangeOf(state.view.operations, this.#sight.extent) });
        return;
      }
      const whole = await whenSlow(this.#questions.whole(), () => {
        if (!isLate() && !this.#whole)
          this.#stage.replaceChildren(working('graph-line', state.title, 'Putting the samples in order of time'));
      });
      if (isLate()) return;
      this.#show(state, whole, key);
    } catch (error) {
      if (!isLate()) this.#showInstead(failure('The time can’t be shown', messageOf(error), () => void this.pull()));
    }
  }

  /** Shows a range of the time on every surface; all of it for null. */
  apply(range: TimeSpan | null): void {
    if (!this.#open || !this.#sight) return;
    const { extent } = this.#sight;
    const operations = withRange(this.#open.view.operations, range, extent);
    this.#open = { ...this.#open, view: { ...this.#open.view, operations } };
    const shown = rangeOf(operations, extent);
    this.#setSight({ selection: null, range: shown });
    this.#say('look', { operations });
    this.#live.textContent = shown ? `${spanText(shown, extent)} is shown everywhere` : 'All of the time is shown';
  }

  #look(change: (now: View) => Partial<View>): void {
    if (!this.#open) return;
    const changed = change(this.#open.view);
    this.#open = { ...this.#open, view: { ...this.#open.view, ...changed } };
    this.#say('look', changed);
  }

  applySelection(): void {
    if (this.#sight?.selection) this.apply(this.#sight.selection);
  }

  /** Moves the range that is being chosen, or its end; begins with one in the middle of what is seen, or with the one that is shown. */
  moveSelection(step: 1 | -1, isEnd: boolean): void {
    if (!this.#sight) return;
    const { fromNs, toNs } = this.#sight.window;
    const by = step * (this.#pictures.cellNs?.columnNs ?? (toNs - fromNs) / 50);
    this.#select(movedSelection(this.#sight, by, isEnd), true);
  }

  /** In the heatmap the range by a cell; else to the next thread. */
  step(by: 1 | -1): void {
    const { cellNs } = this.#pictures;
    if (cellNs && this.#sight) {
      this.#select(movedSelection(this.#sight, -by * cellNs.rowNs, false), true);
      return;
    }
    const tracks = this.#pictures.tracks?.tracks ?? [];
    const at = tracks.findIndex(({ thread }) => thread === this.#thread);
    const next = tracks[Math.min(tracks.length - 1, Math.max(0, at + by))];
    if (next) this.chooseThread(next.thread);
  }

  zoomBy(factor: number): void {
    if (!this.#sight) return;
    const { selection, range, window } = this.#sight;
    const about = [selection, range].find((span) => span && span.fromNs < window.toNs && span.toNs > window.fromNs);
    const { fromNs, toNs } = about ?? window;
    this.#showWindow(zoomed(this.#sight, factor, (fromNs + toNs) / 2));
  }

  /** Moves what is seen by so many of its lengths. */
  panBy(lengths: number): void {
    if (!this.#sight) return;
    const { extent, window } = this.#sight;
    const whole = extent.toNs - extent.fromNs;
    const by = lengths * (window.toNs - window.fromNs);
    this.#showWindow(panned(this.#sight, Math.min(whole, Math.max(-whole, by))));
  }

  zoomToRange(): void {
    const span = this.#sight?.selection ?? this.#sight?.range;
    if (this.#sight && span) this.#showWindow(windowAbout(this.#sight.extent, span));
  }

  showWhole(): void {
    if (this.#sight) this.#showWindow(this.#sight.extent);
  }

  setMode(mode: TimeMode): void {
    this.#keep({ mode });
    this.#pictures.setMode(mode);
    if (!this.#sight) return;
    if (mode === 'heatmap') this.#questions.askHeatmap(this.#sight);
    this.#refresh();
  }

  setColouring(colouring: KeptState['colouring']): void {
    this.#keep({ colouring });
    this.#refresh();
  }

  toggleTable(): void {
    this.#keep({ isTable: !this.#kept.isTable });
    if (!this.#sight) return;
    if (this.#kept.isTable) this.#showTables();
    else {
      this.#stage.replaceChildren(this.pictures);
      this.pictures.focus();
    }
  }

  chooseThread(thread: number): void {
    this.#thread = thread;
    this.#keepPlaces();
    this.#pictures.chooseThread(thread);
    this.#sayChosen();
    this.#refresh();
  }

  /** Leaves what is most in the way: the range that is being chosen, then the one that is shown. */
  escape(): void {
    if (this.#sight?.selection) this.#select(null);
    else if (this.#sight?.range) this.apply(null);
  }

  help(): void {
    showKeys(timeKeys(this), POINTER);
  }

  #show(open: TimedRecording, whole: ThreadTracks, key: string): void {
    const isSame = this.#open?.id === open.id && this.#sight !== undefined;
    const kept = this.#kept.recording?.id === open.id ? this.#kept.recording : undefined;
    showsNothing(false);
    this.#open = open;
    this.#whole = whole;
    this.#key = key;
    this.#questions.forget();
    this.#toolbar.showOpen(open);
    this.#showChips();
    this.#status.showNotice('');
    this.#status.showQuality(open.quality, recordedText({ ...open, samples: whole.samples }), [
      ...misleading(whole),
      ...open.mayMislead,
    ]);
    const { extent } = whole;
    if (whole.samples === 0) {
      this.#showInstead(nothingInView(open, (change) => this.#say('look', change)));
      return;
    }
    if (!extent || whole.timeless === whole.samples) {
      this.#showInstead(noTimes(open, whole.samples, whole.timeless));
      return;
    }
    const range = rangeOf(open.view.operations, extent);
    const former = isSame ? { thread: this.#thread, window: this.#sight!.window } : kept;
    this.#sight = { extent, window: windowWithin(extent, former?.window ?? null), range, selection: null };
    const threads = whole.tracks.map(({ thread }) => thread);
    this.#thread = threads.find((thread) => thread === former?.thread) ?? threads[0] ?? NONE;
    this.#pictures.show(open, whole, this.#thread, this.#sight);
    this.#setSight({});
    if (!this.#kept.isTable && !this.pictures.isConnected) this.#stage.replaceChildren(this.pictures);
    this.#sayChosen();
    if (this.#kept.mode === 'heatmap') this.#questions.askHeatmap(this.#sight);
    if (this.#kept.isTable) this.#showTables();
    this.#refresh();
  }

  #showChips(): void {
    const { parts, view } = this.#open!;
    // The range has its own, beside the title: it comes and goes without moving the pictures.
    const shown = { ...view, operations: withoutRange(view.operations) };
    this.#chips.show(viewChips(parts, shown, (change) => this.#look(change)));
  }

  /** Asks for the pictures of what is seen now. */
  #refresh(): void {
    this.#pictures.redraw();
    if (!this.#sight || !this.#whole) return;
    const { mode, isTable, colouring } = this.#kept;
    const isChart = mode === 'stacks' || isTable;
    this.#questions.ask(this.#sight, {
      ...this.#pictures.wanted,
      thread: isChart ? this.#thread : undefined,
      colouring,
    });
  }

  #showMore(): void {
    this.#questions.moreTracks();
    this.#refresh();
  }

  #select(selection: TimeSpan | null, isSaid = false): void {
    if (!this.#sight) return;
    this.#setSight({ selection });
    if (!isSaid || !selection) return;
    const { window, extent } = this.#sight;
    this.#live.textContent = `${spanText(selection, extent)}. Enter shows it everywhere.`;
    if (selection.fromNs < window.fromNs || selection.toNs > window.toNs) {
      const by = selection.fromNs < window.fromNs ? selection.fromNs - window.fromNs : selection.toNs - window.toNs;
      this.#showWindow(panned(this.#sight, by));
    }
  }

  #showWindow(window: TimeSpan): void {
    this.#setSight({ window });
    this.#keepPlaces();
    this.#refresh();
    if (this.#kept.isTable) this.#showTables();
  }

  #setSight(change: Partial<TimeSight>): void {
    this.#sight = { ...this.#sight!, ...change };
    const { range, selection, extent } = this.#sight;
    this.#pictures.setSight(this.#sight);
    this.#toolbar.showRange(range ? spanText(range, extent) : undefined);
    if (selection) this.#showChosen(`Range: ${spanText(selection, extent)}`);
    else this.#sayChosen();
  }

  #showChosen(text: string): void {
    this.#chosen.textContent = text;
    this.#chosen.title = text;
  }

  #sayChosen(): void {
    const track = this.#whole?.tracks.find(({ thread }) => thread === this.#thread);
    if (!track || !this.#whole) return;
    // Elsewhere only the range is in view; here it is all of the time.
    const whole = this.#sight?.range ? 'of what is in view without the range' : 'of what is in view';
    this.#showChosen(`${trackName(track)} · ${formatShare(track.total / this.#whole.total)} ${whole}`);
  }

  #showTables(): void {
    const had = this.#stage.contains(document.activeElement);
    const buttons = () => [...this.#stage.querySelectorAll('button')];
    const at = buttons().indexOf(document.activeElement as HTMLButtonElement);
    const tracks = this.#pictures.tracks ?? this.#whole!;
    const place = { chosen: this.#thread, window: this.#sight!.window };
    const tables = timeTables(tracks, this.#pictures.chart, place, {
      onThread: (thread) => this.chooseThread(thread),
      onRange: (range) => this.apply(range),
      onOpen: (box) => this.#openSource(box),
    });
    this.#stage.replaceChildren(tables);
    // Rows are made anew: who has pressed a button in one is at the same place again.
    if (had) (buttons()[at] ?? tables).focus();
  }

  #openSource(box: number): void {
    openSource(this.#pictures.chart!, box, this.#menuActions);
  }

  get #menuActions(): MenuActions {
    return {
      say: (name, ask) => this.#say(name, ask),
      notice: (text) => this.#notice(text),
      apply: (span) => this.apply(span),
      zoomTo: (span) => this.#showWindow(windowAbout(this.#sight!.extent, span)),
      choose: (thread) => this.chooseThread(thread),
      areAllShown: this.#open!.view.threads === null,
    };
  }

  #showLoading(state: Loading): void {
    const instead = this.#loading.show(state);
    if (instead) this.#showInstead(instead);
  }

  #showInstead(instead: HTMLElement): void {
    this.#sight = undefined;
    this.#whole = undefined;
    this.#key = '';
    this.#toolbar.showRange(undefined);
    this.#showChosen('');
    this.#stage.replaceChildren(instead);
  }

  /** Tells the host, and says so where that fails. */
  #say<N extends keyof OverTimeContract['requests']>(name: N, ask: OverTimeContract['requests'][N]['ask']): void {
    this.#host.ask(name, ask).catch((error) => this.#notice(messageOf(error)));
  }

  #notice(text: string): void {
    this.#status.showNotice(text);
    this.#live.textContent = text;
  }

  #keepPlaces(): void {
    if (!this.#open || !this.#sight) return;
    this.#keep({ recording: { id: this.#open.id, thread: this.#thread, window: this.#sight.window } });
  }

  #keep(change: Partial<KeptState>): void {
    this.#kept = { ...this.#kept, ...change };
    this.#toolbar.showKept(this.#kept);
    this.#host.keep(this.#kept);
  }
}

function keyOf({ id, view: { value, threads, inlines, kernel, operations } }: TimedRecording): string {
  return JSON.stringify([id, value, threads, inlines, kernel, withoutRange(operations)]);
}
