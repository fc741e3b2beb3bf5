import type { Grouping } from '../core/profile/frame-keys.ts';
import type { CallRow } from '../core/profile/queries/call-rows.ts';
import type { ExpandedNames } from '../core/profile/queries/call-steps.ts';
import type { View } from '../core/profile/queries/query-model.ts';
import type { TableRow } from '../core/profile/queries/table-row.ts';
import type { ViewPart } from '../core/profile/queries/view-parts.ts';
import type { Direction } from '../core/profile/queries/viewed-trees.ts';
import type { TableFormat } from '../core/profile/table-text.ts';
import type { TextSearch } from '../core/profile/text-search.ts';
import type { TopSort } from '../core/profile/top-columns.ts';
import type { TreeSort } from '../core/profile/tree-order.ts';
import type { SourcePlace } from './flame-graph.ts';
import type { Loading, NothingOpen, QualityNote } from './panel-state.ts';

/** The active recording as tables: the top table, and its call tree from either end. */
export type TablesContract = {
  requests: {
    /** What there is to show, without the rows. */
    state: { ask: null; answer: TablesState };
    /** A page of the top table. An error where no recording is open, or by the name MalformedPattern. */
    top: { ask: TopAsk & Page; answer: TopPage };
    /** A page of a call tree. The same errors. */
    calls: { ask: CallsAsk & Page & { locate: number }; answer: CallsPage };
    /** What to expand from a node on. */
    expansion: { ask: CallsAsk & { node: number; what: 'heaviest' | 'all' }; answer: ExpansionAnswer };
    /** Counts what a search finds in a call tree, and steps to the next. */
    match: { ask: CallsAsk & { node: number; step: 1 | -1 | 0 }; answer: MatchAnswer };
    /** Names of what is expanded, to keep. */
    names: { ask: CallsAsk; answer: ExpandedNames };
    /** Nodes of such names. */
    nodes: { ask: { direction: Direction; names: ExpandedNames }; answer: { tree: number; nodes: Int32Array } };
    /** Puts rows on the clipboard. */
    copy: { ask: Page & { format: TableFormat } & ({ top: TopAsk } | { calls: CallsAsk }); answer: Copied };
    copyText: { ask: string; answer: null };
    /** Looks at the recording in another way, on every surface. A `view` change follows. */
    look: { ask: Partial<View>; answer: null };
    /** Opens a source in an editor. An error where the file can't be found. */
    open: { ask: SourcePlace; answer: null };
    /** Shows a function elsewhere: among the frames of the flame graph, or who calls it. */
    show: { ask: { where: 'flameGraph' | 'callers'; function: number; name: string }; answer: null };
    /** Which table was asked for by a command, once: the answer takes it away. */
    wanted: { ask: null; answer: TableName | null };
    /** Stops what `state` says is being loaded. */
    cancel: { ask: null; answer: null };
    /** Runs a step that is on offer. */
    act: { ask: TableAction; answer: null };
  };
  /** `state`: another recording, or none, or its loading went on. `view`: the same in another view. `wanted`: a command asks for a table. */
  changes: 'state' | 'view' | 'wanted';
};

/** The top table; the call tree from callers down; and from what costs something up to its callers. */
export type TableName = 'top' | 'down' | 'up';

export type TableAction = 'perfwright.profile' | 'perfwright.openProfile' | 'perfwright.viewOptions';

export type TablesState = NothingOpen | Loading | TablesOpen;

export interface TablesOpen {
  readonly status: 'open';
  /** Tells recordings apart. */
  readonly id: string;
  readonly title: string;
  readonly view: View;
  readonly value: { readonly type: string; readonly unit: string };
  /** What is looked at, in words: `cpu-clock · all threads`. */
  readonly looked: string;
  /** What is done to the recording before it is shown. */
  readonly parts: readonly ViewPart[];
  readonly samples: number;
  readonly hasSampleCount: boolean;
  readonly quality: QualityNote;
  /** Short sentences on what figures of this recording may mislead about. */
  readonly mayMislead: readonly string[];
}

/** Rows from the so manieth, from 0, and how many at most. */
export interface Page {
  readonly from: number;
  readonly count: number;
}

export interface TopAsk {
  readonly by: Grouping;
  readonly sort: TopSort;
  readonly search: TextSearch;
}

export interface CallsAsk {
  readonly direction: Direction;
  readonly sort: TreeSort;
  readonly search: TextSearch;
  /** The `tree` of the answer that the nodes are from; 0 for none. */
  readonly tree: number;
  readonly expanded: Int32Array;
}

/** A row, and whether its source is a file of the workspace. */
export type PlaceRow = TableRow & { readonly inWorkspace: boolean };
export type NodeRow = CallRow & { readonly inWorkspace: boolean };

export interface TopPage {
  /** Weight that shares are of. */
  readonly whole: number;
  readonly allCount: number;
  readonly rowCount: number;
  /** What the rows that a search leaves cost themselves. */
  readonly self: number;
  readonly rows: readonly PlaceRow[];
}

export interface CallsPage {
  readonly whole: number;
  readonly tree: number;
  readonly rowCount: number;
  /** Row of the node to locate; -1 where there is none. */
  readonly located: number;
  readonly rows: readonly NodeRow[];
}

export interface ExpansionAnswer {
  readonly tree: number;
  readonly nodes: readonly number[];
  readonly last: number;
  readonly isCut: boolean;
}

export interface MatchAnswer {
  readonly tree: number;
  readonly count: number;
  readonly isCut: boolean;
  readonly weight: number;
  readonly node: number;
  readonly rank: number;
  readonly expand: readonly number[];
}

export interface Copied {
  /** How many rows were copied, of how many that were asked for. */
  readonly rows: number;
  readonly of: number;
}
