import type { ProfileBuilder } from '../../profile/builder.ts';
import type { Float64Column } from '../../profile/column.ts';
import { NONE, type StackIndex } from '../../profile/profile.ts';
import type { V8Node, V8Nodes } from '../reading/v8-nodes.ts';
import type { SampleTimes } from './sample-times.ts';

export interface AddedSamples {
  /** Samples whose node isn't known. */
  readonly unknownNodes: number;
  readonly hasLines: boolean;
}

/** Adds the samples, ids of nodes, to the profile; without any, each node's count as one of that weight. */
export function addSamples(
  builder: ProfileBuilder,
  nodes: V8Nodes,
  samples: Float64Column,
  times: SampleTimes,
): AddedSamples {
  const { callers, own } = nodes.stacks(builder);
  const wall = times.isTimed ? builder.value('wall', 'nanoseconds') : NONE;
  const count = builder.value('samples', 'count');
  const lines = new NodeLines(builder, nodes, callers, own);
  if (samples.length === 0) {
    addCounts(builder, nodes, lines);
    return { unknownNodes: 0, hasLines: lines.hasLines };
  }
  builder.reserveSamples(samples.length);
  const { stacks, unknownNodes } = stacksOf(nodes, samples, times.order, lines);
  for (let position = 0; position < samples.length; position++) {
    const index = times.order && position < times.order.length ? times.order[position] : position;
    const sample = builder.sample(stacks[position], NONE, times.timeUs[index] * 1000);
    builder.addWeight(sample, count, 1);
    if (wall !== NONE) builder.addWeight(sample, wall, times.lengthUs[index] * 1000);
  }
  return { unknownNodes, hasLines: lines.hasLines };
}

function addCounts(builder: ProfileBuilder, nodes: V8Nodes, lines: NodeLines): void {
  const count = builder.value('samples', 'count');
  for (let node = 0; node < nodes.length; node++) {
    const hits = nodes.weight[node];
    for (const [stack, weight] of lines.ofHits(node, hits)) {
      builder.addWeight(builder.sample(stack, NONE, Number.NaN), count, weight);
    }
  }
}

/**
 * The stacks of samples by position in time. Samples are sorted by node first, so that nodes and their lines are gone over once, one
 * after another: looked up sample by sample, half the time would go into waiting for memory.
 */
function stacksOf(nodes: V8Nodes, samples: Float64Column, order: Int32Array | undefined, lines: NodeLines) {
  const count = samples.length;
  const nodeAt = new Int32Array(count);
  const end = new Int32Array(nodes.length + 1);
  const stacks = new Int32Array(count).fill(NONE);
  let unknownNodes = 0;
  for (let position = 0; position < count; position++) {
    const node = nodes.ofId(samples.at(order && position < order.length ? order[position] : position));
    nodeAt[position] = node;
    if (node === NONE) unknownNodes++;
    else end[node + 1]++;
  }
  for (let node = 0; node < nodes.length; node++) end[node + 1] += end[node];
  // Now a node's start; below, filled up to its end.
  const positions = new Int32Array(count);
  for (let position = 0; position < count; position++) {
    if (nodeAt[position] !== NONE) positions[end[nodeAt[position]]++] = position;
  }
  for (let node = 0, start = 0; node < nodes.length; start = end[node], node++) {
    lines.give(node, end[node] - start, positions, start, stacks);
  }
  return { stacks, unknownNodes };
}

/**
 * Gives a node's samples to its lines. V8 counts the lines of a node (`positionTicks`) and doesn't say which sample was on which, so the
 * samples are taken in turn: the first line's count of them is on the first line, and so on. With as many samples as were counted on
 * lines, each line has its count exactly; with more, the rest has no line; with fewer, they are spread over the lines by their counts.
 */
class NodeLines {
  hasLines = false;
  readonly #builder: ProfileBuilder;
  readonly #nodes: V8Nodes;
  readonly #callers: Int32Array;
  readonly #own: Int32Array;

  constructor(builder: ProfileBuilder, nodes: V8Nodes, callers: Int32Array, own: Int32Array) {
    this.#builder = builder;
    this.#nodes = nodes;
    this.#callers = callers;
    this.#own = own;
  }

  /** Writes the stacks of a node's `count` samples to the positions that stand in `positions` from `start` on. */
  give(node: V8Node, count: number, positions: Int32Array, start: number, stacks: Int32Array): void {
    if (count === 0) return;
    const { firstTick, endTick, tickCount, tickLine } = this.#nodes;
    const own = this.#own[node];
    const end = endTick[node];
    let total = 0;
    for (let tick = firstTick[node]; tick < end; tick++) total += tickCount.at(tick);
    let tick = firstTick[node] - 1;
    let reached = 0;
    let stack = own;
    for (let given = 0; given < count; given++) {
      const place = count >= total ? given : ((given + 0.5) * total) / count;
      while (reached <= place && ++tick < end) {
        reached += tickCount.at(tick);
        stack = this.#at(node, tickLine.at(tick));
      }
      stacks[positions[start + given]] = tick < end ? stack : own;
    }
  }

  /** All that was counted of a node, by stack. */
  ofHits(node: V8Node, hits: number): [StackIndex, number][] {
    const { firstTick, endTick, tickCount, tickLine } = this.#nodes;
    const result: [StackIndex, number][] = [];
    let left = hits;
    for (let tick = firstTick[node]; tick < endTick[node]; tick++) {
      const weight = Math.min(left, tickCount.at(tick));
      if (weight > 0) result.push([this.#at(node, tickLine.at(tick)), weight]);
      left -= weight;
    }
    if (left > 0) result.push([this.#own[node], left]);
    return result;
  }

  #at(node: V8Node, line: number): StackIndex {
    const [own, caller] = [this.#own[node], this.#callers[node]];
    // The root has no frame to put a line on.
    if (line === 0 || own === caller) return own;
    this.hasLines = true;
    return this.#builder.stack(caller, this.#nodes.functions.frame(this.#nodes.function[node], line));
  }
}
