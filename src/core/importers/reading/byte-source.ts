/**
 * Bytes that can be read at any place: a file, or something in memory. Reading is synchronous, since imports run in a worker (or in
 * the command line's own process), where waiting on promises for each chunk would only cost.
 */
export interface ByteSource {
  /** What to call it in messages: a file's path. */
  readonly name: string;
  readonly size: number;
  /**
   * Copies bytes from `offset` into `into` and gives their number: `into.length`, or fewer at the end of the source, and 0 past it.
   */
  read(into: Uint8Array, offset: number): number;
}

/** A source over bytes in memory. */
export function bytesInMemory(bytes: Uint8Array, name = 'input'): ByteSource {
  return {
    name,
    size: bytes.length,
    read(into, offset) {
      const part = bytes.subarray(offset, offset + into.length);
      into.set(part);
      return part.length;
    },
  };
}

/** Reads `length` bytes at `offset`, or fewer at the end of the source. The caller bounds `length`. */
export function readBytes(source: ByteSource, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(0, Math.min(length, source.size - offset)));
  return bytes.subarray(0, source.read(bytes, offset));
}
