import type { FrameRow, ProfileBuilder } from '../../profile/builder.ts';
import { type FrameKind, type ModuleIndex, NONE, type StackIndex } from '../../profile/profile.ts';
import { withoutParameters } from '../perf-script/printed-name.ts';
import type { ArcIndex, CallGraph, NodeIndex, PlaceIndex, SiteIndex } from './call-graph.ts';
import type { Groups } from './cycles.ts';

/** How many frames are made for the ways within circles of calls; then what lies between the ends of a way is left out. */
const MOST_INNER_FRAMES = 1_000_000;
/** How many calls within circles are looked at to find such ways. */
const MOST_STEPS = 20_000_000;

/** Makes a profile's stacks for the sites of a call graph. */
export class GraphStacks {
  readonly #builder: ProfileBuilder;
  readonly #graph: CallGraph;
  readonly #kind: FrameKind;
  readonly #frames = new Map<SiteIndex, { outer: number; inner: number }>();
  #caller: StackIndex = NONE;
  #entry: NodeIndex = NONE;
  /** By function of a group of more than one: the call by which it is reached from the entry, on the shortest way. */
  #reachedBy = new Map<NodeIndex, ArcIndex>();
  /** By function: the stack that calls it, of the way that is being worked on. */
  #inner = new Map<NodeIndex, StackIndex>();
  #innerFrames = 0;
  #steps = 0;

  constructor(builder: ProfileBuilder, graph: CallGraph, kind: FrameKind) {
    this.#builder = builder;
    this.#graph = graph;
    this.#kind = kind;
  }

  /** The next ways come into the group at this function. */
  enter(group: readonly NodeIndex[], groups: Groups, index: number, entry: NodeIndex): void {
    this.#entry = entry;
    this.#reachedBy = new Map();
    if (group.length === 1 || this.#steps > MOST_STEPS) return;
    const queue: NodeIndex[] = [entry];
    for (const node of queue) {
      for (let at = groups.start[node]; at < groups.start[node + 1]; at++) {
        this.#steps++;
        const arc = groups.arcs[at];
        const callee = this.#graph.arcs.callee.at(arc);
        if (groups.groupOf[callee] !== index || callee === entry || this.#reachedBy.has(callee)) continue;
        this.#reachedBy.set(callee, arc);
        queue.push(callee);
      }
    }
  }

  /** The next stacks are called by this one. */
  startFrom(caller: StackIndex): void {
    this.#caller = caller;
    this.#inner.clear();
    this.#inner.set(this.#entry, caller);
  }

  /** The stack that is at a site of a function of the group. */
  at(node: NodeIndex, site: SiteIndex): StackIndex {
    return this.#push(this.#callerOf(node), site);
  }

  /** The stack of a site with no callers. */
  alone(site: SiteIndex): StackIndex {
    return this.#push(NONE, site);
  }

  #callerOf(node: NodeIndex): StackIndex {
    const way: ArcIndex[] = [];
    let at = node;
    while (!this.#inner.has(at)) {
      const arc = this.#reachedBy.get(at);
      if (arc === undefined) break;
      way.push(arc);
      at = this.#graph.nodeOfSite(this.#graph.arcs.site.at(arc));
    }
    let stack = this.#inner.get(at);
    if (stack === undefined || this.#innerFrames + way.length > MOST_INNER_FRAMES) {
      // The entry is all that is known to be on the way.
      stack = this.#builder.stack(
        this.#caller,
        this.#frame(this.#graph.place(this.#entry, this.#fileOf(this.#entry)), 0),
      );
      this.#inner.set(node, stack);
      return stack;
    }
    this.#innerFrames += way.length;
    for (const arc of way.reverse()) {
      stack = this.#push(stack, this.#graph.arcs.site.at(arc));
      this.#inner.set(this.#graph.arcs.callee.at(arc), stack);
    }
    return stack;
  }

  #push(caller: StackIndex, site: SiteIndex): StackIndex {
    const { sites, places } = this.#graph;
    let known = this.#frames.get(site);
    if (!known) {
      const place = sites.place.at(site);
      const node = places.node.at(place);
      const own = this.#fileOf(node);
      const isOwn = places.file[place] === own;
      // Code of another file was inlined there; of what function isn't recorded.
      const outer = isOwn ? NONE : this.#frame(this.#graph.place(node, own), 0);
      known = { outer, inner: this.#frame(place, sites.line.at(site)) };
      this.#frames.set(site, known);
    }
    const stack = known.outer === NONE ? caller : this.#builder.stack(caller, known.outer);
    return this.#builder.stack(stack, known.inner);
  }

  #frame(place: PlaceIndex, line: number): number {
    const node = this.#graph.places.node.at(place);
    const { name, object } = this.#graph.functions[node];
    const file = this.#graph.places.file[place];
    const module: ModuleIndex = object === '' ? NONE : this.#builder.module(object);
    const row: FrameRow = {
      function: this.#builder.function({
        name: withoutParameters(name),
        fullName: name,
        systemName: name,
        file,
        module,
      }),
      line,
      module,
      inlined: file !== this.#fileOf(node),
      kind: this.#kind,
    };
    return this.#builder.frame(row);
  }

  #fileOf(node: NodeIndex): string {
    return this.#graph.functions[node].file;
  }
}
