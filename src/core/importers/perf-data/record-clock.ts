import { NONE } from '../../profile/profile.ts';
import type { RecordedEvents } from './events.ts';
import type { RecordReader } from './record-reader.ts';
import { FIRST_TOOL_TYPE } from './record-types.ts';
import { NO_FIELD } from './sample-layout.ts';

/**
 * When records happened: in nanoseconds since the first time that is met, so that times stay whole numbers in a double however long the
 * machine has been up. What has no time is taken up where perf takes it up: before all that still was in the buffers of its round. In a
 * recording without any times that is before the samples.
 */
export class RecordClock {
  readonly #events: RecordedEvents;
  #hasBase = false;
  #baseLow = 0;
  #baseHigh = 0;
  /** Latest time met, and what that was when the last round of buffers was finished. */
  #latest = Number.NEGATIVE_INFINITY;
  #latestOfRound = Number.NEGATIVE_INFINITY;
  #earliest = Number.POSITIVE_INFINITY;

  constructor(events: RecordedEvents) {
    this.#events = events;
  }

  /** Clock reading that times count from, in nanoseconds, as near as a double can be. */
  get baseNs(): number {
    return this.#baseHigh * 2 ** 32 + this.#baseLow;
  }

  /** Nanoseconds from the first to the last thing with a time; NaN where nothing has one. */
  get durationNs(): number {
    return this.#latest >= this.#earliest ? this.#latest - this.#earliest : Number.NaN;
  }

  /** Notes that all up to the latest time is written, but for what is in the buffers of the round that begins. */
  finishRound(): void {
    this.#latestOfRound = this.#latest;
  }

  /** The time of a sample, whose time field is at `place` in its record. */
  ofSample(reader: RecordReader, place: number): number {
    // A sample that is shorter than its fields is dropped later; it has no time.
    if (place === NO_FIELD || place + 8 > reader.size) return this.#latestOfRound;
    return this.#read(reader.view, reader.at + place, reader.little);
  }

  /** The time of a record of another type. */
  ofOther(reader: RecordReader): number {
    const first = this.#events.list[0];
    if (!first || reader.type >= FIRST_TOOL_TYPE) return this.#latestOfRound;
    const end = reader.at + reader.size;
    let { trailer } = first;
    if (trailer.id !== NO_FIELD && this.#events.list.length > 1 && trailer.id + 8 <= reader.size) {
      const event = this.#events.withIdAt(reader.view, end - trailer.id, reader.little);
      if (event !== NONE) trailer = this.#events.list[event].trailer;
    }
    if (trailer.time === NO_FIELD || trailer.time + 8 > reader.size) return this.#latestOfRound;
    return this.#read(reader.view, end - trailer.time, reader.little);
  }

  #read(view: DataView, at: number, little: boolean): number {
    const low = view.getUint32(at + (little ? 0 : 4), little);
    const high = view.getUint32(at + (little ? 4 : 0), little);
    // perf itself writes 0 on what it found before it began to record.
    if (low === 0 && high === 0) return Number.NEGATIVE_INFINITY;
    if (!this.#hasBase) {
      this.#hasBase = true;
      this.#baseLow = low;
      this.#baseHigh = high;
    }
    const time = (high - this.#baseHigh) * 2 ** 32 + (low - this.#baseLow);
    if (time > this.#latest) this.#latest = time;
    if (time < this.#earliest) this.#earliest = time;
    return time;
  }
}
