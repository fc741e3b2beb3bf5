import { ProfileBuilder } from '../../profile/builder.ts';
import { type FrameKind, NONE, type Profile, type SampleIndex, type StackIndex } from '../../profile/profile.ts';
import { MalformedInput } from '../importer.ts';
import { attribute } from './attribution.ts';
import type { CallGraph, SiteIndex } from './call-graph.ts';
import { type Groups, groupsOf } from './cycles.ts';
import { eventValue } from './event-value.ts';
import { GraphStacks } from './graph-stacks.ts';
import { CALLGRIND, type CallgrindParser } from './parser.ts';

/** The profile of what was read. A sample is a stack with what its innermost line costs, of all events. */
export function profileOf(parser: CallgrindParser, isOpen: boolean): Profile {
  const { events, graphs, header, descriptions } = parser;
  const builder = new ProfileBuilder();
  const values = events.map(eventValue);
  const indices = values.map(({ type, unit }) => builder.value(type, unit));
  const creator = header.get('creator') ?? '';
  const kind: FrameKind = creator.startsWith('xdebug') ? 'interpreted' : 'native';
  const pid = Number.parseInt(header.get('pid') ?? '', 10);
  const sums = values.map(() => 0);
  const facts = { unaccounted: values.map(() => 0), inCircles: 0, isPartlyInTurn: false, negative: 0 };
  for (const [thread, graph] of graphs) {
    if (graph.sites.line.length === 0) continue;
    const row = thread === 0 ? NONE : builder.thread(isInt32(pid) ? pid : NONE, thread, `thread ${thread}`);
    const groups = groupsOf(graph);
    const stacks = new GraphStacks(builder, graph, kind);
    const samples = new Map<StackIndex, SampleIndex>();
    facts.inCircles += circles(graph, groups);
    for (const [event, { weight }] of values.entries()) {
      const add = (stack: StackIndex, cost: number) => {
        let sample = samples.get(stack);
        if (sample === undefined) {
          sample = builder.sample(stack, row, Number.NaN);
          samples.set(stack, sample);
        }
        builder.addWeight(sample, indices[event], cost * weight);
        sums[event] += cost;
      };
      facts.negative += takeNegative(graph, event, (site, cost) => add(stacks.alone(site), cost));
      const losses = attribute(graph, groups, event, stacks, add);
      facts.unaccounted[event] += losses.unaccounted;
      if (losses.isPartlyInTurn) facts.isPartlyInTurn = true;
    }
  }
  if (builder.sampleCount === 0) {
    const why = parser.notUnderstood > 0 ? `; ${parser.firstNotUnderstood} isn't understood` : '';
    throw new MalformedInput(CALLGRIND, `there are no costs in it${why}`);
  }
  return builder.finish({
    origin: {
      format: CALLGRIND,
      producer: creator.replace(/^callgrind-(?=\d)/, 'callgrind '),
      commandLine: (header.get('cmd') ?? '').split(/\s+/).filter((word) => word !== ''),
      comments: descriptions,
      mayMislead: misleading(creator, facts),
    },
    quality: { warnings: warnings(parser, isOpen, sums, facts) },
  });
}

interface Facts {
  /** Cost of calls beyond what was called cost, by event: time in a system call that never returns is counted in none. */
  readonly unaccounted: readonly number[];
  /** Functions that call one another in a circle. */
  readonly inCircles: number;
  readonly isPartlyInTurn: boolean;
  /** Lines and calls whose cost is below zero. */
  readonly negative: number;
}

function misleading(creator: string, { inCircles, isPartlyInTurn }: Facts): string[] {
  const sentences = [
    'The file has calls, not stacks. What a line itself costs, and what a call costs, is as recorded; which caller further out it was for is estimated, in proportion.',
  ];
  if (isPartlyInTurn)
    sentences.push('There are too many ways through the calls to keep the proportion for all of them.');
  if (inCircles > 0) {
    sentences.push(
      `Functions that call one another in circles: ${inCircles}. Their totals, and what calls what among them, are estimated.`,
    );
  }
  if (creator.startsWith('callgrind')) {
    sentences.push('Valgrind counts what a simulated processor does: it is no time.');
    sentences.push("A function that is called within itself is counted apart: f'2 is f, two or more deep.");
  }
  return sentences;
}

function warnings(parser: CallgrindParser, isOpen: boolean, sums: readonly number[], facts: Facts): string[] {
  const found: string[] = [];
  const { totals, events, notUnderstood, firstNotUnderstood } = parser;
  for (const [event, name] of events.entries()) {
    const total = totals[event];
    if (total === undefined || total === sums[event]) continue;
    found.push(`The lines of ${name} add up to ${sums[event]}; the file says ${total}. A part of it may be missing.`);
    break;
  }
  if (parser.isInCall) found.push('The file ends within a call, whose cost is missing.');
  if (isOpen) found.push('The last line has no line end: the file may have been cut off in it.');
  if (notUnderstood > 0)
    found.push(`Lines left out, not understood: ${notUnderstood}. The first is ${firstNotUnderstood}.`);
  const unaccounted = events.flatMap((name, event) => {
    const cost = facts.unaccounted[event];
    return cost > 0 ? [`${cost} ${name}`] : [];
  });
  if (unaccounted.length > 0)
    found.push(`Calls cost ${unaccounted.join(', ')} more than what was called: totals of callers lack that.`);
  if (facts.negative > 0)
    found.push(`Lines and calls with a cost below zero: ${facts.negative}. Totals of their callers lack it.`);
  if (parser.hasRounded) found.push('Some numbers are too large to be exact.');
  return found;
}

/** Costs below zero can't be split over callers. Xdebug writes them for memory that was given back. `take` gets those of lines. */
function takeNegative(graph: CallGraph, event: number, take: (site: SiteIndex, cost: number) => void): number {
  let count = 0;
  for (const column of [graph.selfCosts[event], graph.arcCosts[event]]) {
    for (let row = 0; row < column.length; row++) {
      const cost = column.at(row);
      if (cost >= 0) continue;
      if (column === graph.selfCosts[event]) take(row, cost);
      column.set(row, 0);
      count++;
    }
  }
  return count;
}

function circles(graph: CallGraph, { ordered, start, arcs }: Groups): number {
  let count = 0;
  for (const group of ordered) {
    const [node] = group;
    const callsItself = () =>
      arcs.subarray(start[node], start[node + 1]).some((arc) => graph.arcs.callee.at(arc) === node);
    if (group.length > 1 || callsItself()) count += group.length;
  }
  return count;
}

function isInt32(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 2 ** 31;
}
