import type { ByteSource } from '../reading/byte-source.ts';

/** A source from `start` on. */
export function partOfSource(source: ByteSource, start: number): ByteSource {
  return {
    name: source.name,
    size: Math.max(0, source.size - start),
    read: (into, offset) => source.read(into, start + offset),
  };
}
