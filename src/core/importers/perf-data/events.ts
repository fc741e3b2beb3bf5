import { IntKeyMap } from '../../profile/int-key-map.ts';
import { MalformedInput } from '../importer.ts';
import { type ByteSource, readBytes } from '../reading/byte-source.ts';
import { type EventAttribute, eventAttribute, LEAST_ATTRIBUTE_BYTES } from './event-attribute.ts';
import { type FileHeader, FORMAT } from './file-header.ts';
import { type SampleLayout, sampleLayout, type TrailerLayout, trailerLayout } from './sample-layout.ts';

/** An event that was recorded. */
export interface RecordedEvent {
  readonly attribute: EventAttribute;
  readonly sample: SampleLayout;
  readonly trailer: TrailerLayout;
  /** As the recording names it; '' where it doesn't. */
  name: string;
}

/** The events of a recording, and which of them an id in a record stands for. */
export class RecordedEvents {
  readonly list: RecordedEvent[] = [];
  readonly #byId = new IntKeyMap(64);

  add(attribute: EventAttribute): RecordedEvent {
    const event = { attribute, sample: sampleLayout(attribute), trailer: trailerLayout(attribute), name: '' };
    this.list.push(event);
    return event;
  }

  /** Ids are 64 bits wide: halves. The first event that has an id keeps it. */
  addId(event: number, low: number, high: number): void {
    if (this.#byId.get(low | 0, high | 0) === -1) this.#byId.set(low | 0, high | 0, event);
  }

  /** Position in `list`, or -1. Id 0 is of records that perf itself made: they count as the first event's. */
  withId(low: number, high: number): number {
    return low === 0 && high === 0 ? 0 : this.#byId.get(low | 0, high | 0);
  }

  /** The event a record belongs to whose id stands at `at`, as a position in `list`; -1 where no event has it. */
  withIdAt(view: DataView, at: number, little: boolean): number {
    return this.withId(view.getUint32(at + (little ? 0 : 4), little), view.getUint32(at + (little ? 4 : 0), little));
  }
}

/** Bytes of a section's place and size at the end of each entry of the attribute table. */
const SECTION_BYTES = 16;
/** More than any machine has; a table of more is not read, so that a hostile one costs nothing. */
const MOST_EVENTS = 65536;
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
