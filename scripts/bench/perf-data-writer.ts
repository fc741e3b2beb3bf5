/** Bytes of a perf.data file in either byte order, appended field by field; grows as needed. */
export class PerfBytes {
  readonly little: boolean;
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  length = 0;

  constructor(little = true) {
    this.little = little;
  }

  u8(...values: readonly number[]): this {
    for (const value of values) {
      const at = this.#room(1);
      this.#view.setUint8(at, value);
    }
    return this;
  }

  u16(...values: readonly number[]): this {
    for (const value of values) {
      const at = this.#room(2);
      this.#view.setUint16(at, value, this.little);
    }
    return this;
  }

  u32(...values: readonly number[]): this {
    for (const value of values) {
      const at = this.#room(4);
      this.#view.setUint32(at, value, this.little);
    }
    return this;
  }

  u64(...values: readonly (number | bigint)[]): this {
    for (const value of values) {
      const at = this.#room(8);
      this.#view.setBigUint64(at, BigInt.asUintN(64, BigInt(value)), this.little);
    }
    return this;
  }

  bytes(bytes: Uint8Array): this {
    const at = this.#room(bytes.length);
    this.#bytes.set(bytes, at);
    return this;
  }

  /** Text with a zero at its end, then zeros up to a multiple of `multiple` bytes of text. */
  text(text: string, multiple = 8): this {
    const bytes = Buffer.from(text);
    return this.bytes(bytes).u8(...new Array(multiple - (bytes.length % multiple)).fill(0));
  }

  /** A string of a feature section: its length, then the text, zeros included in the length. */
  string(text: string): this {
    const size = Math.ceil((Buffer.byteLength(text) + 1) / 64) * 64;
    return this.u32(size).text(text, 64);
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.length);
  }

  #room(size: number): number {
    const at = this.length;
    this.length += size;
    if (this.length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.length, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }
}

/** A record with its header; `fields` appends what follows that. */
export function perfRecord(type: number, misc: number, fields: (to: PerfBytes) => void, little = true): Uint8Array {
  const body = new PerfBytes(little);
  fields(body);
  return new PerfBytes(little)
    .u32(type)
    .u16(misc, body.length + 8)
    .bytes(body.finish())
    .finish();
}

/** What an event's attribute says; what isn't given is zero. */
export interface AttributeFields {
  readonly type?: number;
  readonly config?: number | bigint;
  readonly period?: number;
  readonly sampleType: number;
  readonly readFormat?: number;
  /** Numbers of the flag bits that are set, counted as the C bit field is laid out. */
  readonly flags?: readonly number[];
  readonly breakpointType?: number;
  readonly config1?: number | bigint;
  readonly branchSampleType?: number;
  readonly maxStack?: number;
}

/** Bytes of a `struct perf_event_attr` as perf 6.1 writes it. */
export const ATTRIBUTE_BYTES = 128;

/** Flag bits of an attribute, by their names in the kernel. */
export const FLAG = {
  inherit: 1,
  excludeUser: 4,
  excludeKernel: 5,
  excludeHypervisor: 6,
  mmap: 8,
  comm: 9,
  freq: 10,
  task: 13,
  sampleIdAll: 18,
  excludeGuest: 20,
  mmap2: 23,
  commExec: 24,
} as const;

export function perfAttribute(fields: AttributeFields, little = true): Uint8Array {
  const flags = new Uint8Array(8);
  // A C bit field is numbered from the other end of each byte on a big-endian machine.
  for (const bit of fields.flags ?? []) flags[bit >> 3] |= 1 << (little ? bit & 7 : 7 - (bit & 7));
  const to = new PerfBytes(little)
    .u32(fields.type ?? 0, ATTRIBUTE_BYTES)
    .u64(fields.config ?? 0, fields.period ?? 0, fields.sampleType, fields.readFormat ?? 0)
    .bytes(flags)
    .u32(0, fields.breakpointType ?? 0)
    .u64(fields.config1 ?? 0, 0, fields.branchSampleType ?? 0, 0)
    .u32(0, 0)
    .u64(0)
    .u32(0)
    .u16(fields.maxStack ?? 0, 0);
  return to.bytes(new Uint8Array(ATTRIBUTE_BYTES - to.length)).finish();
}

export interface FileEvent {
  readonly attribute: Uint8Array;
  readonly ids: readonly number[];
}

/** What comes before the records of a file: header, ids and attributes. The header is written again when the data's size is known. */
export function perfFileStart(
  events: readonly FileEvent[],
  dataBytes: number,
  features: readonly number[],
  little = true,
): Uint8Array {
  const idBytes = events.reduce((sum, { ids }) => sum + ids.length * 8, 0);
  const attributesAt = HEADER_BYTES + idBytes;
  const entryBytes = (events[0]?.attribute.length ?? ATTRIBUTE_BYTES) + 16;
  const attributesBytes = events.length * entryBytes;
  const bitmap = [0n, 0n, 0n, 0n];
  for (const feature of features) bitmap[feature >> 6] |= 1n << BigInt(feature & 63);
  const to = new PerfBytes(little)
    .u64(0x32454c4946524550n, HEADER_BYTES, entryBytes)
    .u64(attributesAt, attributesBytes, attributesAt + attributesBytes, dataBytes, 0, 0)
    .u64(...bitmap);
  for (const { ids } of events) to.u64(...ids);
  let idsAt = HEADER_BYTES;
  for (const { attribute, ids } of events) {
    to.bytes(attribute).u64(idsAt, ids.length * 8);
    idsAt += ids.length * 8;
  }
  return to.finish();
}

const HEADER_BYTES = 104;

/** What comes after the records: where each feature's section is, then the sections. `at` is where this starts in the file. */
export function perfFileEnd(features: ReadonlyMap<number, Uint8Array>, at: number, little = true): Uint8Array {
  const sections = [...features].sort(([a], [b]) => a - b);
  const to = new PerfBytes(little);
  let sectionAt = at + sections.length * 16;
  for (const [, { length }] of sections) {
    to.u64(sectionAt, length);
    sectionAt += length;
  }
  for (const [, bytes] of sections) to.bytes(bytes);
  return to.finish();
}
