import { NONE, type StackIndex } from '../../profile/profile.ts';
import { emptySpace, type Processes, type SpaceVersion } from './processes.ts';
import { CONTEXT, CPUMODE } from './record-types.ts';
import type { StackRows } from './stack-rows.ts';

/** Turns addresses of samples into stacks. */
export class Callchains {
  readonly #processes: Processes;
  readonly #rows: StackRows;
  readonly #little: boolean;

  constructor(processes: Processes, rows: StackRows, little: boolean) {
    this.#processes = processes;
    this.#rows = rows;
    this.#little = little;
  }

  /** The stack of one address alone. */
  single(low: number, high: number, cpumode: number, pid: number, time: number): StackIndex {
    return this.#rows.push(NONE, low, high, this.#spaceOf(cpumode, pid, time));
  }

  /**
   * The stack of a callchain of `count` 64-bit numbers at `at`, innermost first, in which markers say whose the addresses after them are.
   * All but the first of each such run are return addresses: one less lies in the call.
   */
  stack(view: DataView, at: number, count: number, cpumode: number, pid: number, time: number): StackIndex {
    const little = this.#little;
    const lowAt = little ? 0 : 4;
    const highAt = little ? 4 : 0;
    let stack: StackIndex = NONE;
    let end = at + count * 8;
    while (end > at) {
      // The run of addresses that ends at `end`: back to a marker, or to the chain's start.
      let start = end;
      let mode = cpumode;
      while (start > at) {
        const marker = view.getUint32(start - 8 + lowAt, little);
        if (marker >= CONTEXT.LEAST && view.getUint32(start - 8 + highAt, little) === 0xffffffff) {
          mode = cpumodeOf(marker);
          break;
        }
        start -= 8;
      }
      const space = this.#spaceOf(mode, pid, time);
      for (let place = end - 8; place > start; place -= 8) {
        const low = view.getUint32(place + lowAt, little);
        const high = view.getUint32(place + highAt, little);
        stack = this.#rows.push(stack, (low - 1) | 0, (low === 0 ? high - 1 : high) | 0, space);
      }
      if (start < end) {
        const low = view.getUint32(start + lowAt, little);
        stack = this.#rows.push(stack, low | 0, view.getUint32(start + highAt, little) | 0, space);
      }
      end = start - 8;
    }
    return stack;
  }

  #spaceOf(cpumode: number, pid: number, time: number): SpaceVersion {
    if (cpumode === CPUMODE.USER) return this.#processes.userSpace(pid, time);
    if (cpumode === CPUMODE.KERNEL) return this.#processes.kernelSpace(time);
    if (cpumode === CPUMODE.GUEST_KERNEL) return this.#processes.guestKernelSpace(time);
    return NOWHERE;
  }
}

/** Hypervisors and guests' programs: their mappings aren't recorded. */
const NOWHERE = emptySpace();

function cpumodeOf(marker: number): number {
  return MODES.get(marker) ?? CPUMODE.UNKNOWN;
}

const MODES = new Map<number, number>([
  [CONTEXT.HYPERVISOR, CPUMODE.HYPERVISOR],
  [CONTEXT.KERNEL, CPUMODE.KERNEL],
  [CONTEXT.USER, CPUMODE.USER],
  [CONTEXT.GUEST, CPUMODE.GUEST_USER],
  [CONTEXT.GUEST_KERNEL, CPUMODE.GUEST_KERNEL],
  [CONTEXT.GUEST_USER, CPUMODE.GUEST_USER],
]);
