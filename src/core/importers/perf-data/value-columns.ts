import type { ProfileBuilder } from '../../profile/builder.ts';
import { NONE, type ValueIndex } from '../../profile/profile.ts';
import { isClock } from './event-names.ts';
import type { RecordedEvent } from './events.ts';

/**
 * Weights of samples by event: a column for the event's periods and one that counts its samples. An event gets its columns when it has
 * its first sample, so that those without any cost nothing; the few events of a usual recording are all named, with samples or without.
 */
export class ValueColumns {
  readonly #builder: ProfileBuilder;
  readonly #events: readonly RecordedEvent[];
  readonly #rows: number;
  readonly #columns: Float64Array[] = [];
  readonly #isSingle: boolean;
  /** By event: its columns of periods and of samples; NONE where it has none yet. */
  readonly #period: Int32Array;
  readonly #count: Int32Array;
  /** Events that share the columns of the rest. */
  #pooled = 0;
  /** Of the events that had a sample, the periods of the one that comes first. */
  first: ValueIndex = NONE;
  #firstEvent = Number.POSITIVE_INFINITY;

  constructor(builder: ProfileBuilder, events: readonly RecordedEvent[], rows: number) {
    this.#builder = builder;
    this.#events = events;
    this.#rows = rows;
    this.#period = new Int32Array(events.length).fill(NONE);
    this.#count = new Int32Array(events.length).fill(NONE);
    const measured = events.filter(({ isDummy }) => !isDummy);
    this.#isSingle = measured.length === 1;
    if (measured.length <= USUAL_EVENTS) {
      for (const [index, { isDummy }] of events.entries()) if (!isDummy) this.#addColumns(index);
    }
  }

  /** Sentences on what couldn't be kept apart. */
  get warnings(): string[] {
    return this.#pooled === 0
      ? []
      : [`The recording has many events: ${this.#pooled} of them are counted together, as "${POOL} samples".`];
  }

  /** Adds a sample of an event, which weighs `period`. */
  add(row: number, event: number, period: number): void {
    if (this.#count[event] === NONE) this.#addColumns(event);
    const value = this.#period[event];
    if (value !== NONE) {
      this.#columns[value][row] += period;
      if (event < this.#firstEvent) {
        this.first = value;
        this.#firstEvent = event;
      }
    }
    this.#columns[this.#count[event]][row] += 1;
  }

  /** The columns, cut to the rows that were used. */
  finish(length: number): Float64Array[] {
    // Without a sample there may be none, and a profile has at least one.
    if (this.#columns.length === 0) this.#column('samples', 'count');
    return this.#columns.map((column) => (column.length === length ? column : column.slice(0, length)));
  }

  #addColumns(event: number): void {
    const { name, attribute } = this.#events[event];
    const isFull = (this.#columns.length + 2) * this.#rows > MOST_CELLS && this.#columns.length >= 2;
    if (isFull) {
      this.#pooled++;
      this.#count[event] = this.#column(`${POOL} samples`, 'count');
      return;
    }
    this.#period[event] = this.#column(name, isClock(attribute) ? 'nanoseconds' : 'count');
    this.#count[event] = this.#column(this.#isSingle ? 'samples' : `${name} samples`, 'count');
  }

  #column(type: string, unit: string): ValueIndex {
    const value = this.#builder.value(type, unit);
    this.#columns[value] ??= new Float64Array(this.#rows);
    return value;
  }
}

/** Up to so many events are named although they have no samples. */
const USUAL_EVENTS = 32;
/** Cells of all columns together: half a gigabyte. A recording of a million samples can have 64 of them. */
const MOST_CELLS = 1 << 26;
const POOL = 'other events';
