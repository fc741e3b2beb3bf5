import type { ImportWatch } from '../importer.ts';
import { CutShort } from '../reading/byte-cursor.ts';
import { type ByteSource, readBytes } from '../reading/byte-source.ts';
import type { ChunkHeader } from './chunk-header.ts';
import { ConstantPools } from './constant-pools.ts';
import { EventFeed } from './event-feed.ts';
import type { JfrCursor } from './jfr-cursor.ts';
import { OPERATION, type Operation } from './layouts.ts';
import { type LegacyTypes, readLegacyTypes } from './legacy-types.ts';
import { RecordReader } from './record-reader.ts';
import type { Recording } from './recording.ts';
import { SampleEvents } from './sample-events.ts';

/**
 * Reads a chunk of version 0.9, of JDK 7 and of Oracle's JDK 8, into the recording; gives where the next one starts. Sixteen bytes of header,
 * the last eight of which say where its metadata is, and that ends the chunk.
 */
export function readLegacyChunk(
  source: ByteSource,
  start: number,
  window: Uint8Array,
  recording: Recording,
  watch: ImportWatch,
): number {
  const place = `The chunk at byte ${start}`;
  const head = readBytes(source, start, HEADER_BYTES);
  const metadata = head.length < HEADER_BYTES ? 0 : Number(new DataView(head.buffer, head.byteOffset).getBigInt64(8));
  const feed = new EventFeed(source, source.size, false, window, true);
  if (metadata < HEADER_BYTES || !feed.seek(start + metadata) || feed.type !== METADATA || !feed.open()) {
    recording.warnings.push(
      `${place} is left out: it was never finished, or is cut, and so has no description of types.`,
    );
    return source.size;
  }
  const end = start + metadata + feed.size;
  const described = readMetadata(feed.cursor, start, end - start);
  if (!described) {
    recording.warnings.push(`${place} is left out: its description of types is broken.`);
    return end;
  }
  const { types, header, checkpoint } = described;
  const reader = new RecordReader(feed.cursor);
  const pools = new ConstantPools(types.constants);
  const problem = readCheckpoints(feed, start, checkpoint, types, pools, reader);
  if (problem !== '') recording.warnings.push(`${place} ${problem}: samples whose constants are lost have no names.`);
  recording.addSpan(header.startNs, header.durationNs);
  const events = new SampleEvents(recording, header, types.events, pools, reader);
  watch.progress(start);
  let isEvent = feed.seek(start + HEADER_BYTES);
  for (; isEvent && feed.offset < start + metadata; isEvent = feed.next()) {
    if (feed.type === METADATA || feed.type === CHECKPOINT)
      recording.countEvents(feed.type === METADATA ? 'jdk.Metadata' : 'jdk.Checkpoint', 1);
    else events.read(feed);
  }
  events.finish();
  if (feed.offset < start + metadata)
    recording.warnings.push(`At byte ${feed.offset} no event can be: what comes after it in its chunk is left out.`);
  return end;
}

interface Described {
  readonly types: LegacyTypes;
  readonly header: ChunkHeader;
  /** Offset of the last checkpoint. */
  readonly checkpoint: number;
}

function readMetadata(cursor: JfrCursor, start: number, size: number): Described | undefined {
  try {
    const types = readLegacyTypes(cursor);
    const long = () => {
      cursor.long();
      return cursor.value;
    };
    const startMs = long();
    const endMs = long();
    cursor.long();
    const { low, high } = cursor;
    const ticksPerSecond = long();
    const checkpoint = long();
    const header: ChunkHeader = {
      start,
      major: 0,
      minor: 9,
      size,
      constantPoolOffset: checkpoint,
      metadataOffset: 0,
      startNs: BigInt(startMs) * 1_000_000n,
      durationNs: (endMs - startMs) * 1e6,
      startTicksLow: low,
      startTicksHigh: high,
      ticksPerSecond,
      isCompressed: false,
      isFinished: true,
    };
    return { types, header, checkpoint };
  } catch (error) {
    if (error instanceof CutShort) return undefined;
    throw error;
  }
}

/** Follows the checkpoints from the last to the first; each lies before the one that leads to it. Gives what is wrong, or `''`. */
function readCheckpoints(
  feed: EventFeed,
  start: number,
  last: number,
  types: LegacyTypes,
  pools: ConstantPools,
  reader: RecordReader,
): string {
  const { cursor } = feed;
  let before = Number.POSITIVE_INFINITY;
  for (let offset = last; offset !== 0; ) {
    const place = start + offset;
    if (
      offset < HEADER_BYTES ||
      !feed.seek(place) ||
      feed.type !== CHECKPOINT ||
      place + feed.size > before ||
      !feed.open()
    )
      return `has no constants at byte ${place}, where it says they are`;
    before = place;
    try {
      cursor.long(); // time
      cursor.long();
      offset = cursor.value;
      while (cursor.at < cursor.end) {
        cursor.int();
        const type = cursor.value;
        const isThread = types.constants.nameOf(type) === 'java.lang.Thread';
        const operation = types.keyOperation(type);
        if (!pools.readPool(reader, type, () => readKey(cursor, operation), isThread ? OS_THREAD_ID : -1))
          return `has constants of a type ${type} that it doesn't describe`;
      }
    } catch (error) {
      if (error instanceof CutShort) return `has broken constants at byte ${place}`;
      throw error;
    }
  }
  return '';
}

function readKey(cursor: JfrCursor, operation: Operation): void {
  if (operation === OPERATION.byte) cursor.byte();
  else if (operation === OPERATION.short) cursor.short();
  else if (operation === OPERATION.int) cursor.int();
  else cursor.long();
}

const HEADER_BYTES = 16;
const METADATA = 0;
const CHECKPOINT = 1;
/** Field of the threads' pool that the key stands for. */
const OS_THREAD_ID = 1;
