import { MalformedInput } from '../importer.ts';
import { type ByteSource, readBytes } from '../reading/byte-source.ts';

/** Name of the format, as shown. */
export const JFR = 'jfr';

/**
 * Head of a chunk of version 1.0 to 2.x: a recording is such chunks one after another, each with its own types and constants. Big-endian.
 * Written by `JfrChunkWriter` of HotSpot (src/hotspot/share/jfr/recorder/repository/jfrChunkWriter.cpp) and by async-profiler
 * (src/flightRecorder.cpp).
 */
export interface ChunkHeader {
  /** Where the chunk starts in the file; offsets within it count from here. */
  readonly start: number;
  readonly major: number;
  readonly minor: number;
  /** Size that the header gives; 0, or a placeholder, where the chunk was never finished. */
  readonly size: number;
  readonly constantPoolOffset: number;
  readonly metadataOffset: number;
  /** Since 1970. */
  readonly startNs: bigint;
  readonly durationNs: number;
  /** Halves of the clock's reading at `startNs`. */
  readonly startTicksLow: number;
  readonly startTicksHigh: number;
  readonly ticksPerSecond: number;
  readonly isCompressed: boolean;
  /** Whether the writer closed the chunk. */
  readonly isFinished: boolean;
}

export const CHUNK_HEADER_BYTES = 68;

export function hasJfrMagic(bytes: Uint8Array, at = 0): boolean {
  return bytes[at] === 0x46 && bytes[at + 1] === 0x4c && bytes[at + 2] === 0x52 && bytes[at + 3] === 0;
}

/** The header at a place. Throws MalformedInput where there's none, or one of a version that isn't known. */
export function chunkHeader(source: ByteSource, start: number): ChunkHeader {
  const bytes = readBytes(source, start, CHUNK_HEADER_BYTES);
  if (!hasJfrMagic(bytes)) throw new MalformedInput(JFR, 'no chunk starts here: FLR\\0 was expected', start);
  if (bytes.length < CHUNK_HEADER_BYTES)
    throw new MalformedInput(JFR, `the chunk's header has ${bytes.length} of ${CHUNK_HEADER_BYTES} bytes`, start);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const major = view.getUint16(4);
  const minor = view.getUint16(6);
  if (major < 1 || major > 2)
    throw new MalformedInput(JFR, `version ${major}.${minor}, expected 1.x or 2.x`, start + 4);
  const number = (at: number) => Number(view.getBigInt64(at));
  const size = number(8);
  const constantPoolOffset = number(16);
  const metadataOffset = number(24);
  return {
    start,
    major,
    minor,
    size,
    constantPoolOffset,
    metadataOffset,
    startNs: view.getBigInt64(32),
    durationNs: number(40),
    startTicksHigh: view.getInt32(48),
    startTicksLow: view.getInt32(52),
    ticksPerSecond: number(56),
    isCompressed: (bytes[67] & 1) !== 0,
    // Byte 64 is the state of the file: 0 for a chunk that is closed (JDK 14 and later; always 0 before).
    isFinished: bytes[64] === 0 && size > CHUNK_HEADER_BYTES && constantPoolOffset > 0 && metadataOffset > 0,
  };
}
