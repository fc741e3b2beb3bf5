import type { ImportWatch } from '../importer.ts';
import type { ByteSource } from '../reading/byte-source.ts';
import type { RecordedEvents } from './events.ts';
import type { FileHeader } from './file-header.ts';
import { RecordReader } from './record-reader.ts';
import { RECORD } from './record-types.ts';
import { NO_FIELD } from './sample-layout.ts';
import { type SideBandEvent, sideBandEvent } from './side-band.ts';

/** What the first pass over the records finds: everything but the samples. */
export interface Survey {
  readonly sideBand: SideBandEvent[];
  readonly clock: RecordClock;
  sampleRecords: number;
}

/**
 * The order of a recording. Times are counted from the first that is met, so that nanoseconds stay whole numbers in a double however
 * long the machine has been up. A recording without times is in the order of its file.
 */
export class RecordClock {
  hasTimes = false;
  #baseLow = 0;
  #baseHigh = 0;

  /** Clock reading that times count from, in nanoseconds, as near as a double can be. */
  get baseNs(): number {
    return this.#baseHigh * 2 ** 32 + this.#baseLow;
  }

  /** Nanoseconds since the first time met; far before it for zero, which perf writes on what it found before recording. */
  read(view: DataView, at: number, little: boolean): number {
    const low = view.getUint32(at + (little ? 0 : 4), little);
    const high = view.getUint32(at + (little ? 4 : 0), little);
    if (!this.hasTimes && (low !== 0 || high !== 0)) {
      this.hasTimes = true;
      this.#baseLow = low;
      this.#baseHigh = high;
    }
    return (high - this.#baseHigh) * 2 ** 32 + (low - this.#baseLow);
  }
}

export function survey(source: ByteSource, header: FileHeader, events: RecordedEvents, watch: ImportWatch): Survey {
  const clock = new RecordClock();
  const sideBand: SideBandEvent[] = [];
  const found = { sideBand, clock, sampleRecords: 0 };
  const reader = new RecordReader(source, header.data, header.little, watch);
  let ordinal = 0;
  while (reader.next()) {
    ordinal++;
    if (reader.type === RECORD.SAMPLE) {
      found.sampleRecords++;
      continue;
    }
    const at = trailerTimeAt(reader, events);
    const time = at === NO_FIELD ? ordinal : clock.read(reader.view, at, reader.little);
    const event = sideBandEvent(reader, time);
    if (event) sideBand.push(event);
  }
  return found;
}

/** Place of the time at the end of a record that isn't a sample, or NO_FIELD. */
function trailerTimeAt(reader: RecordReader, events: RecordedEvents): number {
  const first = events.list[0];
  if (!first || reader.type >= 64) return NO_FIELD;
  const end = reader.at + reader.size;
  let trailer = first.trailer;
  if (trailer.id !== NO_FIELD && events.list.length > 1 && trailer.id + 8 <= reader.size) {
    trailer = events.list[events.withIdAt(reader.view, end - trailer.id, reader.little)]?.trailer ?? trailer;
  }
  return trailer.time === NO_FIELD || trailer.time + 8 > reader.size ? NO_FIELD : end - trailer.time;
}
