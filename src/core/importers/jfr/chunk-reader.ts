import type { ImportWatch } from '../importer.ts';
import { CutShort } from '../reading/byte-cursor.ts';
import { type ByteSource, readBytes } from '../reading/byte-source.ts';
import { CHUNK_HEADER_BYTES, type ChunkHeader, hasJfrMagic } from './chunk-header.ts';
import { ConstantPools } from './constant-pools.ts';
import { EventFeed } from './event-feed.ts';
import { Layouts } from './layouts.ts';
import { type JfrClasses, readMetadata } from './metadata.ts';
import { RecordReader } from './record-reader.ts';
import type { Recording } from './recording.ts';
import { SampleEvents } from './sample-events.ts';

/** Types of the two events that aren't described by metadata. */
const METADATA = 0;
const CHECKPOINT = 1;

/**
 * Reads a chunk into the recording; gives where the next one starts. First the types, then the constants, which mostly stand behind the
 * events that need them, then the events. Memory is that of the chunk's constants and of its longest single event.
 */
export function readChunk(
  source: ByteSource,
  header: ChunkHeader,
  window: Uint8Array,
  recording: Recording,
  watch: ImportWatch,
): number {
  const left = source.size - header.start;
  const isWhole = header.isFinished && header.size <= left;
  const limit = header.start + (isWhole ? header.size : left);
  const feed = new EventFeed(source, limit, header.isCompressed, window);
  const place = `The chunk at byte ${header.start}`;
  const state = header.isFinished ? `is cut (${left} of its ${header.size} bytes are there)` : 'was never finished';
  const found = isWhole ? places(header) : walked(feed, header, source);
  const end = isWhole ? limit : (found.end ?? limit);
  // What is left of the last event is no chunk.
  const next = hasJfrMagic(readBytes(source, end, 4)) ? end : limit;

  let chunk = constants(feed, header, found);
  if (isWhole && (typeof chunk === 'string' || chunk.problems.length > 0))
    chunk = better(feed, header, chunk, found, walked(feed, header, source));
  if (typeof chunk === 'string') {
    recording.warnings.push(`${place} ${isWhole ? '' : `${state} and `}is left out: ${chunk}.`);
    return next;
  }
  if (!isWhole)
    recording.warnings.push(
      `${place} ${state}. What it holds up to ${end === next ? 'there' : `byte ${end}`} is shown.`,
    );
  for (const problem of chunk.problems) recording.warnings.push(`${place} ${problem}.`);
  const events = new SampleEvents(recording, header, chunk.layouts, chunk.pools, new RecordReader(feed.cursor));
  recording.addSpan(header.startNs, header.durationNs);
  readEvents(feed, header, end, events, recording, watch);
  return next;
}

/** Where a chunk's metadata and its last checkpoint are. */
interface Places {
  readonly metadata: number;
  /** From the last to the first. With `follows`, only the last, which leads to the others. */
  readonly checkpoints: readonly number[];
  readonly follows: boolean;
  /** Where the chunk ends, if it was looked for. */
  readonly end?: number;
}

function places({ start, metadataOffset, constantPoolOffset }: ChunkHeader): Places {
  return { metadata: start + metadataOffset, checkpoints: [start + constantPoolOffset], follows: true };
}

/** Goes through all events for them, where the header doesn't know them or is wrong. */
function walked(feed: EventFeed, header: ChunkHeader, source: ByteSource): Places {
  let metadata = -1;
  const checkpoints: number[] = [];
  let isEvent = feed.seek(header.start + CHUNK_HEADER_BYTES);
  for (; isEvent && !isNextChunk(feed, source); isEvent = feed.next()) {
    if (feed.type === METADATA) metadata = feed.offset;
    if (feed.type === CHECKPOINT) checkpoints.push(feed.offset);
  }
  return { metadata, checkpoints: checkpoints.reverse(), follows: false, end: feed.offset };
}

/** A chunk without a size can be told from the one after it by that one's beginning: an event of 70 bytes and type 76 is unlikely to look so. */
function isNextChunk(feed: EventFeed, source: ByteSource): boolean {
  if (feed.type !== 0x4c && feed.size !== 0x464c5200) return false;
  const bytes = new Uint8Array(8);
  source.read(bytes, feed.offset);
  return hasJfrMagic(bytes) && bytes[4] === 0 && (bytes[5] === 1 || bytes[5] === 2) && bytes[6] === 0;
}

interface Chunk {
  readonly layouts: Layouts;
  readonly pools: ConstantPools;
  readonly problems: readonly string[];
}

/** The chunk's types and constants; in words what is wrong where it has no types that can be read. */
function constants(feed: EventFeed, header: ChunkHeader, found: Places): Chunk | string {
  if (found.metadata < 0) return 'it describes no types';
  if (!feed.seek(found.metadata) || feed.type !== METADATA || !feed.open())
    return `no description of types is at byte ${found.metadata}`;
  let classes: JfrClasses;
  try {
    classes = readMetadata(feed.cursor);
  } catch (error) {
    if (error instanceof CutShort) return `its description of types at byte ${found.metadata} is broken`;
    throw error;
  }
  const layouts = new Layouts(classes);
  const pools = new ConstantPools(layouts);
  const problem = readCheckpoints(feed, header, found, pools);
  const problems = problem === '' ? [] : [problem];
  for (const name of pools.unreadable)
    problems.push(`has constants of ${name}, which it doesn't describe: those after them are lost`);
  return { layouts, pools, problems };
}

/**
 * What is found without the header's help, where that is more: an event in the way may keep it from going through all of them. A description
 * of types that the header leads to is good in any case.
 */
function better(
  feed: EventFeed,
  header: ChunkHeader,
  byHeader: Chunk | string,
  places: Places,
  found: Places,
): Chunk | string {
  const isDescribed = typeof byHeader !== 'string';
  const byWalk = constants(feed, header, isDescribed ? { ...found, metadata: places.metadata } : found);
  if (typeof byWalk === 'string') return byHeader;
  return isDescribed && byHeader.pools.stackTraces.length > byWalk.pools.stackTraces.length ? byHeader : byWalk;
}

/** Reads the checkpoints; gives what is wrong with them, or `''`. They never overlap, so that each byte is read once at most. */
function readCheckpoints(feed: EventFeed, header: ChunkHeader, found: Places, pools: ConstantPools): string {
  const reader = new RecordReader(feed.cursor);
  let problem = '';
  let before = Number.POSITIVE_INFINITY;
  const left = [...found.checkpoints].reverse();
  for (let place = left.pop(); place !== undefined; place = left.pop()) {
    if (
      place <= header.start ||
      !feed.seek(place) ||
      feed.type !== CHECKPOINT ||
      place + feed.size > before ||
      !feed.open()
    )
      return `has no constants at byte ${place}, where it says they are`;
    before = place;
    try {
      const delta = pools.read(reader);
      if (found.follows && delta !== 0) left.push(place + delta);
    } catch (error) {
      if (!(error instanceof CutShort)) throw error;
      problem = `has broken constants at byte ${place}`;
    }
  }
  return problem;
}

function readEvents(
  feed: EventFeed,
  header: ChunkHeader,
  end: number,
  events: SampleEvents,
  recording: Recording,
  watch: ImportWatch,
): void {
  let told = header.start;
  let isEvent = feed.seek(header.start + CHUNK_HEADER_BYTES);
  for (; isEvent && feed.offset < end; isEvent = feed.next()) {
    if (feed.offset - told > PROGRESS_BYTES) {
      told = feed.offset;
      watch.progress(told);
    }
    if (feed.type === METADATA || feed.type === CHECKPOINT) {
      recording.countEvents(feed.type === METADATA ? 'jdk.Metadata' : 'jdk.Checkpoint', 1);
      continue;
    }
    events.read(feed);
  }
  events.finish();
  if (feed.offset < end)
    recording.warnings.push(`At byte ${feed.offset} no event can be: what comes after it in its chunk is left out.`);
}

const PROGRESS_BYTES = 1 << 22;
