import type { CallTreeNode } from '../call-tree.ts';
import { FRAME_KINDS, NONE } from '../profile.ts';
import { type TableFormat, type TextColumn, tableText } from '../table-text.ts';
import type { TextSearch } from '../text-search.ts';
import type { TreeSort } from '../tree-order.ts';
import { amountColumns, type CopiedTable, MOST_COPIED, placeColumns } from './copied-table.ts';
import { functionPlace, modulePath } from './function-place.ts';
import type { QueryModel, View } from './query-model.ts';
import { cutRow, type TableRow } from './table-row.ts';
import { type Direction, type FoundInTree, type ViewedTree, viewedTree } from './viewed-trees.ts';

/** A call tree as it stands on a page: which nodes are expanded, and in which order calls stand. */
export interface CallTreeAsk {
  readonly view: View;
  readonly direction: Direction;
  readonly sort: TreeSort;
  /** The `tree` of the answer that the nodes' numbers are from; 0 for nodes that are only the root. */
  readonly tree: number;
  /** Nodes that are expanded. */
  readonly expanded: Int32Array;
  readonly search: TextSearch | null;
}

export interface CallRowsAsk extends CallTreeAsk {
  /** The first row that is wanted, from 0, and how many at most. */
  readonly from: number;
  readonly count: number;
  /** A node whose row is wanted to be known; NONE for none. */
  readonly locate: CallTreeNode;
}

export interface CallRowsAnswer {
  /** To be given with nodes of this tree. Where another was given, nothing is expanded but the root, and nothing located. */
  readonly tree: number;
  /** What shares of what is in view are of. */
  readonly whole: number;
  readonly rowCount: number;
  /** Row of the node to locate; NONE where it isn't on the page. */
  readonly located: number;
  readonly rows: readonly CallRow[];
}

/** A row of a call tree; without a function for the root. */
export interface CallRow extends TableRow {
  readonly node: CallTreeNode;
  /** Row of the parent; NONE for the root. */
  readonly parentRow: number;
  /** 1 for the root. */
  readonly level: number;
  /** Position among the parent's children, from 1, and how many there are. */
  readonly position: number;
  readonly setSize: number;
  readonly hasCalls: boolean;
  readonly isExpanded: boolean;
  readonly isInlined: boolean;
  readonly isMatch: boolean;
}

/** A page of the call tree. Throws MalformedPattern. */
export function callRows(model: QueryModel, ask: CallRowsAsk): CallRowsAnswer {
  const { viewed, expanded, rows } = openTree(model, ask);
  const found = viewed.found(ask.search);
  const end = Math.min(rows.node.length, ask.from + ask.count);
  const page: CallRow[] = [];
  for (let row = Math.max(0, ask.from); row < end; row++) {
    page.push(cutRow({ ...callRow(viewed, rows.node[row], found), ...place(row) }));
  }
  function place(row: number) {
    const parentRow = rows.parentRow[row];
    return {
      parentRow,
      level: rows.level[row],
      position: rows.position[row],
      setSize: parentRow === NONE ? 1 : viewed.tree.childCount(rows.node[parentRow]),
      isExpanded: expanded.has(rows.node[row]),
    };
  }
  return {
    tree: viewed.id,
    whole: viewed.size,
    rowCount: rows.node.length,
    located: ask.tree === viewed.id && ask.locate !== NONE ? rows.node.indexOf(ask.locate) : NONE,
    rows: page,
  };
}

/** Rows of the call tree as text. */
export function callText(
  model: QueryModel,
  ask: CallRowsAsk & { readonly format: TableFormat; readonly whole: number | null },
): CopiedTable {
  const { viewed, rows } = openTree(model, ask);
  const wanted = rows.node.subarray(ask.from, ask.from + ask.count);
  const copied = Array.from(wanted.subarray(0, MOST_COPIED), (node, at) => ({
    ...callRow(viewed, node),
    level: rows.level[ask.from + at],
  }));
  const titles = ask.direction === 'down' ? { self: 'Self', total: 'Total' } : { self: 'Ends Here', total: 'Total' };
  type Copied = (typeof copied)[number];
  // A name stands in by its depth where spaces are kept: in Markdown those that don't break are.
  const [name, ...others] = placeColumns('function') as TextColumn<Copied>[];
  const indent = ask.format === 'markdown' ? '\u00a0\u00a0' : '  ';
  const columns: TextColumn<Copied>[] = [
    ...amountColumns(viewed.profile.values[ask.view.value], ask.whole ?? viewed.size, titles),
    { title: 'Depth', isNumber: true, text: ({ level }) => String(level - 1) },
    {
      ...name,
      text: (row) => `${indent.repeat(Math.min(row.level - 1, MOST_INDENT))}${row.node === 0 ? 'all' : name.text(row)}`,
    },
    ...others,
  ];
  return { text: tableText(ask.format, columns, copied), rows: copied.length, of: wanted.length };
}

const MOST_INDENT = 100;

/** The tree that is asked for, open as it is on the page. */
export function openTree(model: QueryModel, { view, direction, sort, tree, expanded }: CallTreeAsk) {
  const viewed = viewedTree(model, view, direction);
  const order = viewed.order(sort);
  const own = tree === viewed.id ? expanded : Int32Array.of(0);
  return { viewed, order, expanded: new Set(own), rows: viewed.rows(order, own) };
}

function callRow({ profile, tree, direction }: ViewedTree, node: CallTreeNode, found?: FoundInTree) {
  const func = tree.func(node);
  const frame = tree.frame(node);
  const { frames } = profile;
  return {
    ...functionPlace(profile, func),
    ...(node === 0 ? {} : { module: modulePath(profile, frames.module[frame]) }),
    kind: node === 0 ? ('native' as const) : FRAME_KINDS[frames.kind[frame]],
    self: tree.self(node),
    total: tree.total(node),
    node,
    hasCalls: tree.hasChildren(node),
    // Turned round, an inlined function would seem to be inlined into what it called.
    isInlined: node > 0 && direction === 'down' && frames.inlined[frame] === 1,
    isMatch: node > 0 && found?.functions[func] === 1,
  };
}
