import { NONE } from '../../profile/profile.ts';
import type { ImportWatch } from '../importer.ts';
import { ByteCursor, CutShort } from '../reading/byte-cursor.ts';
import { type ByteSource, readBytes } from '../reading/byte-source.ts';
import { eventAttribute, LEAST_ATTRIBUTE_BYTES } from './event-attribute.ts';
import { addIds, MOST_EVENTS, type RecordedEvents } from './events.ts';
import type { FileHeader } from './file-header.ts';
import { RecordClock } from './record-clock.ts';
import { RecordReader } from './record-reader.ts';
import { FIRST_TOOL_TYPE, LAST_KERNEL_TYPE, LAST_TOOL_TYPE, READ_FORMAT, RECORD } from './record-types.ts';
import type { RecordingFacts } from './recording-facts.ts';
import { NO_FIELD } from './sample-layout.ts';
import { type SideBandEvent, sideBandEvent } from './side-band.ts';

/** What the first pass over the records finds: everything but the samples. */
export interface Survey {
  readonly clock: RecordClock;
  /** In the order of time. */
  readonly sideBand: SideBandEvent[];
  /** Callers in user space that came after their samples: by thread and cookie, as in `deferredKey`. */
  readonly deferredChains: Map<string, DataView>;
  /** How many samples there are at most. */
  sampleRecords: number;
  lostSamples: number;
  throttled: number;
  readonly warnings: string[];
}

export function deferredKey(tid: number, cookie: bigint): string {
  return `${tid} ${cookie}`;
}

/** Reads all records but samples. In pipe mode the events and the facts are among them, and are added to those given. */
export function survey(
  source: ByteSource,
  header: FileHeader,
  events: RecordedEvents,
  facts: RecordingFacts,
  watch: ImportWatch,
): Survey {
  const clock = new RecordClock(events);
  const found: Survey = {
    clock,
    sideBand: [],
    deferredChains: new Map(),
    sampleRecords: 0,
    lostSamples: 0,
    throttled: 0,
    warnings: [],
  };
  const reader = new RecordReader(source, header.data, header.little, watch);
  const context: Context = { reader, source, events, facts, found, lostRecords: 0 };
  const unknownTypes = new Set<number>();
  let damaged = 0;
  /** The last record's type, and whether any is of a perf that ends what it writes to a pipe with the end of a round. */
  let last = 0;
  let endsWithRound = false;
  while (reader.next()) {
    last = reader.type;
    if (last >= RECORD.FINISHED_ROUND) endsWithRound = true;
    if (reader.type === RECORD.SAMPLE) {
      found.sampleRecords++;
      if (events.needRounds) clock.ofSample(reader, events.list[0].sample.time);
      continue;
    }
    const read = READERS.get(reader.type);
    if (!read) {
      if (!isKnownType(reader.type)) unknownTypes.add(reader.type);
      continue;
    }
    try {
      read(context, new ByteCursor(reader.bytes.subarray(reader.at + 8, reader.at + reader.size), reader.little));
    } catch (error) {
      if (!(error instanceof CutShort)) throw error;
      damaged++;
    }
  }
  if (reader.stoppedBecause)
    found.warnings.push(`Only what lies before a broken place was read: ${reader.stoppedBecause}.`);
  else if (header.pipe && endsWithRound && last !== RECORD.FINISHED_ROUND) found.warnings.push(WITHOUT_END);
  if (found.sideBand.length === MOST_SIDE_BAND) {
    found.warnings.push(`Only the first ${MOST_SIDE_BAND} mappings, names and forks were read.`);
  }
  if (damaged > 0) found.warnings.push(`Records too short for what they should hold were left out: ${damaged}.`);
  if (unknownTypes.size > 0) {
    const types = [...unknownTypes].sort((a, b) => a - b).slice(0, 10);
    found.warnings.push(`Records of unknown types were skipped, as a newer perf may write: ${types.join(', ')}.`);
  }
  if (events.list.length > 0 && !events.haveTimes) found.warnings.push(WITHOUT_TIMES);
  // Where each event counts what it lost, what the buffers report is the same losses over again.
  const countLost = events.list.some(({ attribute }) => (attribute.readFormat & READ_FORMAT.LOST) !== 0);
  if (!countLost) found.lostSamples += context.lostRecords;
  found.sideBand.sort((a, b) => a.time - b.time);
  return found;
}

const WITHOUT_END =
  'It ends without the mark that perf puts behind all that it writes to a pipe: it may have been cut off.';
const WITHOUT_TIMES =
  'Recorded without times: a thread is shown under its last name, and an address as what was mapped there last.';

interface Context {
  readonly reader: RecordReader;
  readonly source: ByteSource;
  readonly events: RecordedEvents;
  readonly facts: RecordingFacts;
  readonly found: Survey;
  /** Records that didn't fit the buffers. */
  lostRecords: number;
}

/** How a record is read: by its type, from what follows its header. */
const READERS = new Map<number, (context: Context, cursor: ByteCursor) => void>([
  [RECORD.MMAP, readSideBand],
  [RECORD.MMAP2, readSideBand],
  [RECORD.COMM, readSideBand],
  [RECORD.FORK, readSideBand],
  [RECORD.KSYMBOL, readSideBand],
  [RECORD.LOST, readLost],
  [RECORD.LOST_SAMPLES, readLostSamples],
  [RECORD.THROTTLE, ({ found }) => void found.throttled++],
  [RECORD.FINISHED_ROUND, ({ found }) => found.clock.finishRound()],
  [RECORD.CALLCHAIN_DEFERRED, readDeferredChain],
  [RECORD.HEADER_ATTR, readAttribute],
  [RECORD.HEADER_EVENT_TYPE, ({ facts }, cursor) => void facts.tracepoints.set(cursor.u64(), cursor.text(cursor.left))],
  [RECORD.HEADER_TRACING_DATA, readTracingData],
  [RECORD.HEADER_BUILD_ID, ({ facts, reader }, cursor) => facts.buildId(cursor, reader.misc)],
  [RECORD.EVENT_UPDATE, readEventUpdate],
  [RECORD.HEADER_FEATURE, ({ facts }, cursor) => facts.feature(cursor.u64(), cursor.take(cursor.left))],
]);

/** Mappings, names and forks that are kept: weeks of them on a busy machine. */
const MOST_SIDE_BAND = 1 << 22;

function isKnownType(type: number): boolean {
  return type <= LAST_KERNEL_TYPE || (type >= FIRST_TOOL_TYPE && type <= LAST_TOOL_TYPE);
}

function readSideBand({ reader, found }: Context, cursor: ByteCursor): void {
  if (found.sideBand.length === MOST_SIDE_BAND) return;
  const event = sideBandEvent(reader.type, reader.misc, cursor, found.clock.ofOther(reader));
  if (event) found.sideBand.push(event);
}

function readLost(context: Context, cursor: ByteCursor): void {
  cursor.u64();
  context.lostRecords += cursor.u64();
}

function readLostSamples({ found }: Context, cursor: ByteCursor): void {
  found.lostSamples += cursor.u64();
}

function readDeferredChain({ reader, found, events }: Context, cursor: ByteCursor): void {
  const cookie = cursor.wide();
  const chain = cursor.take(cursor.u64() * 8).slice();
  const place = events.list[0]?.trailer.tid ?? NO_FIELD;
  if (place === NO_FIELD || place > cursor.left) return;
  const tid = reader.view.getInt32(reader.at + reader.size - place + 4, reader.little);
  found.deferredChains.set(deferredKey(tid, cookie), new DataView(chain.buffer));
}

function readAttribute({ events }: Context, cursor: ByteCursor): void {
  if (events.list.length >= MOST_EVENTS) return;
  const bytes = cursor.take(cursor.left);
  if (bytes.length < LEAST_ATTRIBUTE_BYTES) throw new CutShort();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const said = view.getUint32(4, cursor.little);
  const length = Math.min(bytes.length, Math.max(said, LEAST_ATTRIBUTE_BYTES));
  const event = events.add(eventAttribute(view, 0, length, cursor.little));
  addIds(events, event, bytes.subarray(length), cursor.little);
}

/** The data follows the record. */
function readTracingData({ reader, source, facts }: Context, cursor: ByteCursor): void {
  const length = cursor.u32();
  facts.feature(TRACING_DATA_FEATURE, readBytes(source, reader.position + reader.size, length));
}

const TRACING_DATA_FEATURE = 1;

function readEventUpdate({ events, facts }: Context, cursor: ByteCursor): void {
  const kind = cursor.u64();
  const id = cursor.take(8);
  const number = events.idNumberAt(new DataView(id.buffer, id.byteOffset, 8), 0, cursor.little);
  if (kind === UPDATE_NAME && number !== NONE)
    facts.nameEvent(events.eventOfIdNumber(number), cursor.text(cursor.left));
}

/** PERF_EVENT_UPDATE__NAME. */
const UPDATE_NAME = 2;
