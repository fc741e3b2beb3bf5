import { ByteCursor, CutShort } from '../reading/byte-cursor.ts';
import type { RecordedEvents } from './events.ts';
import { hex } from './side-band.ts';
import { readTracepointNames } from './tracing-data.ts';

/** What a recording says about itself, gathered from the sections behind the data, or from records in pipe mode. */
export class RecordingFacts {
  hostname = '';
  perfVersion = '';
  architecture = '';
  kernelRelease = '';
  commandLine: string[] = [];
  /** Hexadecimal build-ids by path. */
  readonly buildIds = new Map<string, string>();
  /** Names of trace points by number. */
  readonly tracepoints = new Map<number, string>();
  readonly warnings: string[] = [];
  readonly #events: RecordedEvents;
  readonly #little: boolean;

  constructor(events: RecordedEvents, little: boolean) {
    this.#events = events;
    this.#little = little;
  }

  /** Reads the section of a feature, or a HEADER_FEATURE record's content: they are the same. */
  feature(number: number, bytes: Uint8Array): void {
    const feature = FEATURES.get(number);
    if (!feature) return;
    try {
      feature.read(this, new ByteCursor(bytes, this.#little), bytes);
    } catch (error) {
      if (!(error instanceof CutShort)) throw error;
      this.warnings.push(`What the recording says about its ${feature.name} is cut short.`);
    }
  }

  /** The content of a build-id record, which is also an entry of the table of build-ids; `misc` as in the record's header. */
  buildId(cursor: ByteCursor, misc: number): void {
    cursor.u32();
    const id = cursor.take(BUILD_ID_FIELD_BYTES);
    const size =
      (misc & HAS_BUILD_ID_SIZE) !== 0 ? Math.min(MOST_BUILD_ID_BYTES, id[MOST_BUILD_ID_BYTES]) : MOST_BUILD_ID_BYTES;
    this.buildIds.set(cursor.text(cursor.left), hex(id, 0, size));
  }

  nameEvent(index: number, name: string): void {
    const event = this.#events.list[index];
    if (event && name !== '') event.name = name;
  }
}

const BUILD_ID_FIELD_BYTES = 24;
const MOST_BUILD_ID_BYTES = 20;
/** PERF_RECORD_MISC_BUILD_ID_SIZE: the byte after the id says how long it is. */
const HAS_BUILD_ID_SIZE = 1 << 15;

interface Feature {
  readonly name: string;
  read(facts: RecordingFacts, cursor: ByteCursor, bytes: Uint8Array): void;
}

/** By number: `enum` of HEADER_… in `tools/perf/util/header.h`. Those that nothing here is told by are left out. */
const FEATURES = new Map<number, Feature>([
  [1, { name: 'trace points', read: (facts, _, bytes) => readTracepointNames(bytes, facts.tracepoints) }],
  [2, { name: 'build-ids', read: readBuildIds }],
  [3, { name: 'host', read: readInto('hostname') }],
  [4, { name: 'kernel', read: readInto('kernelRelease') }],
  [5, { name: 'perf version', read: readInto('perfVersion') }],
  [6, { name: 'architecture', read: readInto('architecture') }],
  [11, { name: 'command line', read: readCommandLine }],
  [12, { name: 'events', read: readEventNames }],
  [24, { name: 'parts', read: warnOfDirectory }],
]);

/** Whether anything is read of a feature. */
export function isReadFeature(number: number): boolean {
  return FEATURES.has(number);
}

/** A string with its length before it, padded with zeros. */
function string(cursor: ByteCursor): string {
  return cursor.text(cursor.u32());
}

function readInto(fact: 'hostname' | 'kernelRelease' | 'perfVersion' | 'architecture'): Feature['read'] {
  return (facts, cursor) => {
    facts[fact] = string(cursor);
  };
}

function readBuildIds(facts: RecordingFacts, cursor: ByteCursor): void {
  while (cursor.left > 0) {
    cursor.u32();
    const misc = cursor.u16();
    const size = cursor.u16();
    facts.buildId(new ByteCursor(cursor.take(size - 8), cursor.little), misc);
  }
}

function readCommandLine(facts: RecordingFacts, cursor: ByteCursor): void {
  for (let words = cursor.u32(); words > 0; words--) facts.commandLine.push(string(cursor));
}

function readEventNames(facts: RecordingFacts, cursor: ByteCursor): void {
  const count = cursor.u32();
  const attributeBytes = cursor.u32();
  for (let index = 0; index < count; index++) {
    cursor.take(attributeBytes);
    const ids = cursor.u32();
    facts.nameEvent(index, string(cursor));
    cursor.take(ids * 8);
  }
}

function warnOfDirectory(facts: RecordingFacts): void {
  facts.warnings.push(
    'The recording is one file of a folder that perf record --threads wrote; samples in the other files are missing. Record without --threads.',
  );
}
