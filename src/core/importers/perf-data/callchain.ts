import { NONE, type StackIndex } from '../../profile/profile.ts';
import { BRANCH_BYTES, type BranchStack } from './branch-stack.ts';
import { ChainMemo, type ChainPlace } from './chain-memo.ts';
import { emptySpace, type Processes, type SpaceVersion } from './processes.ts';
import type { RecordReader } from './record-reader.ts';
import { CONTEXT, CPUMODE } from './record-types.ts';
import { NO_FIELD } from './sample-layout.ts';
import type { StackRows } from './stack-rows.ts';
import { deferredKey, type Survey } from './survey.ts';

/** Turns the addresses of samples into stacks. Set the sample with `startSample` first. */
export class Callchains {
  readonly #reader: RecordReader;
  readonly #processes: Processes;
  readonly #rows: StackRows;
  readonly #deferred: Survey['deferredChains'];
  readonly #memo: ChainMemo;
  readonly #place: ChainPlace = { user: 0, kernel: 0, other: 0 };
  readonly #lowAt: number;
  readonly #highAt: number;
  #cpumode = 0;
  #tid = 0;
  #user: SpaceVersion = NOWHERE;
  #kernel: SpaceVersion = NOWHERE;
  #guestKernel: SpaceVersion = NOWHERE;
  /** Whether the chain that is read needs what isn't in it. */
  #isDeferred = false;
  /** Addresses of the last chain that was read, markers not counted. */
  length = 0;

  constructor(reader: RecordReader, processes: Processes, rows: StackRows, found: Survey) {
    this.#reader = reader;
    this.#processes = processes;
    this.#rows = rows;
    this.#deferred = found.deferredChains;
    this.#memo = new ChainMemo(found.sampleRecords);
    this.#lowAt = reader.little ? 0 : 4;
    this.#highAt = reader.little ? 4 : 0;
  }

  startSample(cpumode: number, pid: number, tid: number, time: number): void {
    this.#cpumode = cpumode;
    this.#tid = tid;
    this.#user = this.#processes.userSpace(pid, time);
    this.#kernel = this.#processes.kernelSpace(time);
    this.#guestKernel = this.#processes.guestKernelSpace(time);
    this.#isDeferred = false;
    this.length = 0;
  }

  /** The stack with an address, as it stands at a place, on top. */
  exact(stack: StackIndex, at: number): StackIndex {
    return this.#pushExact(stack, this.#reader.view, at, this.#spaceOf(this.#cpumode));
  }

  /**
   * The stack of a callchain of `count` numbers at `at`, innermost first, in which markers say whose the addresses after them are. The
   * first of each such run is where the processor was, the others are return addresses. The sampled address stands at `ipAt`, and
   * replaces the first of the chain, which was taken a little later. NONE where there's no address.
   */
  stack(at: number, count: number, ipAt: number): StackIndex {
    const { view } = this.#reader;
    const end = at + count * 8;
    const marker = count > 0 ? this.#markerAt(view, at) : NO_MARKER;
    const mode = marker === NO_MARKER ? this.#cpumode : (MODES.get(marker) ?? UNKNOWN_MARKER);
    const first = marker === NO_MARKER ? at : at + 8;
    if (mode === UNKNOWN_MARKER || first >= end || this.#markerAt(view, first) !== NO_MARKER) {
      return this.#append(NONE, view, at, end, this.#cpumode, false);
    }
    const callers = this.#callers(first + 8, end, mode);
    this.length++;
    return this.#pushExact(
      callers,
      view,
      mode === this.#cpumode && ipAt !== NO_FIELD ? ipAt : first,
      this.#spaceOf(mode),
    );
  }

  /** The same with the part in user space taken from the processor's own stack of calls. */
  stackWithCalls(at: number, count: number, ipAt: number, calls: BranchStack): StackIndex {
    const { view } = this.#reader;
    let stack: StackIndex = NONE;
    for (let call = calls.count - 1; call >= 0; call--) {
      stack = this.#pushExact(stack, view, calls.at + call * BRANCH_BYTES, this.#user);
    }
    const isInUser = this.#cpumode === CPUMODE.USER;
    // When it is in the kernel, all that is known of where it left user space is which function was called last.
    stack = this.#pushExact(stack, view, isInUser && ipAt !== NO_FIELD ? ipAt : calls.at + 8, this.#user);
    if (isInUser) return stack;
    let end = at;
    while (end < at + count * 8 && this.#markerAt(view, end) !== CONTEXT.USER) end += 8;
    return this.#append(stack, view, at, end, this.#cpumode, false);
  }

  /** The stack of the callers from `at` to `end`, whose first was called in `mode`. */
  #callers(at: number, end: number, mode: number): StackIndex {
    const { view, words } = this.#reader;
    if (at >= end) return NONE;
    if ((at & 3) !== 0) return this.#append(NONE, view, at, end, mode, true);
    const place = this.#place;
    place.user = this.#user.number;
    place.kernel = this.#kernel.number;
    place.other = this.#guestKernel.number * MODE_COUNT + mode;
    const known = this.#memo.find(words, at >> 2, end >> 2, place);
    if (known !== undefined) {
      this.length += this.#memo.foundLength;
      return known;
    }
    const stack = this.#append(NONE, view, at, end, mode, true);
    if (!this.#isDeferred) this.#memo.remember(words, at >> 2, end >> 2, place, stack, this.length);
    return stack;
  }

  /**
   * `outer` with what stands from `at` to `end` on top; NONE where there's a marker that isn't known, as perf does. `cpumode` is that of
   * what comes before the first marker, and `isContinued` whether it is a run of callers that goes on.
   */
  #append(
    outer: StackIndex,
    view: DataView,
    at: number,
    end: number,
    cpumode: number,
    isContinued: boolean,
  ): StackIndex {
    const { little } = this.#reader;
    const lowAt = this.#lowAt;
    const highAt = this.#highAt;
    let stack = outer;
    let stop = end;
    while (stop > at) {
      // The run of addresses that ends at `stop`: it begins behind a marker, or at `at`.
      let start = stop;
      let marker = NO_MARKER;
      while (start > at) {
        marker = this.#markerAt(view, start - 8);
        if (marker !== NO_MARKER) break;
        start -= 8;
      }
      if (marker === CONTEXT.USER_DEFERRED) {
        stack = this.#deferredStack(view, start, stop);
        stop = start - 8;
        continue;
      }
      const mode = marker === NO_MARKER ? cpumode : MODES.get(marker);
      if (mode === undefined) return NONE;
      this.length += (stop - start) >> 3;
      const space = this.#spaceOf(mode);
      const isExact = marker !== NO_MARKER || !isContinued;
      const firstCaller = isExact ? start + 8 : start;
      for (let place = stop - 8; place >= firstCaller; place -= 8) {
        const low = view.getInt32(place + lowAt, little);
        const high = view.getInt32(place + highAt, little);
        // One less; but zero, which ends some chains, stays what it is.
        const borrow = low === 0 && high !== 0 ? 1 : 0;
        const lower = low === 0 && high === 0 ? 0 : (low - 1) | 0;
        stack = this.#rows.push(stack, lower, (high - borrow) | 0, space);
      }
      if (isExact && start < stop) stack = this.#pushExact(stack, view, start, space);
      stop = start - 8;
    }
    return stack;
  }

  /** Callers in user space that the kernel looked up on its way back there: their record carries the number that stands here. */
  #deferredStack(view: DataView, start: number, end: number): StackIndex {
    const isNested = this.#isDeferred;
    this.#isDeferred = true;
    const cookie = start < end ? view.getBigUint64(start, this.#reader.little) : 0n;
    const chain = isNested ? undefined : this.#deferred.get(deferredKey(this.#tid, cookie));
    return chain ? this.#append(NONE, chain, 0, chain.byteLength & ~7, CPUMODE.USER, false) : NONE;
  }

  /** The marker that stands at a place, or NO_MARKER where an address does. */
  #markerAt(view: DataView, at: number): number {
    const low = view.getUint32(at + this.#lowAt, this.#reader.little);
    if (low < CONTEXT.LEAST) return NO_MARKER;
    return view.getUint32(at + this.#highAt, this.#reader.little) === 0xffffffff ? low : NO_MARKER;
  }

  #pushExact(stack: StackIndex, view: DataView, at: number, space: SpaceVersion): StackIndex {
    const low = view.getInt32(at + this.#lowAt, this.#reader.little);
    return this.#rows.push(stack, low, view.getInt32(at + this.#highAt, this.#reader.little), space);
  }

  #spaceOf(cpumode: number): SpaceVersion {
    if (cpumode === CPUMODE.USER) return this.#user;
    if (cpumode === CPUMODE.KERNEL) return this.#kernel;
    return cpumode === CPUMODE.GUEST_KERNEL ? this.#guestKernel : NOWHERE;
  }
}

/** One more than the last of CPUMODE. */
const MODE_COUNT = 6;
const NO_MARKER = 0;
const UNKNOWN_MARKER = -1;

/** Hypervisors and guests' programs: their mappings aren't recorded. */
const NOWHERE = emptySpace();

const MODES = new Map<number, number>([
  [CONTEXT.HYPERVISOR, CPUMODE.HYPERVISOR],
  [CONTEXT.KERNEL, CPUMODE.KERNEL],
  [CONTEXT.USER, CPUMODE.USER],
  [CONTEXT.GUEST, CPUMODE.GUEST_USER],
  [CONTEXT.GUEST_KERNEL, CPUMODE.GUEST_KERNEL],
  [CONTEXT.GUEST_USER, CPUMODE.GUEST_USER],
]);
