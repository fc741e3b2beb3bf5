import type { CallTreeNode } from './call-tree.ts';
import { Int32Column } from './column.ts';
import { NONE } from './profile.ts';
import type { TreeOrder } from './tree-order.ts';

/** The rows that a tree has on the page, from the top. Columns of one length. */
export interface OpenRows {
  readonly node: Int32Array;
  /** Row of the parent; NONE for the root. */
  readonly parentRow: Int32Array;
  /** 1 for the root. */
  readonly level: Int32Array;
  /** Position among the parent's children, from 1. */
  readonly position: Int32Array;
}

/** The root, the children of every node that is expanded and on the page, and so on. No recursion: O(rows). */
export function openRows(order: TreeOrder, isExpanded: (node: CallTreeNode) => boolean): OpenRows {
  const node = new Int32Column(1024);
  const parentRow = new Int32Column(1024);
  const level = new Int32Column(1024);
  const position = new Int32Column(1024);
  const open: { readonly children: Int32Array; readonly row: number; next: number }[] = [];
  const add = (own: CallTreeNode, up: number, place: number) => {
    const row = node.push(own);
    parentRow.push(up);
    level.push(open.length + 1);
    position.push(place);
    if (isExpanded(own) && order.tree.hasChildren(own)) open.push({ children: order.children(own), row, next: 0 });
  };
  add(0, NONE, 1);
  while (open.length > 0) {
    const top = open[open.length - 1];
    if (top.next === top.children.length) {
      open.pop();
      continue;
    }
    const child = top.children[top.next++];
    add(child, top.row, top.next);
  }
  return {
    node: node.finish(),
    parentRow: parentRow.finish(),
    level: level.finish(),
    position: position.finish(),
  };
}
