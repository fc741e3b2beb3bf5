import { Float64Column } from '../../profile/column.ts';
import { IntKeyMap } from '../../profile/int-key-map.ts';
import { NONE } from '../../profile/profile.ts';
import type { RecordedEvents } from './events.ts';
import { READ_FORMAT } from './record-types.ts';

/**
 * Counters that were read with a sample (`perf record -e '{a,b}:S'`): an event's weight is what its counter grew by since the last time
 * it was read, as `perf` counts.
 */
export class CounterReads {
  readonly #events: RecordedEvents;
  readonly #little: boolean;
  /** By number of id: the counter when it was last read. */
  readonly #last: Float64Array;
  /** The same of counters that each thread has its own of: `row` by number of id and thread. */
  readonly #rowOfThread = new IntKeyMap();
  readonly #lastOfThread = new Float64Column();

  constructor(events: RecordedEvents, little: boolean) {
    this.#events = events;
    this.#little = little;
    this.#last = new Float64Array(events.idCount);
  }

  /** Whether the counters say by their ids whose they are; without, a sample weighs its own period. */
  static areNamed(readFormat: number): boolean {
    return (readFormat & READ_FORMAT.ID) !== 0;
  }

  /** Bytes that the counters at `at` take; more than there are where their number can't be. */
  size(view: DataView, at: number, end: number, readFormat: number): number {
    const times = 8 * (has(readFormat, READ_FORMAT.TIME_ENABLED) + has(readFormat, READ_FORMAT.TIME_RUNNING));
    const counter = counterBytes(readFormat);
    if ((readFormat & READ_FORMAT.GROUP) === 0) return times + counter;
    if (at + 8 > end) return 8;
    return 8 + times + Number(view.getBigUint64(at, this.#little)) * counter;
  }

  /**
   * Calls `take` for each event whose counter grew. `tid` is the thread whose counters they are, NONE where all threads have the same.
   * Expects `size` bytes to be there.
   */
  forEach(
    view: DataView,
    at: number,
    readFormat: number,
    tid: number,
    take: (event: number, growth: number) => void,
  ): void {
    const times = 8 * (has(readFormat, READ_FORMAT.TIME_ENABLED) + has(readFormat, READ_FORMAT.TIME_RUNNING));
    const isGroup = (readFormat & READ_FORMAT.GROUP) !== 0;
    const count = isGroup ? Number(view.getBigUint64(at, this.#little)) : 1;
    // In a group the times come before the counters; alone, between the value and its id.
    let place = isGroup ? at + 8 + times : at;
    for (let index = 0; index < count; index++, place += counterBytes(readFormat)) {
      const number = this.#events.idNumberAt(view, place + (isGroup ? 8 : 8 + times), this.#little);
      if (number === NONE) continue;
      const value = Number(view.getBigUint64(place, this.#little));
      const growth = tid === NONE ? this.#growth(number, value) : this.#growthInThread(number, tid, value);
      if (growth > 0) take(this.#events.eventOfIdNumber(number), growth);
    }
  }

  #growth(number: number, value: number): number {
    const growth = value - this.#last[number];
    this.#last[number] = value;
    return growth;
  }

  #growthInThread(number: number, tid: number, value: number): number {
    const row = this.#rowOfThread.getOrSet(number, tid, this.#lastOfThread.length);
    if (row === NONE) {
      this.#lastOfThread.push(value);
      return value;
    }
    const growth = value - this.#lastOfThread.at(row);
    this.#lastOfThread.set(row, value);
    return growth;
  }
}

/** Bytes of a counter: its value, id and losses. */
function counterBytes(readFormat: number): number {
  return 8 * (1 + has(readFormat, READ_FORMAT.ID) + has(readFormat, READ_FORMAT.LOST));
}

function has(readFormat: number, bit: number): number {
  return (readFormat & bit) === 0 ? 0 : 1;
}
