import type { FlameColouring } from '../../../src/core/profile/flame-colours.ts';
import type { ChartOptions } from '../../../src/core/profile/queries/stack-chart.ts';
import type { SubsecondHeatmap } from '../../../src/core/profile/queries/subsecond-heatmap.ts';
import type { ThreadTracks, TracksOptions } from '../../../src/core/profile/queries/thread-tracks.ts';
import type { HostConnection } from '../../../src/protocol/contract.ts';
import type { OverTimeContract, PlacedChart } from '../../../src/protocol/over-time.ts';
import { LatestAnswer } from '../../lib/latest-answer.ts';
import { columnLength } from './heatmap-canvas.ts';
import { type TimeSight, withMargin } from './time-sight.ts';

export interface PictureAnswers {
  onTracks(tracks: ThreadTracks): void;
  onChart(placed: PlacedChart): void;
  onHeatmap(map: SubsecondHeatmap): void;
  onError(error: unknown): void;
}

/** What there's room for. */
export interface WantedPictures {
  /** Pixels that the window is wide. */
  readonly columns: number;
  readonly firstRow: number;
  readonly rows: number;
  /** Whose stacks; undefined where none are on the page. */
  readonly thread: number | undefined;
  readonly colouring: FlameColouring;
}

/** Asks the host for pictures: of more than is in sight, so that there is something when one goes on, and of the latest only. */
export class PictureQuestions {
  readonly #host: HostConnection<OverTimeContract>;
  readonly #tracks: LatestAnswer<Omit<TracksOptions, 'view'>, ThreadTracks>;
  readonly #chart: LatestAnswer<Omit<ChartOptions, 'view'>, PlacedChart>;
  readonly #heatmap: LatestAnswer<OverTimeContract['requests']['heatmap']['ask'], SubsecondHeatmap | null>;
  #mostTracks = FIRST_TRACKS;

  constructor(host: HostConnection<OverTimeContract>, { onTracks, onChart, onHeatmap, onError }: PictureAnswers) {
    this.#host = host;
    this.#tracks = new LatestAnswer((options) => host.ask('tracks', options), onTracks, onError);
    this.#chart = new LatestAnswer((options) => host.ask('chart', options), onChart, onError);
    this.#heatmap = new LatestAnswer(
      (options) => host.ask('heatmap', options),
      (map) => map && onHeatmap(map),
      onError,
    );
  }

  /** The tracks of all of the time. */
  whole(): Promise<ThreadTracks> {
    return this.#host.ask('tracks', { window: null, bins: WHOLE_BINS, most: this.#mostTracks });
  }

  ask(sight: TimeSight, { columns, firstRow, rows, thread, colouring }: WantedPictures): void {
    const window = withMargin(sight);
    const share = (window.toNs - window.fromNs) / (sight.window.toNs - sight.window.fromNs);
    const all = Math.max(1, Math.round(columns * share));
    this.#tracks.ask({ window, bins: Math.min(Math.ceil(MOST_BINS / this.#mostTracks), all), most: this.#mostTracks });
    if (thread !== undefined) this.#chart.ask({ threads: [thread], window, columns: all, firstRow, rows, colouring });
  }

  askHeatmap({ extent }: TimeSight): void {
    const columnNs = columnLength(extent.toNs - extent.fromNs);
    this.#heatmap.ask({ columnNs, rows: HEATMAP_ROWS, most: MOST_COLUMNS });
  }

  /** From now on more threads have a row of their own. */
  moreTracks(): void {
    this.#mostTracks = Math.min(MOST_TRACKS, this.#mostTracks + FIRST_TRACKS);
  }

  /** Answers that are on their way are of another recording, or another view of it. */
  forget(): void {
    for (const answer of [this.#tracks, this.#chart, this.#heatmap]) answer.forget();
  }
}

const WHOLE_BINS = 2000;
/** Of all tracks together: 8 MB. */
const MOST_BINS = 1_000_000;
const FIRST_TRACKS = 50;
const MOST_TRACKS = 500;
const HEATMAP_ROWS = 50;
/** Narrower columns can't be hit. */
const MOST_COLUMNS = 600;
