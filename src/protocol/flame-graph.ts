import type { CodeGroups } from '../core/profile/code-group.ts';
import type { FlamePlaces } from '../core/profile/flame-places.ts';
import type { FlameTree } from '../core/profile/queries/flame-graph.ts';
import type { View } from '../core/profile/queries/query-model.ts';
import type { ViewPart } from '../core/profile/queries/view-parts.ts';
import type { InsteadOfOpen, QualityNote } from './panel-state.ts';

/** The flame graph of the active recording, or of the one that an editor shows. */
export type FlameGraphContract = {
  requests: {
    /** What there is to show, without the picture. */
    state: { ask: null; answer: FlameGraphState };
    /** The tree as the recording is looked at now. An error where no recording is open. */
    tree: { ask: TreeWish; answer: FlameGraphTree };
    /** A function between what led to it and what it led to. */
    sandwich: { ask: SandwichWish; answer: FlameGraphSandwich };
    /** Looks at the recording in another way, on every surface. A `view` change follows. */
    look: { ask: Partial<View>; answer: null };
    /** Takes the last change of the view back, or does it again. */
    step: { ask: 'undo' | 'redo'; answer: null };
    /** Asks the person for a filter, and adds it to the view. */
    addFilter: { ask: null; answer: null };
    /** Opens a function's source in an editor. An error where the file can't be found. */
    open: { ask: SourcePlace; answer: null };
    /** Puts a text on the clipboard. */
    copy: { ask: string; answer: null };
    /** Asks where to save a picture, and saves it. `null` where the person chose not to, else the path. */
    save: { ask: PictureFile; answer: string | null };
    /** What is to be shown in the graph, once: the answer takes it away. */
    highlight: { ask: null; answer: Highlight | null };
    /** One is elsewhere in the call tree now: what is saved or sent leads there. */
    moved: { ask: FlamePlaces; answer: null };
    /** Where in the call tree a link leads to, once: the answer takes it away. */
    places: { ask: null; answer: FlamePlaces | null };
    /** Stops what `state` says is being loaded. */
    cancel: { ask: null; answer: null };
    /** Runs the next step that `state` offers where there's nothing to show, or reads a file again that could not be read. */
    act: { ask: string; answer: null };
  };
  /** `state`: another recording, or none, or its loading went on. `view`: the same recording in another view. `highlight`: there's one. */
  changes: 'state' | 'view' | 'highlight';
};

export type FlameGraphState = InsteadOfOpen | Open;

export interface Open {
  readonly status: 'open';
  /** Tells recordings apart. */
  readonly id: string;
  readonly title: string;
  /** Whether the view can be changed and sources can be opened: not in a file that was saved. */
  readonly canLook: boolean;
  readonly view: View;
  /** What is done to the recording before it is shown. */
  readonly parts: readonly ViewPart[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly values: readonly { readonly type: string; readonly unit: string }[];
  /** All of the recording's groups of code, the costliest first: they have the same colours in whatever is shown of it. */
  readonly codeGroups: CodeGroups;
  /** `render (4242)`; in order of the profile's own table. */
  readonly threads: readonly string[];
  readonly hasKernel: boolean;
  readonly samples: number;
  readonly hasSampleCount: boolean;
  readonly quality: QualityNote;
  /** Short sentences on what a picture of this recording may mislead about. */
  readonly mayMislead: readonly string[];
}

export interface FlameGraphTree {
  readonly tree: FlameTree;
  /** By function of the tree: 1 where its source is a file of the workspace. */
  readonly inWorkspace: Uint8Array;
  /** Weight that shares are of; the tree's root, or the whole recording where shares are of all. */
  readonly whole: number;
}

export interface TreeWish {
  /** Turned round: what was running, and below it who called it. */
  readonly isBottomUp: boolean;
  /** Only nodes that are at least this share of the root; 0 for all. */
  readonly leastShare: number;
}

export interface SandwichWish {
  /** Indexes in the profile. */
  readonly functions: readonly number[];
}

export interface FlameGraphSandwich {
  readonly callers: FlameGraphTree;
  readonly callees: FlameGraphTree;
}

export interface SourcePlace {
  /** As recorded. */
  readonly file: string;
  /** 1-based; 0 where it isn't known. */
  readonly line: number;
}

export interface PictureFile {
  readonly format: 'svg' | 'png';
  /** Suggested, without a folder and an extension. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Functions to point out, by name or by index in the profile. */
export interface Highlight {
  /** What is pointed out, in words: `multiply`, `matrix.hpp:12`. */
  readonly label: string;
  /** Name, with or without parameters. */
  readonly name: string | null;
  readonly functions: readonly number[];
}
