import { IntKeyMap } from '../../profile/int-key-map.ts';
import { NONE } from '../../profile/profile.ts';
import { MalformedInput } from '../importer.ts';
import { type ByteSource, readBytes } from '../reading/byte-source.ts';
import { type EventAttribute, eventAttribute, LEAST_ATTRIBUTE_BYTES } from './event-attribute.ts';
import { isDummy } from './event-names.ts';
import { type FileHeader, FORMAT } from './file-header.ts';
import { NO_FIELD, type SampleLayout, sampleLayout, type TrailerLayout, trailerLayout } from './sample-layout.ts';

/** An event that was recorded. */
export interface RecordedEvent {
  readonly attribute: EventAttribute;
  readonly sample: SampleLayout;
  readonly trailer: TrailerLayout;
  /** Whether it only carries records that aren't samples. */
  readonly isDummy: boolean;
  /** As the recording names it; '' where it doesn't. */
  name: string;
}

/** The events of a recording, and which of them an id in a record stands for. */
export class RecordedEvents {
  readonly list: RecordedEvent[] = [];
  /** Ids are numbered as they come: `number` by the halves of an id, and an event's position in `list` by that number. */
  readonly #numbers = new IntKeyMap(64);
  readonly #eventOfNumber: number[] = [];

  /** Whether samples have times. */
  haveTimes = false;
  /** Whether samples have times and other records don't. */
  needRounds = false;

  /** Adds an event and gives its position in `list`. */
  add(attribute: EventAttribute): number {
    const sample = sampleLayout(attribute);
    const trailer = trailerLayout(attribute);
    const event = { attribute, sample, trailer, isDummy: isDummy(attribute), name: '' };
    this.haveTimes ||= event.sample.time !== NO_FIELD;
    this.needRounds ||= event.sample.time !== NO_FIELD && event.trailer.time === NO_FIELD;
    return this.list.push(event) - 1;
  }

  get idCount(): number {
    return this.#eventOfNumber.length;
  }

  /** Ids are 64 bits wide: halves. The first event that has an id keeps it. */
  addId(event: number, low: number, high: number): void {
    if (this.#numbers.get(low | 0, high | 0) !== NONE) return;
    this.#numbers.set(low | 0, high | 0, this.#eventOfNumber.length);
    this.#eventOfNumber.push(event);
  }

  /** The number of the id that stands at `at`, or NONE where no event has it. */
  idNumberAt(view: DataView, at: number, little: boolean): number {
    const low = view.getInt32(at + (little ? 0 : 4), little);
    return this.#numbers.get(low, view.getInt32(at + (little ? 4 : 0), little));
  }

  eventOfIdNumber(number: number): number {
    return this.#eventOfNumber[number];
  }

  /**
   * The event of the id at `at`, as a position in `list`, or NONE where no event has it. Id 0 is that of records which perf itself
   * made: they count as the first event's.
   */
  withIdAt(view: DataView, at: number, little: boolean): number {
    const number = this.idNumberAt(view, at, little);
    if (number !== NONE) return this.#eventOfNumber[number];
    return view.getInt32(at, little) === 0 && view.getInt32(at + 4, little) === 0 ? 0 : NONE;
  }
}

/** Bytes of a section's place and size at the end of each entry of the attribute table. */
const SECTION_BYTES = 16;
/** More than any machine has; a table of more is not read, so that a hostile one costs nothing. */
export const MOST_EVENTS = 65536;
const MOST_IDS = 1 << 22;

/** Reads the attribute table of a file with its ids. */
export function eventsOfFile(source: ByteSource, header: FileHeader): RecordedEvents {
  const { attributes, attributeBytes, little } = header;
  const events = new RecordedEvents();
  if (header.pipe) return events;
  if (attributeBytes < LEAST_ATTRIBUTE_BYTES + SECTION_BYTES || attributeBytes > 4096) {
    throw new MalformedInput(FORMAT, `an event's description takes ${attributeBytes} bytes, expected 80 to 4096`, 16);
  }
  const count = Math.floor(attributes.size / attributeBytes);
  if (count > MOST_EVENTS) throw new MalformedInput(FORMAT, `${count} events, expected at most ${MOST_EVENTS}`, 32);
  let ids = 0;
  const table = readBytes(source, attributes.offset, count * attributeBytes);
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  for (let row = 0; (row + 1) * attributeBytes <= table.length; row++) {
    const at = row * attributeBytes;
    const length = attributeBytes - SECTION_BYTES;
    events.add(eventAttribute(view, at, length, little));
    const idsAt = Number(view.getBigUint64(at + length, little));
    const idsSize = Number(view.getBigUint64(at + length + 8, little));
    ids += idsSize / 8;
    if (idsAt + idsSize > source.size || ids > MOST_IDS) continue;
    addIds(events, row, readBytes(source, idsAt, idsSize), little);
  }
  return events;
}

/** Adds the ids that `bytes` holds, one after another, to an event. */
export function addIds(events: RecordedEvents, event: number, bytes: Uint8Array, little: boolean): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    events.addId(event, view.getUint32(at + (little ? 0 : 4), little), view.getUint32(at + (little ? 4 : 0), little));
  }
}
