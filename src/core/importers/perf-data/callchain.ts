import { NONE, type StackIndex } from '../../profile/profile.ts';
import { BRANCH_BYTES, type BranchStack } from './branch-stack.ts';
import { emptySpace, type Processes, type SpaceVersion } from './processes.ts';
import { CONTEXT, CPUMODE } from './record-types.ts';
import type { StackRows } from './stack-rows.ts';
import { deferredKey, type Survey } from './survey.ts';

/** Turns the addresses of samples into stacks. Set the sample with `startSample` first. */
export class Callchains {
  readonly #processes: Processes;
  readonly #rows: StackRows;
  readonly #deferred: Survey['deferredChains'];
  readonly #little: boolean;
  readonly #lowAt: number;
  readonly #highAt: number;
  #view: DataView = new DataView(new ArrayBuffer(0));
  #cpumode = 0;
  #pid = 0;
  #tid = 0;
  #time = 0;
  /** Addresses of the last chain that was read, markers not counted. */
  length = 0;

  constructor(processes: Processes, rows: StackRows, deferred: Survey['deferredChains'], little: boolean) {
    this.#processes = processes;
    this.#rows = rows;
    this.#deferred = deferred;
    this.#little = little;
    this.#lowAt = little ? 0 : 4;
    this.#highAt = little ? 4 : 0;
  }

  startSample(view: DataView, cpumode: number, pid: number, tid: number, time: number): void {
    this.#view = view;
    this.#cpumode = cpumode;
    this.#pid = pid;
    this.#tid = tid;
    this.#time = time;
    this.length = 0;
  }

  /** The stack with an address, as it stands at a place, on top. */
  exact(stack: StackIndex, at: number): StackIndex {
    return this.#pushExact(stack, this.#view, at, this.#spaceOf(this.#cpumode));
  }

  /**
   * The stack of a callchain of `count` numbers at `at`, innermost first, in which markers say whose the addresses after them are. The
   * first of each such run is where the processor was, the others are return addresses. The sampled address stands at `ipAt`, and
   * replaces the first of the chain, which was taken a little later. NONE where there's no address, or a marker that isn't known.
   */
  stack(at: number, count: number, ipAt: number): StackIndex {
    return this.#append(NONE, this.#view, at, count, this.#cpumode, ipAt, true);
  }

  /** The same with the part in user space taken from the processor's own stack of calls. */
  stackWithCalls(at: number, count: number, ipAt: number, calls: BranchStack): StackIndex {
    const space = this.#spaceOf(CPUMODE.USER);
    let stack: StackIndex = NONE;
    for (let call = calls.count - 1; call >= 0; call--) {
      stack = this.#pushExact(stack, this.#view, calls.at + call * BRANCH_BYTES, space);
    }
    const isInUser = this.#cpumode === CPUMODE.USER;
    // When it is in the kernel, all that is known of where it left user space is which function was called last.
    stack = this.#pushExact(stack, this.#view, isInUser ? ipAt : calls.at + 8, space);
    if (isInUser) return stack;
    const kernelCount = this.#countBefore(CONTEXT.USER, at, count);
    return this.#append(stack, this.#view, at, kernelCount, this.#cpumode, ipAt, false);
  }

  #append(
    outer: StackIndex,
    view: DataView,
    at: number,
    count: number,
    cpumode: number,
    ipAt: number,
    mayDefer: boolean,
  ): StackIndex {
    const little = this.#little;
    const lowAt = this.#lowAt;
    const highAt = this.#highAt;
    let stack = outer;
    let end = at + count * 8;
    while (end > at) {
      // The run of addresses that ends at `end`: it begins behind a marker, or where the chain does.
      let start = end;
      let marker = 0;
      while (start > at && marker === 0) {
        const low = view.getUint32(start - 8 + lowAt, little);
        if (low >= CONTEXT.LEAST && view.getUint32(start - 8 + highAt, little) === 0xffffffff) marker = low;
        else start -= 8;
      }
      if (marker === CONTEXT.USER_DEFERRED) {
        stack = mayDefer ? this.#deferredStack(view, start, end) : NONE;
        end = start - 8;
        continue;
      }
      const mode = marker === 0 ? cpumode : MODES.get(marker);
      if (mode === undefined) return NONE;
      this.length += (end - start) >> 3;
      const space = this.#spaceOf(mode);
      for (let place = end - 8; place > start; place -= 8) {
        const low = view.getInt32(place + lowAt, little);
        const high = view.getInt32(place + highAt, little);
        // One less; but zero, which ends some chains, stays what it is.
        const borrow = low === 0 && high !== 0 ? 1 : 0;
        const lower = low === 0 && high === 0 ? 0 : (low - 1) | 0;
        stack = this.#rows.push(stack, lower, (high - borrow) | 0, space);
      }
      if (start < end) {
        const isSampled = mode === this.#cpumode && start - at <= 8 && ipAt !== 0;
        stack = isSampled
          ? this.#pushExact(stack, this.#view, ipAt, space)
          : this.#pushExact(stack, view, start, space);
      }
      end = start - 8;
    }
    return stack;
  }

  /** Callers in user space that the kernel looked up on its way back there: their record carries the number that stands here. */
  #deferredStack(view: DataView, start: number, end: number): StackIndex {
    const cookie = start < end ? view.getBigUint64(start, this.#little) : 0n;
    const chain = this.#deferred.get(deferredKey(this.#tid, cookie));
    return chain ? this.#append(NONE, chain, 0, chain.byteLength >> 3, CPUMODE.USER, 0, false) : NONE;
  }

  #pushExact(stack: StackIndex, view: DataView, at: number, space: SpaceVersion): StackIndex {
    const low = view.getInt32(at + this.#lowAt, this.#little);
    return this.#rows.push(stack, low, view.getInt32(at + this.#highAt, this.#little), space);
  }

  /** How many numbers of a chain come before a marker; all of them where it isn't there. */
  #countBefore(marker: number, at: number, count: number): number {
    for (let index = 0; index < count; index++) {
      const place = at + index * 8;
      const isMarker = this.#view.getUint32(place + this.#lowAt, this.#little) === marker;
      if (isMarker && this.#view.getUint32(place + this.#highAt, this.#little) === 0xffffffff) return index;
    }
    return count;
  }

  #spaceOf(cpumode: number): SpaceVersion {
    if (cpumode === CPUMODE.USER) return this.#processes.userSpace(this.#pid, this.#time);
    if (cpumode === CPUMODE.KERNEL) return this.#processes.kernelSpace(this.#time);
    if (cpumode === CPUMODE.GUEST_KERNEL) return this.#processes.guestKernelSpace(this.#time);
    return NOWHERE;
  }
}

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
