/** The first place of a byte from `start` on and before `end`, or -1: `indexOf` would look on to the end of all bytes that are at hand. */
export function indexWithin(bytes: Uint8Array, byte: number, start: number, end: number): number {
  for (let at = start; at < end; at++) if (bytes[at] === byte) return at;
  return -1;
}
