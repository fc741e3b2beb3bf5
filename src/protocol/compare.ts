import type { DiffWidth } from '../core/profile/diff/diff-tree.ts';
import type { Normalisation } from '../core/profile/diff/normalisation.ts';
import type { DiffFlameGraph } from '../core/profile/diff/queries/diff-flame-graph.ts';
import type { DiffTable, DiffTableOptions } from '../core/profile/diff/queries/diff-table.ts';
import type { Operation } from '../core/profile/operations/operation.ts';
import type { ViewPart } from '../core/profile/queries/view-parts.ts';
import type { PictureFile, SourcePlace } from './flame-graph.ts';
import type { InsteadOfOpen, QualityNote } from './panel-state.ts';

/** Two profiles, or two parts of one, compared. */
export type CompareContract = {
  requests: {
    /** What is compared, without the picture. */
    state: { ask: null; answer: CompareState };
    /** The tree of both as it is looked at now. An error where nothing is compared, or where what it is normalised by isn't known. */
    tree: { ask: null; answer: CompareTree };
    /** The functions, lines, files or modules by what changed. An error where the pattern is none. */
    table: { ask: Omit<DiffTableOptions, 'view'>; answer: DiffTable };
    /** Looks at the comparison in another way. A `view` change follows. */
    look: { ask: Partial<CompareLook>; answer: null };
    /** Asks the person for a filter, and adds it. A `view` change follows. */
    addFilter: { ask: null; answer: null };
    /** What was before is after. A `state` change follows. */
    swap: { ask: null; answer: null };
    /** Asks for another profile in the place of one. */
    choose: { ask: CompareSideName; answer: null };
    /** Two files that were dropped, as a list of URIs. */
    drop: { ask: string; answer: null };
    open: { ask: SourcePlace; answer: null };
    copy: { ask: string; answer: null };
    /** Asks where to save a picture, and saves it. `null` where the person chose not to, else the path. */
    save: { ask: PictureFile; answer: string | null };
    /** Stops what `state` says is being loaded. */
    cancel: { ask: null; answer: null };
    /** Runs a next step that `state` offers. */
    act: { ask: string; answer: null };
  };
  /** `state`: another comparison, or its loading went on. `view`: the same in another view. */
  changes: 'state' | 'view';
};

export type CompareSideName = 'before' | 'after';

export type CompareState = InsteadOfOpen | Compared;

export interface Compared {
  readonly status: 'open';
  /** Tells comparisons apart. */
  readonly id: string;
  readonly before: CompareSide;
  readonly after: CompareSide;
  readonly look: CompareLook;
  /** What is done to both before they are compared. */
  readonly parts: readonly ViewPart[];
  readonly values: readonly { readonly type: string; readonly unit: string }[];
  /** By what the two can be made comparable. */
  readonly normalisations: readonly Normalisation[];
  readonly hasKernel: boolean;
  /** What else than the program differs between the two, as sentences: machine, build, event. */
  readonly differences: readonly string[];
  /** What the comparison may mislead about, as sentences. */
  readonly mayMislead: readonly string[];
}

export interface CompareSide {
  readonly title: string;
  /** Where it is from and when it was recorded, on one line. */
  readonly about: string;
  readonly samples: number;
  readonly hasSampleCount: boolean;
  readonly quality: QualityNote;
}

/** How the comparison is looked at. */
export interface CompareLook {
  /** Position in `values`. */
  readonly value: number;
  readonly normalise: Normalisation;
  readonly width: DiffWidth;
  readonly inlines: boolean;
  readonly kernel: boolean;
  readonly operations: readonly Operation[];
}

export interface CompareTree extends DiffFlameGraph {
  /** By function of the tree: 1 where its source is a file of the workspace. */
  readonly inWorkspace: Uint8Array;
}
