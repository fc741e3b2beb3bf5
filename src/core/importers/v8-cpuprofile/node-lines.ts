import type { ProfileBuilder } from '../../profile/builder.ts';
import type { StackIndex } from '../../profile/profile.ts';
import type { V8Node, V8Nodes } from '../reading/v8-nodes.ts';

/**
 * Gives a node's samples to its lines. V8 counts the lines of a node (`positionTicks`) and doesn't say which sample was on which, so the
 * samples are taken in turn: the first line's count of them is on the first line, and so on. With as many samples as were counted on
 * lines, each line has its count exactly; with more, the rest has no line; with fewer, they are spread over the lines by their counts.
 */
export class NodeLines {
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
