import { seededRandom } from '../../test/support/seeded-random.ts';

/** A copy of the bytes with a few things wrong, the same for the same seed: cut, flipped, overwritten, doubled, taken out. */
export function damaged(bytes: Uint8Array, seed: number): Uint8Array {
  const random = seededRandom(seed);
  const below = (end: number) => Math.floor(random() * end);
  let result: Uint8Array = Uint8Array.from(bytes);
  const times = 1 + below(4);
  for (let time = 0; time < times && result.length > 0; time++) {
    // Headers and tables of contents are where damage goes furthest, so half of it goes to the first kilobyte.
    const at = random() < 0.5 ? below(Math.min(result.length, 1024)) : below(result.length);
    result = DAMAGES[below(DAMAGES.length)](result, at, below);
  }
  return result;
}

type Damage = (bytes: Uint8Array, at: number, below: (end: number) => number) => Uint8Array;

const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

const DAMAGES: readonly Damage[] = [
  (bytes, at) => bytes.slice(0, at),
  (bytes, at, below) => bytes.with(at, bytes[at] ^ (1 << below(8))),
  (bytes, at, below) => bytes.with(at, below(256)),
  (bytes, at, below) => {
    const value = EDGES[below(EDGES.length)];
    const size = [1, 2, 4, 8][below(4)];
    for (let i = 0; i < size && at + i < bytes.length; i++) bytes[at + i] = i < 4 ? (value >>> (8 * i)) & 0xff : 0;
    return bytes;
  },
  (bytes, at, below) => joined(bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 1 + below(64)))),
  (bytes, at, below) => {
    const end = Math.min(bytes.length, at + 1 + below(256));
    return joined(bytes.subarray(0, end), bytes.subarray(at, end), bytes.subarray(end));
  },
  (bytes, at, below) => bytes.fill([0, 0xff][below(2)], at, at + 1 + below(64)),
];

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
