import type { View } from '../core/profile/queries/query-model.ts';
import type { ChartOptions, StackChart } from '../core/profile/queries/stack-chart.ts';
import type { HeatmapOptions, SubsecondHeatmap } from '../core/profile/queries/subsecond-heatmap.ts';
import type { ThreadTracks, TracksOptions } from '../core/profile/queries/thread-tracks.ts';
import type { ViewPart } from '../core/profile/queries/view-parts.ts';
import type { SourcePlace } from './flame-graph.ts';
import type { Loading, NothingOpen, QualityNote } from './panel-state.ts';

/** The active recording over time: always all of its time, whatever range of it the other surfaces show. */
export type OverTimeContract = {
  requests: {
    /** What there is to show, without the pictures. */
    state: { ask: null; answer: OverTimeState };
    /** Activity of the threads in view. */
    tracks: { ask: Omit<TracksOptions, 'view'>; answer: ThreadTracks };
    /** A thread's stacks. */
    chart: { ask: Omit<ChartOptions, 'view'>; answer: PlacedChart };
    /** `null` where the recording has no times. */
    heatmap: { ask: Omit<HeatmapOptions, 'view'>; answer: SubsecondHeatmap | null };
    /** Looks at the recording in another way, on every surface. A `view` change follows. */
    look: { ask: Partial<View>; answer: null };
    /** Opens a function's source in an editor. An error where the file can't be found. */
    open: { ask: SourcePlace; answer: null };
    /** Shows a function in the flame graph. */
    flameGraph: { ask: { readonly function: string }; answer: null };
    /** Puts a text on the clipboard. */
    copy: { ask: string; answer: null };
    /** Stops what `state` says is being loaded. */
    cancel: { ask: null; answer: null };
    /** Runs the next step that `state` offers where there's nothing to show. */
    act: { ask: string; answer: null };
  };
  /** `state`: another recording, or none, or its loading went on. `view`: the same recording in another view. */
  changes: 'state' | 'view';
};

export type OverTimeState = NothingOpen | Loading | TimedRecording;

export interface TimedRecording {
  readonly status: 'open';
  /** Tells recordings apart. */
  readonly id: string;
  readonly title: string;
  /** With the range of time that the other surfaces show. */
  readonly view: View;
  /** What is done to the recording before it is shown, but for that range. */
  readonly parts: readonly ViewPart[];
  readonly values: readonly { readonly type: string; readonly unit: string }[];
  /** Of all of the recording. */
  readonly samples: number;
  readonly hasSampleCount: boolean;
  /** As they are called, of all of the recording. */
  readonly threads: readonly string[];
  /** Name of the format, for what is said where it has no times. */
  readonly format: string;
  /** When the recording began, in milliseconds since 1970; `null` where it isn't known. */
  readonly wallStartMs: number | null;
  readonly quality: QualityNote;
  readonly mayMislead: readonly string[];
}

/** A chart, and which of its functions are code of the workspace. */
export interface PlacedChart {
  readonly chart: StackChart;
  /** By function of the chart: 1 where its source is a file of the workspace. */
  readonly inWorkspace: Uint8Array;
}
