import type { ArcIndex, CallGraph, NodeIndex } from './call-graph.ts';

/** A graph's functions in groups: functions that call one another in a circle are one group, every other one is its own. */
export interface Groups {
  /** Groups with callers before callees; each has its functions in order of the file. */
  readonly ordered: readonly (readonly NodeIndex[])[];
  readonly groupOf: Int32Array;
  /** Arcs that start in a function: `arcs[start[node]]` up to `arcs[start[node + 1]]`. */
  readonly start: Int32Array;
  readonly arcs: Int32Array;
}

/** Finds the strongly connected components, by Tarjan's algorithm without recursion. */
export function groupsOf(graph: CallGraph): Groups {
  const count = graph.functions.length;
  const { start, arcs } = arcsByNode(graph);
  const order = new Int32Array(count).fill(-1);
  const lowest = new Int32Array(count);
  const groupOf = new Int32Array(count).fill(-1);
  const next = Int32Array.from(start.subarray(0, count));
  const open: NodeIndex[] = [];
  const groups: NodeIndex[][] = [];
  let visited = 0;
  for (let root = 0; root < count; root++) {
    if (order[root] !== -1) continue;
    const path: NodeIndex[] = [root];
    while (path.length > 0) {
      const node = path[path.length - 1];
      if (order[node] === -1) {
        order[node] = lowest[node] = visited++;
        open.push(node);
      }
      if (next[node] < start[node + 1]) {
        const callee = graph.arcs.callee.at(arcs[next[node]++]);
        if (order[callee] === -1) path.push(callee);
        else if (groupOf[callee] === -1) lowest[node] = Math.min(lowest[node], order[callee]);
        continue;
      }
      path.pop();
      if (path.length > 0) lowest[path[path.length - 1]] = Math.min(lowest[path[path.length - 1]], lowest[node]);
      if (lowest[node] !== order[node]) continue;
      const group = open.splice(open.lastIndexOf(node));
      for (const member of group) groupOf[member] = groups.length;
      groups.push(group.sort((a, b) => a - b));
    }
  }
  // Tarjan's algorithm finds callees first.
  groups.reverse();
  for (const [index, group] of groups.entries()) for (const member of group) groupOf[member] = index;
  return { ordered: groups, groupOf, start, arcs };
}

function arcsByNode(graph: CallGraph): { start: Int32Array; arcs: Int32Array } {
  const count = graph.functions.length;
  const start = new Int32Array(count + 1);
  const callerOf = (arc: ArcIndex) => graph.nodeOfSite(graph.arcs.site.at(arc));
  for (let arc = 0; arc < graph.arcs.site.length; arc++) start[callerOf(arc) + 1]++;
  for (let node = 0; node < count; node++) start[node + 1] += start[node];
  const arcs = new Int32Array(graph.arcs.site.length);
  const next = start.slice();
  for (let arc = 0; arc < arcs.length; arc++) arcs[next[callerOf(arc)]++] = arc;
  return { start, arcs };
}
