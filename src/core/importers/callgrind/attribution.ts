import { NONE, type StackIndex } from '../../profile/profile.ts';
import { apportion, fillInTurn } from './apportion.ts';
import type { ArcIndex, CallGraph, NodeIndex, SiteIndex } from './call-graph.ts';
import type { Groups } from './cycles.ts';
import type { GraphStacks } from './graph-stacks.ts';

/** What couldn't be kept exact. */
export interface Losses {
  /** Cost of calls beyond what the called functions cost: their callers' totals lack it. */
  unaccounted: number;
  /** A caller's cost was not split in proportion, for there are too many ways to it. */
  isPartlyInTurn: boolean;
}

/** A way to a function: the stack that calls it, and what of the function's cost is for it. */
interface Ways {
  readonly stacks: StackIndex[];
  readonly weights: number[];
}

/** What a group costs: the own cost of a site, or a call that leaves the group. */
interface Item {
  readonly node: NodeIndex;
  readonly site: SiteIndex;
  /** NONE for the site's own cost. */
  readonly arc: ArcIndex | typeof NONE;
}

/** How many pieces costs are split into before `fillInTurn` takes over, for each event and thread. */
const MOST_PIECES = 100_000;

/**
 * Makes stacks of one event's costs in a call graph. A graph says what each call cost, but not which caller's caller it was for: that is
 * split in proportion, as gprof does. Split are whole numbers, of which nothing is lost: the own cost of every line, and what every call
 * outside circles cost, come out as they went in.
 */
export function attribute(
  graph: CallGraph,
  groups: Groups,
  event: number,
  stacks: GraphStacks,
  add: (stack: StackIndex, weight: number) => void,
): Losses {
  const losses: Losses = { unaccounted: 0, isPartlyInTurn: false };
  const selfCosts = graph.selfCosts[event];
  const arcCosts = graph.arcCosts[event];
  const sitesOf = sitesByNode(graph);
  const ways = new Map<NodeIndex, Ways>();
  let pieces = 0;
  for (const [index, group] of groups.ordered.entries()) {
    const { items, left, sum } = itemsOf(group, index);
    const entries = group.filter((node) => ways.has(node));
    const reached = entries.reduce((total, node) => total + sumOf(ways.get(node)!.weights), 0);
    if (reached < sum) {
      // What nobody here called: the program's start, a thread's, a signal's.
      const first = group[0];
      if (!ways.has(first)) entries.unshift(first);
      push(first, NONE, sum - reached);
    }
    const surplus = Math.max(0, reached - sum);
    losses.unaccounted += surplus;
    const count = entries.reduce((total, node) => total + ways.get(node)!.stacks.length, 0);
    const inProportion = count * items.length <= MOST_PIECES - pieces;
    if (!inProportion && count > 1) losses.isPartlyInTurn = true;
    let total = sum;
    let [turn, from] = [0, 0];
    let toReach = Math.max(reached, sum);
    for (const entry of entries) {
      const { stacks: callers, weights } = ways.get(entry)!;
      stacks.enter(group, groups, index, entry);
      for (let way = 0; way < callers.length; way++) {
        // With a surplus, each way gets its share of what there is.
        const weight = surplus === 0 ? weights[way] : Math.round((total * weights[way]) / toReach);
        toReach -= weights[way];
        stacks.startFrom(callers[way]);
        const give = (part: number, share: number) => {
          pieces++;
          const { node, site, arc } = items[part];
          const stack = stacks.at(node, site);
          if (arc === NONE) add(stack, share);
          else push(graph.arcs.callee.at(arc), stack, share);
        };
        if (inProportion) apportion(weight, left, total, turn++, give);
        else from = fillInTurn(weight, left, from, give);
        total -= weight;
      }
      ways.delete(entry);
    }
  }
  return losses;

  function itemsOf(group: readonly NodeIndex[], index: number) {
    const items: Item[] = [];
    const costs: number[] = [];
    for (const node of group) {
      for (let at = sitesOf.start[node]; at < sitesOf.start[node + 1]; at++) {
        const site = sitesOf.sites[at];
        if (selfCosts.at(site) > 0) costs[items.push({ node, site, arc: NONE }) - 1] = selfCosts.at(site);
      }
      for (let at = groups.start[node]; at < groups.start[node + 1]; at++) {
        const arc = groups.arcs[at];
        const isInside = groups.groupOf[graph.arcs.callee.at(arc)] === index;
        if (isInside || arcCosts.at(arc) <= 0) continue;
        costs[items.push({ node, site: graph.arcs.site.at(arc), arc }) - 1] = arcCosts.at(arc);
      }
    }
    return { items, left: Float64Array.from(costs), sum: sumOf(costs) };
  }

  function push(node: NodeIndex, stack: StackIndex, weight: number): void {
    let own = ways.get(node);
    if (!own) {
      own = { stacks: [], weights: [] };
      ways.set(node, own);
    }
    own.stacks.push(stack);
    own.weights.push(weight);
  }
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function sitesByNode(graph: CallGraph): { start: Int32Array; sites: Int32Array } {
  const start = new Int32Array(graph.functions.length + 1);
  const sites = new Int32Array(graph.sites.line.length);
  for (let site = 0; site < sites.length; site++) start[graph.nodeOfSite(site) + 1]++;
  for (let node = 0; node + 1 < start.length; node++) start[node + 1] += start[node];
  const next = start.slice();
  for (let site = 0; site < sites.length; site++) sites[next[graph.nodeOfSite(site)]++] = site;
  return { start, sites };
}
