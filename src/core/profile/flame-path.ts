import type { Box, FlameLayout } from './flame-layout.ts';
import type { FlameWindow } from './flame-visible.ts';
import { NONE } from './profile.ts';
import type { FlameTree } from './queries/flame-graph.ts';

/** The boxes from the root down to a box, both included. */
export function boxPath(layout: FlameLayout, box: Box): Box[] {
  const path: Box[] = [];
  for (let at = box; at !== NONE; at = layout.parent[at]) path.push(at);
  return path.reverse();
}

/** The full names of the functions on the way from the root's calls down to a box: they name the box in another tree of the same recording. */
export function pathNames(tree: FlameTree, layout: FlameLayout, box: Box): string[] {
  return boxPath(layout, box)
    .slice(1)
    .map((at) => tree.functions.fullName[tree.function[layout.node[at]]]);
}

/** The box at the end of that path; where it leads nowhere, the last box that it does lead to. */
export function boxAtPath(tree: FlameTree, layout: FlameLayout, names: readonly string[]): Box {
  let box: Box = 0;
  for (const name of names) {
    let child = layout.firstChild[box];
    const end = layout.firstChild[box + 1];
    while (child < end && tree.functions.fullName[tree.function[layout.node[child]]] !== name) child++;
    if (child === end) return box;
    box = child;
  }
  return box;
}

/**
 * The box that a window shows the inside of: the innermost that covers the window, and of boxes of one width, which are calls
 * that do nothing but call, the outermost.
 */
export function windowBox({ left, right, firstChild, parent }: FlameLayout, window: FlameWindow): Box {
  const slack = (window.right - window.left) * 1e-6;
  const covers = (box: Box) => left[box] <= window.left + slack && right[box] >= window.right - slack;
  let box: Box = 0;
  for (;;) {
    let child = firstChild[box];
    while (child < firstChild[box + 1] && !covers(child)) child++;
    if (child === firstChild[box + 1]) break;
    box = child;
  }
  const width = right[box] - left[box];
  while (parent[box] !== NONE && right[parent[box]] - left[parent[box]] <= width + slack) box = parent[box];
  return box;
}

/** The window that a box fills. */
export function boxWindow({ left, right }: FlameLayout, box: Box): FlameWindow {
  return right[box] > left[box] ? { left: left[box], right: right[box] } : { left: 0, right: 1 };
}

/** The window about a box in which the box has this share of the width: what stands beside it is in sight. */
export function windowAbout({ left, right }: FlameLayout, box: Box, share: number): FlameWindow {
  const width = Math.min(1, Math.max(right[box] - left[box], Number.EPSILON) / share);
  const from = Math.min(1 - width, Math.max(0, (left[box] + right[box] - width) / 2));
  return { left: from, right: from + width };
}
