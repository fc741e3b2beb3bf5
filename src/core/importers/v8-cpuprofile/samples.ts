import type { ProfileBuilder } from '../../profile/builder.ts';
import type { Float64Column } from '../../profile/column.ts';
import { NONE } from '../../profile/profile.ts';
import type { V8Nodes } from '../reading/v8-nodes.ts';
import { NodeLines } from './node-lines.ts';
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
