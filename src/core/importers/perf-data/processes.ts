import type { ProfileBuilder } from '../../profile/builder.ts';
import { type FrameKind, type FunctionIndex, type ModuleIndex, NONE, type ThreadIndex } from '../../profile/profile.ts';
import { IntTripleMap } from './int-triple-map.ts';
import { kernelModule, userModule } from './mapped-module.ts';
import { EMPTY, type MappingSet, Mappings, wide } from './mappings.ts';
import type { CommEvent, ForkEvent, MapEvent, SideBandEvent } from './side-band.ts';
import { Timeline } from './timeline.ts';

/** The mappings of an address space during some time. */
export interface SpaceVersion {
  /** Another for every version of every space; 0 where nothing is mapped. */
  readonly number: number;
  readonly set: MappingSet;
  /**
   * Stacks by (caller's stack, address): shared by versions between which no mapped address changed its meaning. Addresses that aren't
   * mapped are not kept here, since a later version may map them.
   */
  readonly stacks: IntTripleMap;
  /** Whether code that isn't mapped here is the kernel's own. */
  readonly isKernel: boolean;
}

/** A thread's name during some time. */
interface ThreadName {
  readonly name: string;
  pid: number;
  row: ThreadIndex;
}

/** Processes and threads as they were at each time: their names, and what was mapped where. */
export class Processes {
  readonly mappings = new Mappings();
  /** See `Origin`. */
  kernelAnchor = '';
  readonly #builder: ProfileBuilder;
  readonly #buildIds: ReadonlyMap<string, string>;
  readonly #user = new Map<number, Timeline<SpaceVersion>>();
  readonly #kernel = new Timeline<SpaceVersion>();
  readonly #guestKernel = new Timeline<SpaceVersion>();
  readonly #names = new Map<number, Timeline<ThreadName>>();
  /** Threads by number, for the time before they are named. */
  readonly #nameless = new Map<number, ThreadName>();
  #versions = 0;
  readonly #kinds: FrameKind[] = [];
  readonly #functions = new Map<ModuleIndex, FunctionIndex>();

  /** `events` in the order of their times. Build-ids by path, for mappings that don't carry one. */
  constructor(builder: ProfileBuilder, events: Iterable<SideBandEvent>, buildIds: ReadonlyMap<string, string>) {
    this.#builder = builder;
    this.#buildIds = buildIds;
    this.#kernel.push(Number.NEGATIVE_INFINITY, emptySpace(true));
    this.#guestKernel.push(Number.NEGATIVE_INFINITY, emptySpace(true));
    this.#setName(0, Number.NEGATIVE_INFINITY, 0, 'swapper');
    for (const event of events) {
      if (event.kind === 'map') this.#map(event);
      else if (event.kind === 'comm') this.#comm(event);
      else this.#fork(event);
    }
  }

  userSpace(pid: number, time: number): SpaceVersion {
    return this.#userTimeline(pid).at(time) ?? UNMAPPED;
  }

  kernelSpace(time: number): SpaceVersion {
    return this.#kernel.at(time) as SpaceVersion;
  }

  guestKernelSpace(time: number): SpaceVersion {
    return this.#guestKernel.at(time) as SpaceVersion;
  }

  /** The module of kernel addresses that no mapping holds: the recorder may not have been allowed to see the kernel's. */
  kernelImage(): ModuleIndex {
    const image = this.#builder.module(KERNEL_IMAGE, this.#buildIds.get(KERNEL_IMAGE));
    this.#kinds[image] = 'kernel';
    return image;
  }

  /** The function that is all of a module, for code that the kernel made and named; else NONE. */
  functionOf(module: ModuleIndex): FunctionIndex {
    return this.#functions.get(module) ?? NONE;
  }

  kindOf(module: ModuleIndex): FrameKind {
    return this.#kinds[module] ?? 'native';
  }

  /** The profile's row of a thread under the name it had at a time; a thread that was never named is `:` and its number. */
  thread(pid: number, tid: number, time: number): ThreadIndex {
    const known = this.#names.get(tid)?.at(time) ?? this.#unnamed(tid);
    if (known.pid !== pid || known.row === NONE) {
      known.pid = pid;
      known.row = this.#builder.thread(pid, tid, known.name);
    }
    return known.row;
  }

  #map(event: MapEvent): void {
    if (event.length === 0n) return;
    const isKernel = event.owner !== 'user';
    const { path, kind, bias } = isKernel
      ? kernelModule(event.name)
      : userModule(event.name, event.pid, event.start, event.pageOffset);
    if (event.owner === 'kernel') this.kernelAnchor ||= anchorOf(event);
    const module = this.#builder.module(path, event.buildId || this.#buildIds.get(path));
    this.#kinds[module] = kind;
    if (event.isFunction) this.#functions.set(module, this.#builder.function({ name: path, module }));
    const timeline =
      event.owner === 'kernel' ? this.#kernel : isKernel ? this.#guestKernel : this.#userTimeline(event.pid);
    const old = timeline.last ?? emptySpace();
    const end = event.start + event.length;
    const last = (end > 2n ** 64n ? 2n ** 64n : end) - 1n;
    const set = this.mappings.add(old.set, wide(event.start), wide(last), wide(bias), module);
    const stacks = this.mappings.changedMeaning || isKernel ? new IntTripleMap() : old.stacks;
    timeline.push(event.time, { number: ++this.#versions, set, stacks, isKernel });
  }

  /**
   * Where a process executes another program, its old mappings stay until new ones take their place, as in perf: samples on the way out
   * of the old program still have its addresses.
   */
  #comm({ pid, tid, name, time }: CommEvent): void {
    this.#setName(tid, time, pid, name);
  }

  #fork({ pid, parentPid, tid, parentTid, copiesMappings, time }: ForkEvent): void {
    const parentName = this.#names.get(parentTid)?.last;
    if (parentName) this.#setName(tid, time, pid, parentName.name);
    if (pid === parentPid) return;
    const parent = this.#user.get(parentPid)?.last;
    const set = copiesMappings && parent ? parent.set : EMPTY;
    this.#userTimeline(pid).push(time, { number: ++this.#versions, set, stacks: new IntTripleMap(), isKernel: false });
  }

  #setName(tid: number, time: number, pid: number, name: string): void {
    this.#nameTimeline(tid).push(time, { name, pid, row: NONE });
  }

  #unnamed(tid: number): ThreadName {
    let name = this.#nameless.get(tid);
    if (!name) {
      name = { name: `:${tid}`, pid: NONE, row: NONE };
      this.#nameless.set(tid, name);
    }
    return name;
  }

  #userTimeline(pid: number): Timeline<SpaceVersion> {
    return ensured(this.#user, pid);
  }

  #nameTimeline(tid: number): Timeline<ThreadName> {
    return ensured(this.#names, tid);
  }
}

const KERNEL_IMAGE = '[kernel.kallsyms]';

/** perf names the kernel's mapping after a symbol, and gives that symbol's address in place of an offset. */
function anchorOf({ name, pageOffset }: MapEvent): string {
  const symbol = name.startsWith(KERNEL_IMAGE) ? name.slice(KERNEL_IMAGE.length) : '';
  return symbol === '' ? '' : `${pageOffset.toString(16).padStart(16, '0')} ${symbol}`;
}

const UNMAPPED: SpaceVersion = emptySpace();

/** A space in which nothing is mapped. */
export function emptySpace(isKernel = false): SpaceVersion {
  return { number: 0, set: EMPTY, stacks: new IntTripleMap(), isKernel };
}

function ensured<T>(timelines: Map<number, Timeline<T>>, key: number): Timeline<T> {
  let timeline = timelines.get(key);
  if (!timeline) {
    timeline = new Timeline();
    timelines.set(key, timeline);
  }
  return timeline;
}
