import { MalformedInput } from '../importer.ts';
import { type ByteSource, readBytes } from '../reading/byte-source.ts';

/** A run of bytes in the file. */
export interface Section {
  readonly offset: number;
  readonly size: number;
}

/** The start of a perf.data file. In pipe mode (`perf record -o -`) there are only records after it, and every section is empty. */
export interface FileHeader {
  readonly little: boolean;
  readonly pipe: boolean;
  /** Bytes an entry of the attribute table takes, with the 16 that say where its ids are. */
  readonly attributeBytes: number;
  readonly attributes: Section;
  readonly data: Section;
  /** Sections of the features that the file has, by feature number. */
  readonly features: ReadonlyMap<number, Section>;
  readonly warnings: readonly string[];
}

export const FORMAT = 'perf.data';

/** Bytes of the header of a file with all four sections: `struct perf_file_header`. */
const HEADER_BYTES = 104;
const PIPE_HEADER_BYTES = 16;
const FEATURES_AT = 72;
const FEATURE_BITS = 256;
/** Several times what the largest feature, the descriptions of trace points, takes. */
const MOST_FEATURE_BYTES = 1 << 26;

/** Whether bytes start as a perf.data file does: in either byte order, current (`PERFILE2`) or from before 2010 (`PERFFILE`). */
export function hasPerfMagic(head: Uint8Array): boolean {
  return magicOf(head) !== undefined;
}

/** Reads the header and finds the sections; those that reach past the end of the file are cut to it, with a warning. */
export function fileHeader(source: ByteSource): FileHeader {
  const head = readBytes(source, 0, HEADER_BYTES);
  const magic = magicOf(head);
  if (!magic) throw new MalformedInput(FORMAT, 'it does not start with PERFILE2', 0);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < PIPE_HEADER_BYTES) {
    throw new MalformedInput(FORMAT, `the file ends inside its header, after ${head.length} bytes`, head.length);
  }
  const little = magic === 'swapped' ? false : magic === 'plain' ? true : view.getUint32(8, true) < 65536;
  const u64 = (at: number) => Number(view.getBigUint64(at, little));
  const size = u64(8);
  if (size === PIPE_HEADER_BYTES) return pipeHeader(source, little);
  if (size < FEATURES_AT || size > 4096) {
    throw new MalformedInput(FORMAT, `header size is ${size}, expected ${PIPE_HEADER_BYTES} or ${HEADER_BYTES}`, 8);
  }
  if (head.length < FEATURES_AT) {
    throw new MalformedInput(FORMAT, `the file ends inside its header, after ${head.length} bytes`, head.length);
  }
  const warnings: string[] = [];
  const section = (at: number, name: string): Section => {
    const [offset, length] = [u64(at), u64(at + 8)];
    const room = Math.max(0, source.size - offset);
    if (length > room)
      warnings.push(`The file is cut off: its ${name} section should have ${length} bytes and has ${room}.`);
    return { offset: Math.min(offset, source.size), size: Math.min(length, room) };
  };
  const attributes = section(24, 'attribute');
  const data = { ...section(40, 'data') };
  if (u64(48) === 0) {
    data.size = source.size - data.offset;
    warnings.push(
      'The recorder was stopped before it could finish the file: everything after the header is read as samples, and what is written last (build-ids, host, command line) is missing.',
    );
    return { little, pipe: false, attributeBytes: u64(16), attributes, data, features: new Map(), warnings };
  }
  const features =
    head.length < HEADER_BYTES || size < HEADER_BYTES
      ? new Map()
      : featureSections(source, view, little, u64(40) + u64(48), warnings);
  return { little, pipe: false, attributeBytes: u64(16), attributes, data, features, warnings };
}

function pipeHeader(source: ByteSource, little: boolean): FileHeader {
  const data = { offset: PIPE_HEADER_BYTES, size: source.size - PIPE_HEADER_BYTES };
  const none = { offset: 0, size: 0 };
  return { little, pipe: true, attributeBytes: 0, attributes: none, data, features: new Map(), warnings: [] };
}

/** The table of feature sections, which follows the data: one (offset, size) for each bit that is set, in the order of the bits. */
function featureSections(
  source: ByteSource,
  header: DataView,
  little: boolean,
  tableAt: number,
  warnings: string[],
): Map<number, Section> {
  const present: number[] = [];
  for (let bit = 0; bit < FEATURE_BITS; bit++) {
    // The bitmap is an array of 64-bit words.
    const word = header.getBigUint64(FEATURES_AT + (bit >> 6) * 8, little);
    if ((word >> BigInt(bit & 63)) & 1n) present.push(bit);
  }
  const bytes = readBytes(source, Math.min(tableAt, source.size), present.length * 16);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sections = new Map<number, Section>();
  for (const [row, bit] of present.entries()) {
    if ((row + 1) * 16 > bytes.length) break;
    const offset = Number(view.getBigUint64(row * 16, little));
    const size = Number(view.getBigUint64(row * 16 + 8, little));
    if (size <= MOST_FEATURE_BYTES && offset + size <= source.size) sections.set(bit, { offset, size });
  }
  if (sections.size < present.length) {
    warnings.push(
      `What the recording says about itself (events' names, host, command line, build-ids) is cut off or damaged: ${present.length - sections.size} of ${present.length} parts can't be read.`,
    );
  }
  return sections;
}

function magicOf(head: Uint8Array): 'plain' | 'swapped' | 'old' | undefined {
  const text = String.fromCharCode(...head.subarray(0, 8));
  return text === 'PERFILE2' ? 'plain' : text === '2ELIFREP' ? 'swapped' : text === 'PERFFILE' ? 'old' : undefined;
}
