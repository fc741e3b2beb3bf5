import { Float64Column, Int32Column } from '../../profile/column.ts';
import { BEGIN, COMPLETE, type EventColumns } from './event-columns.ts';

/** Stretches of time in which something was going on in a thread, not yet nested. */
export interface Durations {
  readonly thread: Int32Column;
  readonly place: Int32Column;
  /** Microseconds. */
  readonly start: Float64Column;
  readonly end: Float64Column;
  /** The event that it began with: of two at one time the earlier in the file holds the other. */
  readonly event: Int32Column;
  readonly warnings: readonly string[];
}

/**
 * Complete events as they are, and those of a begin with its end. An end belongs to the innermost open begin of its name, or without a
 * name to the innermost; what was begun inside that ends with it. An end without a begin is passed over, and what never ends lasts to
 * its thread's last event, be it one without a length: `lastWithoutLength` has the times of those by thread. (Catapult closes what is
 * open at the last of a thread's slices, Perfetto at the end of the trace; the format doesn't say.)
 */
export function durationsOf(
  events: EventColumns,
  threadCount: number,
  lastWithoutLength: ReadonlyMap<number, number>,
): Durations {
  const { phase, thread, at, duration, place, name } = events;
  const durations = {
    thread: new Int32Column(1024),
    place: new Int32Column(1024),
    start: new Float64Column(1024),
    end: new Float64Column(1024),
    event: new Int32Column(1024),
  };
  const add = (event: number, end: number) => {
    durations.thread.push(thread.at(event));
    durations.place.push(place.at(event));
    durations.start.push(at.at(event));
    durations.end.push(Math.max(at.at(event), end));
    durations.event.push(event);
  };
  const open = new OpenBegins(threadCount);
  const lastAt = new Float64Array(threadCount).fill(Number.NEGATIVE_INFINITY);
  for (const [own, last] of lastWithoutLength) lastAt[own] = last;
  /** By thread and name: when it ended without a begin. */
  const endedAlone = new Map<string, number>();
  let endsAlone = 0;
  let endedByCaller = 0;
  for (const event of inTime(events)) {
    const own = thread.at(event);
    const end = at.at(event) + duration.at(event);
    if (end > lastAt[own]) lastAt[own] = end;
    if (phase.at(event) === COMPLETE) add(event, end);
    else if (phase.at(event) === BEGIN) {
      const early = `${own} ${name.at(event)}`;
      if (endedAlone.get(early) === at.at(event)) {
        // It takes no time, and its end was written first.
        endedAlone.delete(early);
        endsAlone--;
        add(event, end);
      } else open.push(own, event, name.at(event));
    } else {
      if (!open.has(own, name.at(event))) {
        endsAlone++;
        endedAlone.set(`${own} ${name.at(event)}`, at.at(event));
        continue;
      }
      for (;;) {
        const begin = open.pop(own);
        add(begin, end);
        if (name.at(event) === 0 || name.at(begin) === name.at(event)) break;
        endedByCaller++;
      }
    }
  }
  let unended = 0;
  for (let own = 0; own < threadCount; own++) {
    for (let begin = open.pop(own); begin >= 0; begin = open.pop(own)) {
      add(begin, lastAt[own]);
      unended++;
    }
  }
  const warnings: string[] = [];
  if (endsAlone > 0) warnings.push(`Ends without a begin, passed over: ${endsAlone}.`);
  if (endedByCaller > 0) warnings.push(`Begins without an end, taken to end with what they are in: ${endedByCaller}.`);
  if (unended > 0) warnings.push(`Begins without an end, taken to last to their thread's last event: ${unended}.`);
  return { ...durations, warnings };
}

/** Events in order of time, those of one time in the order of the file. */
function inTime({ at }: EventColumns): Int32Array {
  const order = Int32Array.from({ length: at.length }, (_, event) => event);
  return order.sort((a, b) => at.at(a) - at.at(b) || a - b);
}

/** Begins that are open, by thread; each thread's as a chain from the innermost outwards, with a count by name. */
class OpenBegins {
  readonly #innermost: Int32Array;
  readonly #outer = new Map<number, number>();
  readonly #names = new Map<number, number>();
  /** By thread and name: how many are open. */
  readonly #counts: Map<number, number>[];

  constructor(threadCount: number) {
    this.#innermost = new Int32Array(threadCount).fill(-1);
    this.#counts = Array.from({ length: threadCount }, () => new Map());
  }

  push(thread: number, event: number, name: number): void {
    this.#outer.set(event, this.#innermost[thread]);
    this.#names.set(event, name);
    this.#innermost[thread] = event;
    this.#counts[thread].set(name, (this.#counts[thread].get(name) ?? 0) + 1);
  }

  /** Takes the innermost; -1 where nothing is open. */
  pop(thread: number): number {
    const event = this.#innermost[thread];
    if (event === -1) return -1;
    this.#innermost[thread] = this.#outer.get(event)!;
    const name = this.#names.get(event)!;
    this.#counts[thread].set(name, this.#counts[thread].get(name)! - 1);
    this.#outer.delete(event);
    this.#names.delete(event);
    return event;
  }

  /** Whether one of this name is open; any will do for the empty name. */
  has(thread: number, name: number): boolean {
    return name === 0 ? this.#innermost[thread] !== -1 : (this.#counts[thread].get(name) ?? 0) > 0;
  }
}
